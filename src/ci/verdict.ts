// What a failure is (locus), how it comes back (recurrence), and what the job does now (state).

export const LOCI = ['ci infrastructure', 'cluster install', 'product', 'test', 'build/config', 'unknown'] as const;
export type Locus = (typeof LOCI)[number];

export const RECURRENCES = ['regression', 'known flake', 'new', 'outage', 'recovered', 'undecided'] as const;
export type Recurrence = (typeof RECURRENCES)[number];

/** What the newest completed run says; `stale` when a job that ran regularly has stopped. */
export const JOB_STATES = ['failing', 'passing', 'stale', 'no completed runs'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface Verdict {
  readonly state: JobState;
  readonly locus: Locus;
  readonly recurrence: Recurrence;
  /** 0 to 1: how much the evidence bears the locus and the recurrence; 0 where we abstain. */
  readonly confidence: number;
  /** One sentence of ours; untrusted names in it are job, step and test names only. */
  readonly summary: string;
  readonly reasons: readonly Reason[];
}

/** One reason, and the evidence it rests on. */
export interface Reason {
  readonly text: string;
  readonly evidence: readonly string[];
}
