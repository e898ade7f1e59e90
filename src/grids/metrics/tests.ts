// Metrics 1 to 4 and 20 to 24: results of tests, by how they ended.
import type { Grid } from '../grid.ts';
import { outcomeOf, STATUS } from '../status.ts';
import { count, isCompleted, share, testRows, type Metric, type MetricOptions } from './metric.ts';

/**
 * Results of tests (`seed-analyses.md` 3.1, 1 to 4 and 20 to 24). The unit counted is one result of one test.
 * The seed divided by every cell, so a grid with gaps passed and failed less; here shares of passing, failing and
 * timed-out results are of the completed ones. A blocked result is no completed one: its share is of all that ended.
 * Rows about the run as a whole are left out; aborted and pending results are counted apart.
 */
export function testMetrics(grid: Grid, options: MetricOptions = {}): readonly Metric[] {
  const tally = { pass: 0, fail: 0, flaky: 0, pending: 0, aborted: 0, none: 0 };
  let blocked = 0;
  let timedOut = 0;
  for (const row of testRows(grid))
    for (const [column, code] of row.statuses.entries()) {
      if (options.exclude?.has(column) === true) continue;
      tally[outcomeOf(code)] += 1;
      if (code === STATUS.BLOCKED) blocked += 1;
      if (code === STATUS.TIMED_OUT) timedOut += 1;
    }
  const completed = tally.pass + tally.fail + tally.flaky;
  const ended = completed + tally.aborted;
  return [
    count(1, 'blocked results', blocked, ended),
    share(2, 'share of results blocked', blocked, ended),
    count(3, 'timed out results', timedOut, completed),
    share(4, 'share of results timed out', timedOut, completed),
    count(20, 'completed results', completed, completed),
    count(21, 'passing results', tally.pass, completed),
    count(22, 'failing results', tally.fail, completed),
    share(23, 'share of results passing', tally.pass, completed),
    share(24, 'share of results failing', tally.fail, completed),
    count(null, 'aborted results', tally.aborted, ended),
    count(null, 'pending results', tally.pending, ended + tally.pending),
  ];
}

/** Tests that failed in each column, newest first, of those with a completed result there. */
export function failuresPerRun(grid: Grid): readonly { readonly failed: number; readonly n: number }[] {
  const rows = testRows(grid);
  return grid.columns.map((_, column) => {
    const outcomes = rows.map((row) => outcomeOf(row.statuses[column] ?? 0));
    return { failed: outcomes.filter((outcome) => outcome === 'fail').length, n: outcomes.filter(isCompleted).length };
  });
}
