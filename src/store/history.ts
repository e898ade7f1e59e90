// What is kept of runs beyond what their sources keep: how they ended, what they failed with, and how far a job is read.
import type { Job } from '../ci/job.ts';
import type { RunState } from '../ci/run.ts';
import type { Locus } from '../ci/verdict.ts';
import type { Signature } from '../logs/signature.ts';

/** A run that has ended. Times are ms since the epoch. */
export interface KeptRun {
  readonly job: Job;
  readonly build: string;
  readonly result: Extract<RunState, 'passed' | 'failed' | 'error' | 'aborted'>;
  /** What its column of the grid is, e.g. `install or ci failure`; null where no grid tells. */
  readonly class: string | null;
  readonly started: number;
  readonly ended: number | null;
}

/** One thing that a run failed with; the first is the cause. */
export interface KeptFailure {
  readonly step: string | null;
  readonly test: string | null;
  readonly locus: Locus;
  /** Null where nothing that was read says why. */
  readonly signature: Signature | null;
  /** What it says, without secrets, on one line. */
  readonly headline: string;
}

/** A run that was looked into, and what it failed with. */
export interface LookedInto {
  readonly run: Pick<KeptRun, 'job' | 'build' | 'started'>;
  readonly failures: readonly KeptFailure[];
}

/** A run of a job as history tells it. */
export interface PastRun extends Omit<KeptRun, 'job'> {
  /** True once what it failed with is kept too. */
  readonly isLookedInto: boolean;
}

/** A failure of some run, with the run it is of. */
export interface PastFailure extends Omit<KeptFailure, 'signature'> {
  readonly job: Job;
  readonly build: string;
  readonly started: number;
  /** The signature's key. */
  readonly signature: string;
}

/** A way of failing over all jobs. */
export interface Cluster {
  readonly signature: Signature;
  readonly runs: number;
  readonly jobs: number;
  readonly first: number;
  readonly last: number;
  /** What one of its runs says. */
  readonly headline: string;
}

/** Every method commits before it resolves; what is kept twice is kept once, as it was first. */
export interface HistoryStore {
  keepRuns(runs: readonly KeptRun[]): Promise<void>;
  /** Keeps what runs failed with, each run's failures whole; its runs are then looked into. */
  keepFailures(looked: readonly LookedInto[]): Promise<void>;
  /** The job's runs that began since, newest first. */
  runsOf(job: Job, since: number): Promise<PastRun[]>;
  /** What the job's runs that began since failed with, newest first: failures that have a signature. */
  failuresOf(job: Job, since: number): Promise<PastFailure[]>;

  /** Back to when all runs of the job are kept; null where that was never reached. */
  readBackTo(job: Job): Promise<number | null>;
  keepReadBackTo(job: Job, since: number): Promise<void>;

  /**
   * What failed with one of the signatures, newest first, and since when that is known: the time of the first such run,
   * though it be forgotten.
   */
  failuresWith(keys: readonly string[], most: number): Promise<{ newest: PastFailure[]; since: number | null }>;
  /** Signatures that may be similar to this one, itself left out: a few, each to be compared with it. */
  candidatesNear(signature: Signature): Promise<Signature[]>;
  /** The ways of failing since, those of most runs first. */
  clusters(since: number, most: number): Promise<Cluster[]>;

  /** Forgets what began before the day of `before`. */
  forgetBefore(before: number): Promise<void>;
}
