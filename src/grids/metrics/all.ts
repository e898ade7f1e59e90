// All that a single grid can say in numbers: the 26 metrics of the predecessor, corrected, in its order.
import type { GroupFinding } from '../findings.ts';
import type { Grid } from '../grid.ts';
import { buildMetrics } from './builds.ts';
import { correlationMetrics } from './correlated.ts';
import { fixMetrics } from './fixes.ts';
import { flakeMetrics, flakeSeverity, flipRate } from './flakes.ts';
import type { Metric, MetricOptions } from './metric.ts';
import { persistenceMetrics, persistenceOf } from './persistence.ts';
import { failureProbability, probabilityMetrics } from './probability.ts';
import { testMetrics } from './tests.ts';
import { timeMetrics } from './time.ts';

export interface GridMetricsOptions extends MetricOptions {
  /** Minutes the run of each column took, newest first; without them the time of a run is not known. */
  readonly minutes?: readonly (number | null)[];
  /** Groups of tests that fail together, where they are known already. */
  readonly groups?: readonly GroupFinding[];
}

/**
 * The metrics of a grid, numbered ones first (`seed-analyses.md` 3.1).
 * Columns in `exclude` are out of what is said of tests and of time; of the runs of the job (5 to 9 and 26) none is
 * left out, since a failed install is a failed run.
 */
export function gridMetrics(grid: Grid, options: GridMetricsOptions = {}): readonly Metric[] {
  const metrics = [
    ...testMetrics(grid, options),
    ...buildMetrics(grid),
    ...correlationMetrics(grid, options, options.groups),
    ...flakeMetrics(grid, options),
    ...fixMetrics(grid, options),
    ...persistenceMetrics(grid, options),
    ...timeMetrics(grid, options),
    ...probabilityMetrics(grid),
  ];
  return metrics.toSorted((one, other) => (one.kpi ?? Infinity) - (other.kpi ?? Infinity) || 0);
}

/** The metrics of one row; empty for a row the grid does not have. */
export function rowMetrics(grid: Grid, row: number, options: MetricOptions = {}): readonly Metric[] {
  const own = grid.rows[row];
  if (own === undefined) return [];
  return [
    flakeSeverity(own, options),
    flipRate(own, options),
    ...persistenceOf([own], grid.columns, options),
    failureProbability(own, options),
  ];
}
