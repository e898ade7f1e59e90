// What the rows of a grid share while they are judged, and what is said beside a row's class.
import { goingOn, isOver } from './events.ts';
import type { ColumnFinding, RowKind } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { overallRow } from './rows.ts';
import { KIND, KINDS } from './status.ts';

/** What all tests, or all steps, of a grid share. */
export interface RowContext {
  readonly kind: RowKind;
  readonly grid: Grid;
  /** Columns that count, oldest first. */
  readonly columns: readonly ColumnFinding[];
  /** Indices of the columns of runs that passed as a whole; empty where no row tells. */
  readonly green: ReadonlySet<number>;
  /** Newest runs that are one mass failure, taken out of `columns`. */
  readonly event: readonly ColumnFinding[];
}

/** What the tests of a grid share, and its steps: a failed install is an event to the tests, and a step's own result. */
export function rowContexts(grid: Grid, columns: readonly ColumnFinding[]): { tests: RowContext; steps: RowContext } {
  const oldestFirst = columns.toReversed();
  const overall = overallRow(grid)?.statuses ?? new Uint8Array();
  const green = new Set(columns.flatMap(({ index }) => (isGreen(overall[index]) ? [index] : [])));
  const tests = oldestFirst.filter((column) => column.class === 'normal');
  return {
    tests: { kind: 'test', grid, columns: tests, green, event: goingOn(columns, 'mass failure') },
    steps: { kind: 'step', grid, columns: oldestFirst.filter(isOver), green, event: [] },
  };
}

function isGreen(code: number | undefined): boolean {
  const kind = KINDS[code ?? 0];
  return kind === KIND.pass || kind === KIND.flaky;
}

/** One completed result of a row. */
export interface Result {
  /** Place among the columns that count, oldest 0. */
  readonly at: number;
  readonly column: ColumnFinding;
  readonly failed: boolean;
  readonly flaky: boolean;
}

/** The completed results of a row in the columns that count, oldest first. */
export function resultsOf({ statuses }: Row, { columns }: RowContext): Result[] {
  const results: Result[] = [];
  columns.forEach((column, at) => {
    const kind = KINDS[statuses[column.index] ?? 0] ?? 0;
    if (kind === KIND.none || kind > KIND.flaky) return;
    results.push({ at, column, failed: kind === KIND.fail, flaky: kind === KIND.flaky });
  });
  return results;
}

/** Failures looked at, and how many of them in green runs say that the row does not turn a run red; one may be a slip. */
const NEWEST_FAILURES = 10;
const IN_GREEN = 2;

/** The newest failures of a row, and how many of them are in runs that passed as a whole. */
export function inGreenRuns(results: readonly Result[], { green }: RowContext): { n: number; of: number; is: boolean } {
  const failures = results.filter(({ failed }) => failed).slice(-NEWEST_FAILURES);
  const n = failures.filter(({ column }) => green.has(column.index)).length;
  return { n, of: failures.length, is: n >= IN_GREEN };
}

/** In how many runs of a mass failure that goes on the row failed. */
export const failedInEvent = ({ statuses }: Row, { event }: RowContext): number =>
  event.filter(({ index }) => KINDS[statuses[index] ?? 0] === KIND.fail).length;
