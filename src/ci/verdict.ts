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
  /** Earlier runs that failed like the explained one, in any job; absent where none is kept. */
  readonly seen_before?: SeenBefore;
}

/** How often a failure is in the history that is kept. */
export interface SeenBefore {
  readonly runs: number;
  readonly jobs: number;
  /** RFC 3339, UTC. */
  readonly since: string;
  /** True when only so many were counted. */
  readonly at_least: boolean;
}

/** `12 runs in 3 jobs since 2026-11-02`. */
export function seenWords({ runs, jobs, since, at_least: atLeast }: SeenBefore): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  return `${atLeast ? 'at least ' : ''}${count(runs, 'run')} in ${count(jobs, 'job')} since ${since.slice(0, 10)}`;
}

/** One reason, and the evidence it rests on. */
export interface Reason {
  readonly text: string;
  readonly evidence: readonly string[];
}
