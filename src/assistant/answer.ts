// One question answered: the investigation first, then the model on top of it, then every claim checked. Whatever the
// model does or does not do, the reader gets an answer.
import type { Account, Spent } from './budget.ts';
import { faultOf, faultOfText, type Fault, type Ground } from './check.ts';
import type { ModelAnswer } from './claims.ts';
import type { Conversation } from './conversation.ts';
import { aboutOf, asksSinceWhen } from './follow-up.ts';
import { converse, type Talk } from './loop.ts';
import { ModelError, type Model } from './model.ts';
import { groundIn, type Piece, type Result } from './results.ts';
import { saidByRules } from './rules.ts';
import type { Toolbox } from './tools.ts';

export interface CheckedClaim {
  readonly text: string;
  readonly evidence: readonly string[];
}

export interface AssistantAnswer {
  readonly question: string;
  /** Who words it. The facts are the tools' in either case. */
  readonly by: 'model' | 'rules';
  /** Why it is not the model; null when it is. */
  readonly fallback: string | null;
  readonly claims: readonly CheckedClaim[];
  /** What was claimed, and how much of it held. */
  readonly verified: number;
  readonly claimed: number;
  readonly dropped: readonly Fault[];
  readonly next: string | null;
  /** Where the model reads it otherwise than the rules; null where it does not. */
  readonly disagrees: string | null;
  /** The investigation it rests on. */
  readonly first: Result;
  /** What the claims cite, in the order they do. */
  readonly evidence: readonly Piece[];
  readonly spent: Spent;
}

export interface AssistantOptions {
  /** Null: none is configured. */
  readonly model: Model | null;
  readonly toolbox: Toolbox;
  readonly system: string;
  readonly account: Account;
  /** Milliseconds that an answer may take. */
  readonly ms: number;
  /** Tokens of a result that a model is shown. */
  readonly resultTokens: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** A fresh mark that nobody outside can know. */
  readonly newMark: () => string;
  readonly progress: (doing: string) => void;
}

/** Below this share of claims that hold, what is left of an answer is not worth having. */
const ENOUGH = 0.5;

/**
 * Answers a question in its conversation. Never throws for what a model or a source does.
 * @param signal stops everything; the answer of the rules is then given with what is known
 */
export async function answer(
  question: string,
  conversation: Conversation,
  options: AssistantOptions,
  signal: AbortSignal,
): Promise<AssistantAnswer> {
  const began = options.now();
  const first = await investigate(question, conversation, options, signal);
  const ground = groundIn(first);
  const base = { question, first };
  const spent = (): Spent => options.account.spent(options.now() - began);
  const byRules = (fallback: string, dropped: readonly Fault[] = []): AssistantAnswer => {
    const claims = saidByRules(first, asksSinceWhen(question));
    const evidence = citedBy(claims, conversation);
    // What cites nothing is a remark, such as that there is no such job: nothing in it was checked.
    const cites = claims.filter((claim) => claim.evidence.length > 0).length;
    const counts = { verified: cites, claimed: cites };
    const answered = {
      by: 'rules' as const,
      fallback,
      claims,
      ...counts,
      dropped,
      next: null,
      disagrees: null,
      evidence,
    };
    conversation.remember(question, claims.map(({ text }) => text).join(' '));
    return { ...base, ...answered, spent: spent() };
  };
  if (!options.model) return byRules('no model is configured');
  const left = AbortSignal.any([
    signal,
    AbortSignal.timeout(Math.max(1, Math.ceil(options.ms - (options.now() - began)))),
  ]);
  let talk: Talk;
  try {
    talk = await converse(question, first, conversation, { ...options, model: options.model }, left);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const isLate = error.problem === 'cancelled' && !signal.aborted;
    return byRules(isLate ? `the model took longer than ${options.ms / 1000} s` : error.message);
  }
  if (talk.answer === null) return byRules(talk.why);
  const checked = check(talk.answer, conversation, ground);
  if (checked.claims.length === 0 || checked.claims.length < ENOUGH * checked.claimed)
    return byRules(`only ${checked.claims.length} of the model’s ${checked.claimed} claims held`, checked.dropped);
  conversation.remember(question, checked.claims.map(({ text }) => text).join(' '));
  return {
    ...base,
    by: 'model',
    fallback: null,
    ...checked,
    verified: checked.claims.length,
    evidence: citedBy(checked.claims, conversation),
    spent: spent(),
  };
}

/** The investigation of what the question is about; of the subject again where the question names nothing known. */
async function investigate(
  question: string,
  conversation: Conversation,
  { toolbox, progress }: AssistantOptions,
  signal: AbortSignal,
): Promise<Result> {
  progress('investigating');
  const ask = async (about: string): Promise<Result> => {
    try {
      return conversation.add('diagnose', await toolbox.call('diagnose', { question: about }, signal, progress));
    } catch {
      const text = signal.aborted ? 'Not done: it was stopped' : 'Not done: the tools did not answer';
      return conversation.add('diagnose', { text, data: {}, isError: true });
    }
  };
  const { question: about, otherwise } = aboutOf(question, conversation.subject);
  const found = await ask(about);
  const isUnknown = found.isError && !/^- candidate: /m.test(found.text);
  return isUnknown && otherwise !== null && !signal.aborted ? ask(otherwise) : found;
}

type Checked = Pick<AssistantAnswer, 'claims' | 'claimed' | 'dropped' | 'next' | 'disagrees'>;

function check({ claims, locus, recurrence, next }: ModelAnswer, conversation: Conversation, ground: Ground): Checked {
  const pieces = conversation.pieces();
  // To disagree openly is allowed: the reader is then shown both.
  const open = {
    ...ground,
    locus: locus === undefined ? ground.locus : null,
    recurrence: recurrence === undefined ? ground.recurrence : null,
  };
  const faults = claims.map((claim) => faultOf(claim, pieces, open));
  const all = [...pieces.values()].map(({ text }) => text).join('\n');
  const other = [
    locus !== undefined && locus !== ground.locus ? locus : null,
    recurrence !== undefined && recurrence !== ground.recurrence ? recurrence : null,
  ].filter((word) => word !== null);
  return {
    claims: claims.filter((_, i) => faults[i] === null).map(({ text, evidence }) => ({ text, evidence })),
    claimed: claims.length,
    dropped: faults.filter((fault) => fault !== null),
    next: next !== undefined && faultOfText(next, all) === null ? next : null,
    disagrees: other.length === 0 ? null : other.join(' · '),
  };
}

function citedBy(claims: readonly CheckedClaim[], conversation: Conversation): Piece[] {
  const pieces = conversation.pieces();
  const ids = new Set(claims.flatMap(({ evidence }) => evidence));
  return [...ids].flatMap((id) => pieces.get(id) ?? []);
}
