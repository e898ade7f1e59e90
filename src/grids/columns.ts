// What one run's column says as a whole: whether its tests ran at all, and whether many failed at once.
import type { Grid } from './grid.ts';
import { isNoTest, outcomeAt } from './rows.ts';

export interface ColumnFacts {
  /** Tests with a pass, fail or flaky result in this run. */
  readonly ran: number;
  /** Median of `ran` over the other runs nearby (10 on either side) in which anything ran. */
  readonly usual: number;
  readonly failed: number;
  /** Median of `failed` over the same runs. */
  readonly usuallyFailed: number;
}

const NEARBY = 10;

/** The facts of the column of `build`; null when the grid has no such column. */
export function columnFacts(grid: Grid, build: string): ColumnFacts | null {
  const index = grid.columns.findIndex((column) => column.build === build);
  if (index < 0) return null;
  const own = count(grid, index);
  const others: { ran: number; failed: number }[] = [];
  for (let c = Math.max(0, index - NEARBY); c <= Math.min(grid.columns.length - 1, index + NEARBY); c += 1) {
    const other = c === index ? null : count(grid, c);
    if (other && other.ran > 0) others.push(other);
  }
  return {
    ...own,
    usual: median(others.map(({ ran }) => ran)),
    usuallyFailed: median(others.map(({ failed }) => failed)),
  };
}

/** Most of the usual tests have no result: the run stopped before its tests. */
export const isNearlyEmpty = ({ ran, usual }: ColumnFacts): boolean => usual >= 5 && ran < 0.25 * usual;

/** Many tests failed together that do not fail together otherwise: at least 5 and more than 5 % (`science.md` 0.6). */
export const isMassFailure = ({ ran, failed, usuallyFailed }: ColumnFacts): boolean =>
  failed >= 5 && failed > 0.05 * ran && failed > 3 * usuallyFailed + 3;

function count(grid: Grid, column: number): { ran: number; failed: number } {
  let ran = 0;
  let failed = 0;
  for (const row of grid.rows) {
    if (isNoTest(row.name)) continue;
    const outcome = outcomeAt(row, column);
    if (outcome === 'fail') failed += 1;
    if (outcome === 'fail' || outcome === 'pass' || outcome === 'flaky') ran += 1;
  }
  return { ran, failed };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
