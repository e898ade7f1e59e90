// Metric 14: of the tests that failed before a run, how many it shows fixed.
import type { Grid } from '../grid.ts';
import { completedResults, share, testRows, type Metric, type MetricOptions } from './metric.ts';

export interface Fixes {
  /** Index of the column. */
  readonly column: number;
  /** Tests that pass here and failed in their completed result before. */
  readonly fixed: number;
  /** Tests with a completed result here that failed in the one before. */
  readonly n: number;
}

/**
 * Tests fixed in each column, newest first (`seed-analyses.md` 3.2, 14).
 * Differs from the seed: the result before is the last completed one, not the next cell, so an install failure between
 * hides nothing; a test that did not run here is not "not fixed"; rows about the run as a whole are left out; nothing
 * crosses from one grid to the next.
 */
export function fixesPerRun(grid: Grid, options: MetricOptions = {}): readonly Fixes[] {
  const fixed = grid.columns.map(() => 0);
  const n = grid.columns.map(() => 0);
  for (const row of testRows(grid)) {
    const results = completedResults(row, options.exclude);
    for (const [i, { column, outcome }] of results.entries()) {
      if (results[i - 1]?.outcome !== 'fail') continue;
      n[column] = (n[column] ?? 0) + 1;
      if (outcome === 'pass') fixed[column] = (fixed[column] ?? 0) + 1;
    }
  }
  return grid.columns.map((_, column) => ({ column, fixed: fixed[column] ?? 0, n: n[column] ?? 0 }));
}

/** The share fixed in the newest run that could show a fix (metric 14). */
export function fixMetrics(grid: Grid, options: MetricOptions = {}): readonly Metric[] {
  const newest = fixesPerRun(grid, options).find(({ n }) => n > 0);
  return [share(14, 'share of failing tests fixed in the newest run', newest?.fixed ?? 0, newest?.n ?? 0)];
}
