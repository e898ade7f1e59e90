// What a tidy table is: columns, each defined once for the writers, the dictionary and the rows.
import type { RunPlace } from '../answer/heatmap/links.ts';
import type { UnderstoodGrid } from '../grids/understand.ts';

/** How a value is written: `time` is ms since the epoch here, ISO 8601 in text formats and TIMESTAMP in Parquet. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'json';

export type Value = string | number | boolean | null | Readonly<Record<string, string>>;

/** What a column is, wherever its values come from. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  /** Null for what has no unit. */
  readonly unit: string | null;
  /** In one or two sentences; says when the value is missing. */
  readonly meaning: string;
  /** Where it comes from: a field of TestGrid's table, or a rule of ours. */
  readonly source: string;
  /** True where a row may lack it. */
  readonly nullable: boolean;
}

export interface Column<Row> extends ColumnFacts {
  value(row: Row): Value;
}

/** A tab as tables are made from it. */
export interface Tab extends UnderstoodGrid {
  readonly place: RunPlace;
  /** Runs that started before this moment, ms since the epoch, are left out; null for none. */
  readonly since: number | null;
}

/** The values of a row, in the order of the columns. */
export type Values = readonly Value[];

/** Rows of one tab after another, and at the end those about all of them, for a dashboard. */
export interface TableRows<Row> {
  of(tab: Tab): Iterable<Row>;
  end(): Iterable<Row>;
}

export interface Table {
  readonly name: string;
  /** What a row is. */
  readonly row: string;
  /** Columns that tell a row from every other. */
  readonly key: readonly string[];
  /** What is not in the table, and what else has to be known. */
  readonly notes: readonly string[];
  readonly columns: readonly ColumnFacts[];
  open(): TableRows<Values>;
}

interface Definition<Row> extends Omit<Table, 'columns' | 'open'> {
  readonly columns: readonly Column<Row>[];
  readonly open: () => TableRows<Row>;
}

/** The table of a definition; the type of its rows stays its own. */
export function defineTable<Row>({ columns, open, ...facts }: Definition<Row>): Table {
  function* valuesOf(rows: Iterable<Row>): Iterable<Values> {
    for (const row of rows) yield columns.map((column) => column.value(row));
  }
  return {
    ...facts,
    columns,
    open: () => {
      const rows = open();
      return { of: (tab) => valuesOf(rows.of(tab)), end: () => valuesOf(rows.end()) };
    },
  };
}

/** Rows that are of one tab each. */
export const perTab =
  <Row>(of: (tab: Tab) => Iterable<Row>) =>
  (): TableRows<Row> => ({ of, end: () => [] });
