// The outcome of an investigation: the answer before it is worded.
import type { Evidence, Gap } from '../ci/evidence.ts';
import type { Failure, Since } from '../ci/failure.ts';
import type { JobState, Verdict } from '../ci/verdict.ts';

/** What the question was about, as far as it could be told. */
export interface Subject {
  readonly asked: string;
  readonly system: string | null;
  readonly job: string | null;
  /** The run that is explained; null when none is. */
  readonly build: string | null;
  readonly url: string | null;
  readonly pull: string | null;
  readonly grid: { readonly dashboard: string; readonly tab: string; readonly url: string } | null;
}

/** A job that may have been meant. */
export interface Candidate {
  readonly job: string;
  readonly system: string;
  readonly url: string;
  /** 0 to 1: share of the question's words that the name answers. */
  readonly score: number;
  /** What the job's newest run says, where that is known without asking. */
  readonly state: JobState | null;
}

export interface Investigation {
  readonly subject: Subject;
  readonly verdict: Verdict | null;
  readonly since: Since | null;
  /** The cause first. */
  readonly failures: readonly Failure[];
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  readonly candidates: readonly Candidate[];
  /** What the quotes were taken from, by `sourceKey`: for checking them, no part of the answer. */
  readonly texts: ReadonlyMap<string, Buffer>;
}
