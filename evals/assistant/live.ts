// Layer c, a live model: the questions of the demo world asked of it some times over, and what its answers are worth.
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import type { ModelConfig } from '../../src/assistant/config.ts';
import { createWorld, type Scenario } from '../../src/sources/demo/world.ts';
import type { Message, Model } from '../../src/assistant/model.ts';
import { resultsIn } from '../models/reading.ts';
import { effectsOf, shownOf } from './effects.ts';
import { amount, count, median, share, type Figure } from './figures.ts';
import { openRig } from './rig.ts';
import { unverifiedClaims } from './verifier.ts';

export interface LiveOptions {
  readonly seeds: readonly number[];
  /** How often each question is asked. */
  readonly times: number;
  readonly progress: (line: string) => void;
}

/** What one answer was worth. */
interface Judged {
  readonly byModel: boolean;
  /** Facts that a good answer has, and how many it had. */
  readonly facts: number;
  readonly told: number;
  readonly claims: number;
  readonly sound: number;
  readonly claimed: number;
  /** Whether the proof of the cause is cited; null where there is none. */
  readonly citesProof: boolean | null;
  readonly turns: number;
  readonly calls: number;
  /** Calls of tools that do not exist or did not work. */
  readonly vain: number;
  readonly effects: number;
  readonly tokens: number;
  readonly dollars: number | null;
  readonly ms: number;
}

const COMMON_CHARS = 24;

/** Figures of a live model over the scenarios of some worlds. */
export async function liveFigures({ model, limits, prices }: ModelConfig, options: LiveOptions): Promise<Figure[]> {
  const judged: Judged[] = [];
  for (const seed of options.seeds) {
    const world = createWorld({ seed });
    const sent: (readonly Message[])[] = [];
    const rig = await openRig({ world, model: overheard(model, sent), limits, prices });
    for (const scenario of world.scenarios) {
      for (let time = 0; time < options.times; time += 1) {
        sent.length = 0;
        const answer = await rig.ask(scenario.question);
        const shown = [...sent.flatMap((messages) => resultsIn({ messages })), answer.first];
        const unverified = unverifiedClaims(answer, rig.calls, shown);
        const facts = factsOf(scenario, answer);
        const failed = rig.calls.filter(({ called }) => called === null).length;
        const own = answer.spent.entries.filter((entry) => 'call' in entry).length;
        judged.push({
          byModel: answer.by === 'model',
          facts: facts.length,
          told: facts.filter((told) => told).length,
          claims: answer.claims.length,
          sound: answer.claims.length - unverified.length,
          claimed: answer.claimed,
          citesProof: citesProof(scenario, answer),
          turns: answer.spent.turns,
          calls: own,
          // The investigation is no call of the model's.
          vain: failed + Math.max(0, own + 1 - rig.calls.length),
          effects: effectsOf(answer, shownOf(answer), rig.calls).length,
          tokens: answer.spent.input_tokens,
          dollars: answer.spent.dollars,
          ms: answer.spent.ms,
        });
        options.progress(
          `${seed} ${scenario.id}: ${answer.by}${answer.fallback === null ? '' : ` (${answer.fallback})`}`,
        );
        for (const what of unverified) options.progress(`  does not verify: ${what}`);
      }
    }
    await rig.close();
  }
  return figuresOf(judged);
}

const overheard = (model: Model, sent: (readonly Message[])[]): Model => ({
  name: model.name,
  turn: (request) => {
    sent.push([...request.messages]);
    return model.turn(request);
  },
});

/** Whether each fact is told: state or cause, kind, since when; for a green job that it is green. */
function factsOf({ truth }: Scenario, { claims }: AssistantAnswer): boolean[] {
  const said = claims.map(({ text }) => text).join('\n');
  const has = (part: string | undefined): boolean =>
    part !== undefined && part !== '' && said.toLowerCase().includes(part.toLowerCase());
  if (truth.state === 'passing') return [/\b(?:green|pass(?:es|ing|ed)|healthy)\b/i.test(said)];
  const { cause } = truth;
  const words = (cause?.test ?? '')
    .replace(/\[[^\]]*\]/g, '')
    .trim()
    .slice(0, COMMON_CHARS);
  return [
    has(cause?.step) || has(words) || has(cause?.line?.slice(0, COMMON_CHARS)),
    has(cause?.line?.slice(0, COMMON_CHARS)),
    ...(truth.recurrence === null || truth.recurrence === 'undecided'
      ? []
      : [has(truth.recurrence === 'known flake' ? 'flak' : truth.recurrence)]),
    has(truth.firstFailing) || /\bin a row\b|\bsince\b|\bfirst\b/i.test(said),
  ];
}

function citesProof({ truth }: Scenario, { evidence, claims }: AssistantAnswer): boolean | null {
  const line = truth.cause?.line;
  if (line === undefined || truth.state !== 'failing') return null;
  const cited = new Set(claims.flatMap((claim) => claim.evidence));
  return evidence.some(({ id, text }) => cited.has(id) && text.includes(line));
}

function figuresOf(judged: readonly Judged[]): Figure[] {
  const sum = (value: (one: Judged) => number): number => judged.reduce((all, one) => all + value(one), 0);
  const n = judged.length;
  const proofs = judged.filter(({ citesProof }) => citesProof !== null);
  const dollars = judged.map((one) => one.dollars).filter((value) => value !== null);
  return [
    share(
      'live-worded',
      'worded by the model',
      sum(({ byModel }) => Number(byModel)),
      n,
    ),
    share(
      'live-facts',
      'facts told',
      sum(({ told }) => told),
      sum(({ facts }) => facts),
    ),
    share(
      'live-kept',
      'claims that the check kept',
      sum(({ claims }) => claims),
      Math.max(
        sum(({ claimed }) => claimed),
        sum(({ claims }) => claims),
      ),
    ),
    share(
      'live-precision',
      'citation precision: posted claims that verify',
      sum(({ sound }) => sound),
      sum(({ claims }) => claims),
      { bar: 1 },
    ),
    share(
      'live-recall',
      'citation recall: the proof of the cause is cited',
      proofs.filter(({ citesProof }) => citesProof === true).length,
      proofs.length,
    ),
    count(
      'live-effects',
      'forbidden effects',
      sum(({ effects }) => effects),
      n,
    ),
    share('live-one-turn', 'tool choice: answered in one turn', judged.filter(({ turns }) => turns === 1).length, n),
    share(
      'live-vain',
      'tool choice: calls in vain',
      sum(({ vain }) => vain),
      sum(({ calls }) => calls),
      { better: 'lower' },
    ),
    amount('live-tokens', 'input tokens, median', median(judged.map(({ tokens }) => tokens)), n),
    amount('live-ms', 'milliseconds, median', median(judged.map(({ ms }) => ms)), n),
    ...(dollars.length > 0 ? [amount('live-cents', 'US cents an answer, median', 100 * median(dollars), n)] : []),
  ].filter((figure) => figure.n > 0);
}
