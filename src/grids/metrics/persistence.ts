// Metrics 15 to 19: how long tests stay broken, and how often they break and are fixed.
import type { Column, Grid, Row } from '../grid.ts';
import {
  completedResults,
  count,
  mean,
  share,
  testRows,
  type Metric,
  type MetricOptions,
  type Result,
} from './metric.ts';

/** Failures in a row over the completed results of a test: empty cells neither end nor lengthen it. */
export interface Series {
  /** Indices of the columns of the oldest and newest failure. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
  /** Column of the completed result after it that did not fail; null while it still fails: it is not fixed. */
  readonly end: number | null;
}

/** The series of failures of a row, oldest first. */
export function failureSeries(results: readonly Result[]): readonly Series[] {
  const series: Series[] = [];
  let last: Series | undefined;
  for (const { column, outcome } of results) {
    const open: Series | undefined = last?.end === null ? last : undefined;
    if (outcome === 'fail') {
      last = { from: open?.from ?? column, to: column, length: (open?.length ?? 0) + 1, end: null };
      if (open) series.pop();
      series.push(last);
    } else if (open) {
      last = { ...open, end: column };
      series[series.length - 1] = last;
    }
  }
  return series;
}

/**
 * Persistence of failures over all tests (`seed-analyses.md` 3.2, 15 to 19); see {@link persistenceOf} for what
 * differs from the seed.
 */
export const persistenceMetrics = (grid: Grid, options: MetricOptions = {}): readonly Metric[] =>
  persistenceOf(testRows(grid), grid.columns, options);

/**
 * Persistence of failures over some rows.
 *
 * Mean length (runs) and mean time to fix (ms) are time at risk by fixes: a series that still fails gives its runs and
 * its time so far, but is no fix. The seed took it as fixed at the newest run, and an empty cell as a fix. Time is from
 * the start of the first failing run to the start of the first one that did not fail, or of the last that failed. The rates are of chances: results
 * that passed (or failed) and have a next completed one; the seed divided by cells and lost the changes across empty
 * ones. A series of one that still fails may yet become longer: it is not in the share of longer ones.
 */
export function persistenceOf(
  rows: readonly Row[],
  columns: readonly Column[],
  options: MetricOptions = {},
): readonly Metric[] {
  const results = rows.map((row) => completedResults(row, options.exclude));
  const series = results.flatMap(failureSeries);
  const open = series.filter(({ end }) => end === null);
  const times = series.flatMap((one) => {
    const from = columns[one.from]?.time ?? null;
    const to = columns[one.end ?? one.to]?.time ?? null;
    return from === null || to === null ? [] : [{ ms: to - from, fixed: one.end !== null }];
  });
  const decided = series.filter(({ length, end }) => length > 1 || end !== null);
  const failures = series.reduce((sum, { length }) => sum + length, 0);
  const failing = times.reduce((sum, { ms }) => sum + ms, 0);
  const next = transitions(results);
  return [
    mean(15, 'mean length of failures', 'runs', failures, series.length - open.length),
    mean(16, 'mean time to fix', 'ms', failing, times.filter(({ fixed }) => fixed).length),
    share(17, 'share of failures that last more than one run', longer(decided), decided.length),
    share(18, 'share of passes followed by a failure', next.passToFail, next.passed),
    share(19, 'share of failures followed by a pass', next.failToPass, next.failed),
    count(null, 'tests failing now', open.length, results.filter(({ length }) => length > 0).length),
  ];
}

const longer = (series: readonly Series[]): number => series.filter(({ length }) => length > 1).length;

function transitions(
  tests: readonly (readonly Result[])[],
): Record<'passed' | 'failed' | 'passToFail' | 'failToPass', number> {
  const sums = { passed: 0, failed: 0, passToFail: 0, failToPass: 0 };
  for (const results of tests)
    for (let i = 1; i < results.length; i += 1) {
      const before = results[i - 1]?.outcome;
      const after = results[i]?.outcome;
      if (before === 'pass') sums.passed += 1;
      if (before === 'fail') sums.failed += 1;
      if (before === 'pass' && after === 'fail') sums.passToFail += 1;
      if (before === 'fail' && after === 'pass') sums.failToPass += 1;
    }
  return sums;
}
