// Columns that several tables share, and the helpers that keep a definition to a line or two.
import { safeText } from '../ci/text.ts';
import { testIdentity } from '../grids/identity.ts';
import type { Grid } from '../grids/grid.ts';
import type { Metric } from '../grids/metrics/metric.ts';
import type { Column, ColumnFacts, Value } from './table.ts';

type Facts = Partial<Pick<ColumnFacts, 'unit' | 'nullable'>> & Pick<ColumnFacts, 'meaning' | 'source'>;

/** A column; without more words it has no unit and a value in each row. */
export const column = <Row>(
  name: string,
  type: ColumnFacts['type'],
  facts: Facts,
  value: (row: Row) => Value,
): Column<Row> => ({ name, type, unit: null, nullable: false, ...facts, value });

/** What a row says of where it is from. */
export interface OfTab {
  readonly grid: Grid;
}

export const tabColumns = <Row extends OfTab>(): Column<Row>[] => [
  column('dashboard', 'text', { meaning: 'TestGrid dashboard.', source: 'as asked' }, ({ grid }) =>
    safeText(grid.dashboard),
  ),
  column('tab', 'text', { meaning: 'Tab of the dashboard, mostly the name of the job.', source: 'as asked' }, (row) =>
    safeText(row.grid.tab),
  ),
];

/** Test, step or row of the whole run, with its texts made once for all its cells. */
export interface NamedRow {
  readonly test: string;
  readonly testId: string;
  readonly kind: 'test' | 'step' | 'run';
}

/** @param name as the grid has it */
export function namedRow(name: string, kind: NamedRow['kind']): NamedRow {
  const test = safeText(name);
  return { test, testId: testIdentity(test), kind };
}

export const testColumns = <Row extends NamedRow>(): Column<Row>[] => [
  column(
    'test',
    'text',
    { meaning: 'Name of the test, its newest one where it was renamed.', source: '`tests[].name`' },
    (row) => row.test,
  ),
  column(
    'test_id',
    'text',
    {
      meaning:
        'The name without suite prefix, `[It]` and `[Suite:…]` tags, versions and generated parts: joins one test over tabs and releases.',
      source: '`src/grids/identity.ts`',
    },
    (row) => row.testId,
  ),
  column(
    'kind',
    'text',
    {
      meaning:
        '`test`; `step` for a step or image of ci-operator that carries the tests; `run` for a row about the run as a whole (`Overall`, `Pod`).',
      source: '`src/grids/rows.ts`',
    },
    (row) => row.kind,
  ),
];

/** A run as rows name it. */
export interface OfRun {
  readonly build: string;
  /** ms since the epoch */
  readonly time: number | null;
}

export const runColumns = <Row extends OfRun>(): Column<Row>[] => [
  column(
    'build',
    'text',
    { meaning: 'Build id of the run. Text: its 19 digits are more than a double holds.', source: '`changelists`' },
    (row) => row.build,
  ),
  column(
    'started',
    'time',
    {
      unit: 'UTC',
      nullable: true,
      meaning: 'Start of the run; missing where the table has none.',
      source: '`timestamps`',
    },
    (row) => row.time,
  ),
];

/** A share with its 95 % interval, as three columns. */
export function shareColumns<Row>(
  name: string,
  meaning: string,
  source: string,
  metric: (row: Row) => Metric | null,
): Column<Row>[] {
  const facts = { unit: 'share, 0 to 1', nullable: true, source };
  const bound = (end: 'low' | 'high', i: 0 | 1): Column<Row> =>
    column(
      `${name}_${end}`,
      'number',
      { ...facts, meaning: `95 % interval of \`${name}\`, ${end} end.` },
      (row) => metric(row)?.interval?.[i] ?? null,
    );
  return [
    column(name, 'number', { ...facts, meaning }, (row) => metric(row)?.value ?? null),
    bound('low', 0),
    bound('high', 1),
  ];
}

/** Text as it may be written: null for none. */
export const textOrNull = (raw: string): string | null => (raw === '' ? null : safeText(raw) || null);
