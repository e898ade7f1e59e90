// Metric 25: how long a run takes until its tests have a result.
import type { Grid } from '../grid.ts';
import { overallRow } from '../rows.ts';
import { completedResults, mean, type Metric, type MetricOptions } from './metric.ts';

export interface TimeOptions extends MetricOptions {
  /** Minutes the run of each column took, newest first; null where not known. */
  readonly minutes?: readonly (number | null)[];
}

/**
 * Mean and median minutes of the completed runs (`seed-analyses.md` 3.1, 25).
 * The seed averaged whatever had a duration, runs that were aborted or whose install failed too: pass these as
 * `exclude`. The median is beside the mean because two short runs of thirty move the latter by minutes.
 */
export function timeMetrics(grid: Grid, options: TimeOptions = {}): readonly Metric[] {
  const row = overallRow(grid);
  const runs = row === null ? [] : completedResults(row, options.exclude);
  const minutes = runs.flatMap(({ column }) => {
    const own = options.minutes?.[column] ?? null;
    return own === null || !Number.isFinite(own) || own < 0 ? [] : [own];
  });
  const sum = minutes.reduce((total, own) => total + own, 0);
  const sorted = minutes.toSorted((a, b) => a - b);
  const n = sorted.length;
  const middle = ((sorted[(n - 1) >> 1] ?? 0) + (sorted[n >> 1] ?? 0)) / 2;
  return [
    mean(25, 'mean time of a run', 'minutes', sum, n),
    { name: 'median time of a run', kpi: null, value: n === 0 ? null : middle, unit: 'minutes', n, interval: null },
  ];
}
