// What a picture of a grid shows, for text and SVG alike: runs from old to new, chosen rows, events, failures a run.
import type { ColumnClass, ColumnFinding, GridFindings, RunRef } from '../../grids/findings.ts';
import type { Grid, Row } from '../../grids/grid.ts';
import { outcomeAt } from '../../grids/rows.ts';
import type { Outcome } from '../../grids/status.ts';
import { chooseRows, type RowChoice, type ShownRow } from './order.ts';

/** Rows about the run as a whole that fail now, beside the overall one: enough to name the step. */
const JOB_ROWS = 5;
const NOW = 5;

/** A row of the picture; `shown` is null for rows about the run as a whole. */
export interface ViewRow {
  readonly row: Row;
  /** True for the row that says how the run as a whole ended. */
  readonly isOverall: boolean;
  readonly shown: ShownRow | null;
}

/** Neighbouring runs with the same event: positions from old to new, both included. */
export interface EventSpan {
  readonly class: Exclude<ColumnClass, 'normal'>;
  readonly from: number;
  readonly to: number;
}

/** A run at which tests began to fail. */
export interface BreakMark {
  /** Position of the first failing run. */
  readonly at: number;
  readonly run: RunRef;
  /** Positions of the oldest and newest run that may hold the break; null where no set is claimed. */
  readonly set: readonly [number, number] | null;
  readonly tests: number;
}

export interface View {
  /** Oldest first. */
  readonly columns: readonly ColumnFinding[];
  /** Older runs for which there was no room. */
  readonly olderLeftOut: number;
  /** Rows about the run as a whole first, where the grid has such. */
  readonly rows: readonly ViewRow[];
  readonly choice: RowChoice;
  readonly events: readonly EventSpan[];
  readonly breaks: readonly BreakMark[];
  /** Tests (shown or not) that failed in each run, oldest first. */
  readonly failed: readonly number[];
  /** Position of a run among the columns; null when it is not shown. */
  readonly positionOf: (run: RunRef) => number | null;
}

/** The outcome of a row in the run of a column. */
export const outcomeIn = ({ row }: ViewRow, column: ColumnFinding): Outcome => outcomeAt(row, column.index);

/** @param limits most rows of tests, and most runs (the newest are kept) */
export function viewOf(grid: Grid, findings: GridFindings, limits: { rows: number; columns: number }): View {
  const ordered = findings.columns.toSorted((a, b) => b.index - a.index);
  const columns = ordered.slice(Math.max(0, ordered.length - limits.columns));
  const positions = new Map(columns.map((column, at) => [keyOf(column), at]));
  const positionOf = (run: RunRef): number | null => positions.get(keyOf(run)) ?? null;
  const choice = chooseRows(findings, limits.rows);
  const rows = choice.shown.flatMap((shown): ViewRow[] => {
    const row = grid.rows[shown.finding.index];
    return row ? [{ row, isOverall: false, shown }] : [];
  });
  return {
    columns,
    olderLeftOut: ordered.length - columns.length,
    rows: [...jobRowsOf(grid, findings), ...rows],
    choice,
    events: eventsOf(columns),
    breaks: breaksOf(choice.shown, positionOf),
    failed: failuresOf(grid, findings, columns),
    positionOf,
  };
}

const keyOf = ({ build, time }: RunRef): string => `${build} ${time ?? ''}`;

/** The overall row, and the steps that failed in the newest runs, the most often failing first. */
function jobRowsOf(grid: Grid, { jobRows }: GridFindings): ViewRow[] {
  const names = new Set(jobRows);
  const rows = grid.rows.filter(({ name }) => names.has(name));
  const overall = rows.find(({ name }) => name.endsWith('Overall')) ?? rows[0];
  const failures = (row: Row): number =>
    Array.from({ length: Math.min(NOW, grid.columns.length) }, (_, i) => outcomeAt(row, i)).filter((o) => o === 'fail')
      .length;
  const failing = rows
    .filter((row) => row !== overall && failures(row) > 0)
    .sort((a, b) => failures(b) - failures(a))
    .slice(0, JOB_ROWS);
  return [
    ...(overall ? [{ row: overall, isOverall: true, shown: null }] : []),
    ...failing.map((row) => ({ row, isOverall: false, shown: null })),
  ];
}

function failuresOf(grid: Grid, { rows }: GridFindings, columns: readonly ColumnFinding[]): number[] {
  const tests = rows.flatMap(({ kind, index }) => (kind === 'test' ? (grid.rows[index] ?? []) : []));
  return columns.map(({ index }) => tests.filter((row) => outcomeAt(row, index) === 'fail').length);
}

function eventsOf(columns: readonly ColumnFinding[]): EventSpan[] {
  const spans: EventSpan[] = [];
  columns.forEach(({ class: name }, at) => {
    const last = spans.at(-1);
    if (name === 'normal') return;
    if (last?.class === name && last.to === at - 1) spans[spans.length - 1] = { ...last, to: at };
    else spans.push({ class: name, from: at, to: at });
  });
  return spans;
}

/** One mark for all tests that broke in the same run, the most urgent first; of their sets the narrowest. */
function breaksOf(shown: readonly ShownRow[], positionOf: View['positionOf']): BreakMark[] {
  const marks = new Map<number, BreakMark>();
  for (const { finding } of shown) {
    if (finding.first_bad === null || finding.set.length === 0) continue;
    const at = positionOf(finding.first_bad);
    if (at === null) continue;
    const set = setSpan(finding.set, positionOf);
    const known = marks.get(at);
    const narrower = !known?.set || (set !== null && set[1] - set[0] < known.set[1] - known.set[0]) ? set : known.set;
    marks.set(at, { at, run: finding.first_bad, set: narrower, tests: (known?.tests ?? 0) + 1 });
  }
  return [...marks.values()];
}

/** The oldest and newest shown run of a set. */
export function setSpan(set: readonly RunRef[], positionOf: View['positionOf']): readonly [number, number] | null {
  const at = set.map(positionOf).filter((position) => position !== null);
  return at.length === 0 ? null : [Math.min(...at), Math.max(...at)];
}
