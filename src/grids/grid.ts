// A grid: the results of a job's tests (rows) over its runs (columns), newest run first as TestGrid serves it.

/** One run of the job, as a column. */
export interface Column {
  readonly build: string;
  /** Start of the run, ms since the epoch; null where the table has none. */
  readonly time: number | null;
  /** Custom header values by header name, e.g. `Commit`; empty ones are left out. */
  readonly headers: ReadonlyMap<string, string>;
}

/** TestGrid's own alert on a row that fails again and again. */
export interface Alert {
  readonly failCount: number;
  readonly firstFailing: string | null;
  readonly lastPassing: string | null;
}

/** One test (or step, or the job as a whole). */
export interface Row {
  readonly name: string;
  /** One status code a column, newest first. */
  readonly statuses: Uint8Array;
  /** The codes that occur, as bits (`codesIn` of `status.ts`): tells in one look what a row cannot hold. */
  readonly codes: number;
  /** One message for each non-empty cell, newest first, as it came: read with {@link cellText}. */
  readonly messages: readonly unknown[];
  /** One short text for each non-empty cell, newest first, as it came. */
  readonly shortTexts: readonly unknown[];
  readonly alert: Alert | null;
}

/** A row that contradicts the table's columns and was left out. */
export interface CorruptRow {
  readonly name: string;
  readonly why: string;
}

/** TestGrid's word for a tab. */
export type OverallStatus = 'passing' | 'failing' | 'flaky' | 'stale';

export interface Grid {
  readonly dashboard: string;
  readonly tab: string;
  /** `<bucket>/<path of the job>`: where the runs are kept; null where the table does not tell. */
  readonly query: string | null;
  /** TestGrid's own overall status of the tab; null where the table has none. */
  readonly overall: OverallStatus | null;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly corrupt: readonly CorruptRow[];
}

/** The message and short text of a cell; both empty for an empty cell. */
export function cellText(row: Row, column: number): { message: string; short: string } {
  if ((row.statuses[column] ?? 0) === 0) return { message: '', short: '' };
  let at = 0;
  for (let i = 0; i < column; i += 1) if (row.statuses[i] !== 0) at += 1;
  return { message: text(row.messages[at]), short: text(row.shortTexts[at]) };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
