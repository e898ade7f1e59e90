// Which model, if any: from the environment's values, checked once. A key alone configures nothing: a model must be named.
import { chatCompletions } from './chat-completions.ts';
import { withBreaker } from './breaker.ts';
import { limitsFor, type Limits, type Prices } from './budget.ts';
import type { Model } from './model.ts';
import { observed, type ReportTurn } from './observed.ts';
import { responses } from './responses.ts';

export interface ModelConfig {
  readonly model: Model;
  readonly limits: Limits;
  readonly prices: Prices | null;
}

/** A setting that cannot be used; its value is not repeated. */
export class BadModelConfig extends Error {
  override readonly name = 'BadModelConfig';
}

const CONTEXT = 128_000;

/**
 * The configured model, behind a breaker; null without `WHYRED_MODEL`. `OPENAI_API_KEY`, `OPENAI_BASE_URL` are OpenAI's
 * own; `WHYRED_MODEL_API` is `chat` or `responses`, `WHYRED_MODEL_CONTEXT` its tokens, `WHYRED_MODEL_PRICES` dollars for a
 * million tokens in and out (`0.25,2`), `WHYRED_MODEL_BUDGET` the dollars an answer may cost.
 * @param report is told of every turn
 * @throws BadModelConfig
 */
export function modelFrom(
  env: Readonly<Record<string, string | undefined>>,
  report: ReportTurn = () => undefined,
): ModelConfig | null {
  const name = env['WHYRED_MODEL'] ?? '';
  if (name === '') return null;
  const baseUrl = env['OPENAI_BASE_URL'];
  if (baseUrl !== undefined && !/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ''))
    throw new BadModelConfig('OPENAI_BASE_URL is not an http or https URL');
  const api = env['WHYRED_MODEL_API'] ?? 'chat';
  if (api !== 'chat' && api !== 'responses') throw new BadModelConfig('WHYRED_MODEL_API is chat or responses');
  const options = { model: name, apiKey: env['OPENAI_API_KEY'] ?? '', baseUrl };
  const context = numberIn(env['WHYRED_MODEL_CONTEXT'], 'WHYRED_MODEL_CONTEXT') ?? CONTEXT;
  const budget = numberIn(env['WHYRED_MODEL_BUDGET'], 'WHYRED_MODEL_BUDGET');
  const prices = pricesIn(env['WHYRED_MODEL_PRICES']);
  if (budget !== null && prices === null) throw new BadModelConfig('WHYRED_MODEL_BUDGET needs WHYRED_MODEL_PRICES');
  return {
    model: withBreaker(observed(api === 'chat' ? chatCompletions(options) : responses(options), report)),
    limits: limitsFor(context, budget),
    prices,
  };
}

function numberIn(text: string | undefined, name: string): number | null {
  if (text === undefined || text === '') return null;
  const value = Number(text);
  if (!(value > 0)) throw new BadModelConfig(`${name} is not a number above 0`);
  return value;
}

function pricesIn(text: string | undefined): Prices | null {
  if (text === undefined || text === '') return null;
  const [input = NaN, output = NaN, ...more] = text.split(',').map(Number);
  if (!(input >= 0 && output >= 0) || more.length > 0)
    throw new BadModelConfig('WHYRED_MODEL_PRICES is two numbers: dollars for a million tokens in, and out');
  return { input, output };
}
