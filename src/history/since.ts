// Since when something fails: the unbroken series of failures, the last pass before it, and whether it is over.
import type { RunPoint, Since } from '../ci/failure.ts';

/** One completed result of a job, a step or a test. */
export interface Result {
  readonly point: RunPoint;
  readonly failed: boolean;
}

/**
 * The newest series of failures in `results` (newest first, completed ones only); null when nothing failed.
 * A series is over (`recovered` set) when newer results passed.
 */
export function sinceOf(results: readonly Result[]): Since | null {
  const newest = results.findIndex((result) => result.failed);
  if (newest < 0) return null;
  const past = results.slice(newest).findIndex((result) => !result.failed);
  const end = past < 0 ? results.length : newest + past;
  return {
    first_failing: results[end - 1]?.point ?? null,
    last_passing: results[end]?.point ?? null,
    failing_runs: results.filter((result) => result.failed).length,
    of_runs: results.length,
    in_a_row: end - newest,
    recovered: newest === 0 ? null : (results[newest - 1]?.point ?? null),
  };
}
