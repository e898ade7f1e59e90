// A measured number: what it is called, its unit, and how many results are behind it.
import { shareOf } from '../beta.ts';
import type { Grid, Row } from '../grid.ts';
import { isJobLevel } from '../rows.ts';
import { outcomeOf, type Outcome } from '../status.ts';

export type Unit = 'count' | 'share' | 'ms' | 'minutes' | 'runs' | 'tests';

export interface Metric {
  readonly name: string;
  /** Number in the predecessor's list of 26 (`seed-analyses.md` 3.1); null for one it did not have. */
  readonly kpi: number | null;
  /** Null where nothing was measured; shares are 0 to 1, differences of shares -1 to 1. */
  readonly value: number | null;
  readonly unit: Unit;
  /** Results behind the value: what a share is of, what a mean is over. */
  readonly n: number;
  /** 95 % interval, where there is one. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface MetricOptions {
  /** Columns taken out as events (install failures, mass failures): none of their results counts. */
  readonly exclude?: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/** A completed result: it says something about the test. */
export type Completed = 'pass' | 'fail' | 'flaky';

export const isCompleted = (outcome: Outcome): outcome is Completed =>
  outcome === 'pass' || outcome === 'fail' || outcome === 'flaky';

export interface Result {
  /** Index of the column. */
  readonly column: number;
  readonly outcome: Completed;
}

/** The completed results of a row, oldest first, without the columns taken out. */
export function completedResults(row: Row, exclude: ReadonlySet<number> = NONE): readonly Result[] {
  const results: Result[] = [];
  for (let column = row.statuses.length - 1; column >= 0; column -= 1) {
    const outcome = outcomeOf(row.statuses[column] ?? 0);
    if (isCompleted(outcome) && !exclude.has(column)) results.push({ column, outcome });
  }
  return results;
}

/** The rows that are tests: not those about the run as a whole. */
export const testRows = (grid: Grid): readonly Row[] => grid.rows.filter(({ name }) => !isJobLevel(name));

/** A number of things, out of `n` looked at. */
export const count = (kpi: number | null, name: string, value: number, n: number): Metric => ({
  name,
  kpi,
  value,
  unit: 'count',
  n,
  interval: null,
});

/** The share `k` of `n` with its 95 % interval; null of nothing. */
export function share(kpi: number | null, name: string, k: number, n: number): Metric {
  const { rate, low, high } = shareOf(k, n);
  const known = n > 0;
  return { name, kpi, value: known ? rate : null, unit: 'share', n, interval: known ? [low, high] : null };
}

/** The mean `sum / n`; null of nothing. */
export const mean = (kpi: number | null, name: string, unit: Unit, sum: number, n: number): Metric => ({
  name,
  kpi,
  value: n === 0 ? null : sum / n,
  unit,
  n,
  interval: null,
});
