// The talk with a model: it is shown the first result, may call tools within its limits, and ends with an answer.
import type { Account } from './budget.ts';
import { ANSWER_TOOL, readAnswer, readText, type ModelAnswer } from './claims.ts';
import type { Conversation } from './conversation.ts';
import { fence } from './fence.ts';
import type { Message, Model, ModelCall, Turn } from './model.ts';
import type { Result } from './results.ts';
import type { Toolbox } from './tools.ts';

export interface TalkOptions {
  readonly model: Model;
  readonly toolbox: Toolbox;
  readonly system: string;
  readonly account: Account;
  readonly resultTokens: number;
  readonly now: () => number;
  /** A fresh mark that nobody outside can know. */
  readonly newMark: () => string;
  readonly progress: (doing: string) => void;
}

/** How a talk ended. */
export type Talk = { readonly answer: ModelAnswer } | { readonly answer: null; readonly why: string };

const MAX_OUTPUT = 2_000;
const AT_ONCE = 4;
const REPAIRS = 1;
const CHARS_A_TOKEN = 4;
const MAX_QUESTION = 2_000;
const MAX_ARGS = 20_000;

/** @throws ModelError when the model cannot be had; what it does wrong ends the talk with a reason */
export async function converse(
  question: string,
  first: Result,
  conversation: Conversation,
  options: TalkOptions,
  signal: AbortSignal,
): Promise<Talk> {
  const { model, toolbox, system, account, now, newMark, progress } = options;
  const mark = newMark();
  const shown = fence(first.id, clip(first.text, options.resultTokens), mark);
  const messages: Message[] = [
    { role: 'system', content: system },
    ...conversation.history(),
    { role: 'user', content: `${question.slice(0, MAX_QUESTION)}\n\n${shown}` },
  ];
  const memory = new Map<string, string>();
  let repairs = 0;
  for (;;) {
    const limit = account.usedUp();
    if (limit !== null) return { answer: null, why: `the answer had used up ${limit}` };
    const began = now();
    progress('asking the model');
    const tools = account.callsLeft > 0 ? [...toolbox.tools, ANSWER_TOOL] : [ANSWER_TOOL];
    const turn = await model.turn({ messages, tools, maxOutputTokens: MAX_OUTPUT, signal });
    account.turn(turn.usage, now() - began);
    if (turn.finish === 'refused') return { answer: null, why: 'the model refused' };
    const given = turn.calls.find(({ name }) => name === ANSWER_TOOL.name);
    if (given) {
      const read = readAnswer(given.args);
      if ('answer' in read) return endOf(read.answer);
      if (repairs >= REPAIRS) return { answer: null, why: 'the model’s answer was in no known form' };
      repairs += 1;
      messages.push(said(turn, [given]), toolMessage(given, `Not taken: ${read.problem}. Call give_answer again.`));
      continue;
    }
    if (turn.calls.length === 0) {
      if (turn.finish === 'length') return { answer: null, why: 'the model’s answer was cut off' };
      return endOf(readText(turn.text));
    }
    const wanted = turn.calls.slice(0, Math.min(AT_ONCE, Math.max(1, account.callsLeft)));
    const context = { ...options, conversation, memory, mark };
    const outcomes = await Promise.all(wanted.map((call) => makeCall(call, context, signal)));
    messages.push(said(turn, wanted), ...outcomes.map((text, i) => toolMessage(wanted[i] as ModelCall, text)));
  }
}

const endOf = (answer: ModelAnswer): Talk =>
  answer.claims.length > 0 ? { answer } : { answer: null, why: 'the model claimed nothing' };

/** What the model said, for its own memory; arguments nobody could take are not sent back to it. */
const said = ({ text }: Turn, calls: readonly ModelCall[]): Message => ({
  role: 'assistant',
  content: text,
  calls: calls.map((call) => (call.args.length > MAX_ARGS ? { ...call, args: '{}' } : call)),
});
const toolMessage = ({ id }: ModelCall, content: string): Message => ({ role: 'tool', callId: id, content });

interface CallContext extends TalkOptions {
  readonly conversation: Conversation;
  /** What identical calls were answered. */
  readonly memory: Map<string, string>;
  readonly mark: string;
}

/** What the model is told of a call it made. A call that cannot be made is told so; it never ends the talk. */
async function makeCall(
  { name, args }: ModelCall,
  { conversation, memory, mark, toolbox, account, resultTokens, now, progress }: CallContext,
  signal: AbortSignal,
): Promise<string> {
  const parsed = objectIn(args);
  if (!parsed) return 'Not done: the arguments are no JSON object of a sensible size. Mend them, or give the answer.';
  const key = `${name} ${args}`;
  const known = memory.get(key);
  if (known !== undefined) return `You have asked this before; the result is ${known}. Go on with what you have.`;
  const began = now();
  progress(`using ${name}`);
  try {
    const outcome = await toolbox.call(name, parsed, signal);
    const result = conversation.add(name, outcome);
    memory.set(key, result.id);
    const text = clip(result.text, resultTokens);
    account.call(name, result.id, Math.ceil(text.length / CHARS_A_TOKEN), now() - began);
    return fence(result.id, text, mark);
  } catch {
    account.call(name, '', 0, now() - began);
    return 'Not done: the tool did not answer in time.';
  }
}

function objectIn(args: string): Record<string, unknown> | null {
  if (args.length > MAX_ARGS) return null;
  try {
    const value: unknown = JSON.parse(args === '' ? '{}' : args);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const clip = (text: string, tokens: number): string =>
  text.length <= tokens * CHARS_A_TOKEN ? text : `${text.slice(0, tokens * CHARS_A_TOKEN)}\n… cut: ask for less`;
