// Rows that TestGrid alerts on and that fail in each of their newest three runs: what whyred calls them. And rows with
// one failure, which nobody should call flaky.
import { outcomeAt } from '../../src/grids/rows.ts';
import type { RowClass } from '../../src/grids/findings.ts';
import { recordedGrids } from './series.ts';

/** Runs in a row after which a test fails hard, as TestGrid's own alert counts. */
const HARD = 3;
const FEW_RUNS = 5;

export interface AlertedRows {
  /** Rows with an alert that fail in each of the newest three runs that are no event, by class. */
  readonly hard: ReadonlyMap<RowClass, number>;
  /** Rows with an alert that do not: the alert is old, or they report only now and then. */
  readonly others: number;
  /** Rows with one failure in five runs or more, and how many of them are called flaky. */
  readonly single: { readonly n: number; readonly flaky: number };
}

export function alertedRows(shared: string): AlertedRows {
  const hard = new Map<RowClass, number>();
  const single = { n: 0, flaky: 0 };
  let others = 0;
  for (const { grid, findings } of recordedGrids(shared)) {
    const counted = findings.columns.filter((column) => column.class === 'normal').map(({ index }) => index);
    for (const { index, class: name, stats } of findings.rows) {
      const row = grid.rows[index];
      if (!row) continue;
      if (stats.runs >= FEW_RUNS && stats.failed + stats.flaky === 1) {
        single.n += 1;
        if (name === 'flaky' || name === 'green but flaky') single.flaky += 1;
      }
      if (!row.alert) continue;
      const newest = counted.slice(0, HARD).map((column) => outcomeAt(row, column));
      const isHard = newest.length === HARD && newest.every((one) => one === 'fail');
      if (isHard) hard.set(name, (hard.get(name) ?? 0) + 1);
      else others += 1;
    }
  }
  return { hard, others, single };
}
