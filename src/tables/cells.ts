// The cells of a tab, row by row: what the tables of results and of failures are made of.
import type { Grid, Row } from '../grids/grid.ts';
import type { RowFinding } from '../grids/findings.ts';
import { outcomeOf, STATUS, type Outcome } from '../grids/status.ts';
import { column, namedRow, runColumns, tabColumns, testColumns, textOrNull, type NamedRow } from './columns.ts';
import { runsOf, type TabRun } from './runs-of.ts';
import type { Column, Tab } from './table.ts';

/** One result of one test in one run. */
export interface Cell extends NamedRow, TabRun {
  readonly grid: Grid;
  /** Class of the row; null for a row about the run as a whole. */
  readonly row: RowFinding | null;
  readonly code: number;
  readonly outcome: Outcome;
  /** As they came. */
  readonly message: string;
  readonly icon: string;
}

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(STATUS).map(([name, code]) => [code, name]));

/** The non-empty cells of a tab: rows in TestGrid's order, runs newest first. */
export function* cellsOf(tab: Tab): Generator<Cell> {
  const { grid, findings } = tab;
  const runs = runsOf(tab);
  const byIndex = new Map(findings.rows.map((row) => [row.index, row]));
  for (const [index, row] of grid.rows.entries()) {
    const finding = byIndex.get(index) ?? null;
    const named = namedRow(row.name, finding?.kind ?? 'run');
    const places = textPlaces(row);
    for (const run of runs) {
      const code = row.statuses[run.index] ?? 0;
      if (code === STATUS.NO_RESULT) continue;
      const at = places[run.index] ?? 0;
      const [message, icon] = [text(row.messages[at]), text(row.shortTexts[at])];
      yield { grid, ...named, ...run, row: finding, code, outcome: outcomeOf(code), message, icon };
    }
  }
}

/** Where the texts of each column stand: a row has one for each cell that is not empty. */
function textPlaces({ statuses }: Row): Uint16Array {
  const places = new Uint16Array(statuses.length);
  let at = 0;
  for (let c = 0; c < statuses.length; c += 1) {
    places[c] = at;
    if (statuses[c] !== STATUS.NO_RESULT) at += 1;
  }
  return places;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Who, when and how it ended: the columns of every table of cells. */
export const cellColumns: readonly Column<Cell>[] = [
  ...tabColumns<Cell>(),
  ...testColumns<Cell>(),
  ...runColumns<Cell>(),
  column(
    'result',
    'integer',
    { meaning: 'Code of the result, 1 to 15.', source: '`tests[].statuses`, run-length decoded' },
    ({ code }) => code,
  ),
  column(
    'result_name',
    'text',
    { meaning: 'Its name in TestGrid: `PASS`, `FAIL`, `FLAKY`, `TIMED_OUT` …', source: '`test_status.proto`' },
    ({ code }) => NAMES.get(code) ?? null,
  ),
  column(
    'outcome',
    'text',
    {
      meaning:
        'What it counts as: `pass`, `fail` and `flaky` (failed and passed in one run) are completed results; `pending` and `aborted` say nothing of the test.',
      source: '`src/grids/status.ts`',
    },
    ({ outcome }) => outcome,
  ),
  column(
    'message',
    'text',
    {
      nullable: true,
      meaning:
        'The test’s own words, cut by TestGrid in the middle at 160 characters, without secrets and control characters. Untrusted. Missing where the cell has none.',
      source: '`tests[].messages`, one for each cell that is not empty',
    },
    ({ message }) => textOrNull(message),
  ),
];

export const runClass: Column<Cell> = column(
  'run_class',
  'text',
  {
    meaning: 'What the run is as a whole, as `class` of `runs`: all but `normal` is no evidence about a single test.',
    source: '`src/grids/classify-columns.ts`',
  },
  ({ finding }) => finding.class,
);
