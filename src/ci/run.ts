// A run: one execution of a job, named by its build id.
import type { Source } from './evidence.ts';
import type { Job } from './job.ts';

/** `error` is Prow's own failure to run the job; it counts as a failure, `aborted` and `pending` do not count. */
export type RunState = 'passed' | 'failed' | 'error' | 'aborted' | 'pending' | 'unknown';

export interface Run {
  readonly job: Job;
  readonly build: string;
  /** The run's folder below the bucket, without a slash at the end. */
  readonly path: string;
  readonly state: RunState;
  /** Start, milliseconds since the epoch. */
  readonly started: number | null;
  /** Duration in milliseconds, of a run that has ended. */
  readonly durationMs: number | null;
  /** The exact text that names this run in the page or object it was read from. */
  readonly record: string;
  /** Where `record` stands. */
  readonly source: Source;
}

/** A run that ended red. */
export const hasFailed = (run: Run): boolean => run.state === 'failed' || run.state === 'error';

/** A run that ended red or green: the only ones that count in "failed 3 of 20". */
export const isCompleted = (run: Run): boolean => run.state === 'passed' || hasFailed(run);

/** The state that a Prow `result` or `state` string stands for, in any case (crier writes lower case). */
export function runStateOf(result: string): RunState {
  switch (result.toUpperCase()) {
    case 'SUCCESS':
      return 'passed';
    case 'FAILURE':
      return 'failed';
    case 'ERROR':
      return 'error';
    case 'ABORTED':
      return 'aborted';
    case 'PENDING':
    case 'TRIGGERED':
    case 'SCHEDULING':
      return 'pending';
    default:
      return 'unknown';
  }
}

/** The year 2100, ms since the epoch: no time of a run lies beyond. */
export const LATEST_TIME = 4_102_444_800_000;

/** The moment in a Snowflake build id, ms since the epoch; null for ids of another kind (`peers.md` 1.17 has the epoch). */
export function buildTime(build: string): number | null {
  if (!/^\d{18,20}$/.test(build)) return null;
  const time = Number((BigInt(build) >> 22n) + 1288834974657n);
  return time < LATEST_TIME ? time : null;
}

/** Orders build ids as the numbers they are, newest first, without losing digits. */
export function newestFirst(a: { build: string }, b: { build: string }): number {
  if (a.build.length !== b.build.length) return b.build.length - a.build.length;
  return a.build < b.build ? 1 : a.build > b.build ? -1 : 0;
}
