// How an answer without a model is scored beside its truth, on what its reader is given: the text of the investigation.
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import type { Case } from './cases.ts';

export interface Score {
  /** The job that is meant, or the question asked back where it has no answer. */
  readonly job: boolean;
  /** The proving line reaches the reader; null where nothing fails. */
  readonly evidence: boolean | null;
  readonly locus: boolean | null;
  readonly recurrence: boolean | null;
  /** The cause is named, or rightly none. */
  readonly named: boolean;
  /** Something wrong is said with confidence: of the job, the state, the locus, the recurrence, or the cause. */
  readonly wrong: string | null;
  /** Locus or recurrence is one that this failure must not be called. */
  readonly mustNot: boolean | null;
  /** Whether abstaining was right; null for an answer that does not abstain. */
  readonly abstained: boolean | null;
}

const CONFIDENT = 0.5;

interface Cause {
  readonly step?: string | null;
  readonly test?: string | null;
}

export function scoreOf({ expected }: Case, { first }: AssistantAnswer): Score {
  const none = { evidence: null, locus: null, recurrence: null, mustNot: null };
  const { data, text, isError } = first;
  if (expected.kind === 'asked back') {
    const nearest = expected.among.every(
      (job, i) => text.includes(job) && (i > 0 || /- candidate: (\S+)/.exec(text)?.[1] === job),
    );
    const job = isError && nearest;
    return {
      ...none,
      job,
      named: job,
      wrong: isError ? null : `answers for ${String(data['job'])}`,
      abstained: isError ? true : null,
    };
  }
  const { state, locus, recurrence, confidence } = data as Readonly<Record<string, string | number | undefined>>;
  if (expected.kind === 'green') {
    const isRight = data['job'] === expected.job && state === 'passing';
    return {
      ...none,
      job: isRight,
      named: isRight,
      wrong: isRight ? null : `${String(data['job'])} is ${String(state)}`,
      abstained: isError ? false : null,
    };
  }
  const { job, truth } = expected.scenario;
  const fails = truth.locus !== null && truth.state === 'failing';
  const [cause] = (data['causes'] ?? []) as readonly Cause[];
  const causes = (data['causes'] ?? []) as readonly Cause[];
  const isCause =
    (truth.cause?.step === undefined || cause?.step === truth.cause.step) &&
    (truth.cause?.test === undefined || causes.some(({ test }) => (test ?? '').endsWith(truth.cause?.test ?? '')));
  const reaches = truth.cause?.line === undefined ? null : text.includes(truth.cause.line);
  const isJob = data['job'] === job;
  const isLocus = locus === truth.locus;
  const isRecurrence = recurrence === truth.recurrence;
  const said = [
    isJob ? null : `job ${String(data['job'])}`,
    state === truth.state ? null : `state ${String(state)}`,
    fails && !isLocus && locus !== 'unknown' ? `locus ${String(locus)}` : null,
    truth.recurrence !== null && !isRecurrence && recurrence !== 'undecided'
      ? `recurrence ${String(recurrence)}`
      : null,
    fails && !isCause ? `cause ${cause?.test ?? cause?.step ?? 'none'}` : null,
  ].filter((fault) => fault !== null);
  const isRightState = isJob && state === truth.state;
  return {
    job: isJob,
    evidence: fails || truth.state === 'stale' ? reaches : null,
    locus: fails ? isLocus : null,
    recurrence: truth.recurrence === null ? null : isRecurrence,
    named: isRightState && (!fails || (isCause && reaches !== false)),
    wrong: Number(confidence ?? 0) >= CONFIDENT && said.length > 0 ? said.join(', ') : null,
    mustNot: fails ? (!isLocus && locus !== 'unknown') || (!isRecurrence && recurrence !== 'undecided') : null,
    abstained: isError ? false : locus === 'unknown' ? truth.locus === null || truth.locus === 'unknown' : null,
  };
}
