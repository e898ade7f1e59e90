// How long the runs of a grid take: whether they got slower, and whether a time limit cuts them off.
import type { ColumnFinding, DurationFinding } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { outcomeOf } from './status.ts';
import { durationDrift, timeLimit, type TimedRun } from './survival.ts';

/** Newest passing runs that are compared with the passing ones before them. */
const LATEST = 5;
/** A change is told from here on: in robust standard deviations of one run (3.6 of a median of five), and as a ratio. */
const TOLD_Z = 2;
const TOLD_RATIO = 1.15;

/** Null where the table has no durations, or they say nothing: no drift to speak of and no limit reached. */
export function durationsOf(
  { minutes }: Grid,
  columns: readonly ColumnFinding[],
  overall: Row | null,
): DurationFinding | null {
  if (minutes === null || overall === null) return null;
  const timed = columns.flatMap(({ index, build, time, class: name }) => {
    const took = minutes[index] ?? null;
    const outcome = outcomeOf(overall.statuses[index] ?? 0);
    if (took === null || outcome === 'none' || outcome === 'pending') return [];
    const end: TimedRun['end'] = outcome === 'fail' ? 'failed' : outcome === 'aborted' ? 'cut off' : 'passed';
    return [{ run: { build, time }, minutes: took, end, isNormal: name === 'normal' }];
  });
  const passing = timed.filter(({ end, isNormal }) => end === 'passed' && isNormal).map((one) => one.minutes);
  const drift = durationDrift(passing.slice(0, LATEST), passing.slice(LATEST));
  const isTold = drift !== null && Math.abs(drift.z) >= TOLD_Z && Math.max(drift.ratio, 1 / drift.ratio) >= TOLD_RATIO;
  const limit = timeLimit(timed);
  if (!isTold && limit === null) return null;
  return {
    drift: isTold ? drift : null,
    limit: limit && {
      minutes: limit.minutes,
      runs: limit.runs.flatMap((i) => timed[i]?.run ?? []),
      n: limit.n,
    },
  };
}
