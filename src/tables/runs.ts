// The table `runs`: each run of a job as a whole.
import { buildUrl } from '../answer/heatmap/links.ts';
import { safeText } from '../ci/text.ts';
import type { Grid } from '../grids/grid.ts';
import { overallRow } from '../grids/rows.ts';
import { outcomeOf, type Outcome } from '../grids/status.ts';
import { column, runColumns, tabColumns, textOrNull } from './columns.ts';
import { runsOf, type TabRun } from './runs-of.ts';
import { defineTable, perTab, type Tab } from './table.ts';

type Counts = Readonly<Record<'pass' | 'fail' | 'flaky', number>>;

interface RunRow extends TabRun {
  readonly grid: Grid;
  readonly job: string | null;
  readonly url: string | null;
  readonly outcome: Outcome;
  readonly minutes: number | null;
  readonly tests: Counts;
  readonly stepsFailed: number;
  readonly headers: Readonly<Record<string, string>>;
}

function* runRows(tab: Tab): Generator<RunRow> {
  const { grid, findings, place } = tab;
  const overall = overallRow(grid);
  const rowsOf = (kind: 'test' | 'step'): Uint8Array[] =>
    findings.rows.flatMap((row) => (row.kind === kind ? (grid.rows[row.index]?.statuses ?? []) : []));
  const [tests, steps] = [rowsOf('test'), rowsOf('step')];
  for (const run of runsOf(tab)) {
    yield {
      ...run,
      grid,
      job: place.job?.name ?? null,
      url: buildUrl(place, run.build),
      outcome: outcomeOf(overall?.statuses[run.index] ?? 0),
      minutes: grid.minutes?.[run.index] ?? null,
      tests: countsIn(tests, run.index),
      stepsFailed: countsIn(steps, run.index).fail,
      headers: Object.fromEntries(
        Array.from(grid.columns[run.index]?.headers ?? [], ([name, value]) => [safeText(name), safeText(value)]),
      ),
    };
  }
}

function countsIn(rows: readonly Uint8Array[], index: number): Counts {
  const counts = { pass: 0, fail: 0, flaky: 0, pending: 0, aborted: 0, none: 0 };
  for (const statuses of rows) counts[outcomeOf(statuses[index] ?? 0)] += 1;
  return counts;
}

const commitOf = (headers: RunRow['headers']): string | null =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'commit')?.[1] ?? null;

const COUNTED = 'counted over rows of kind `test`';

export const runs = defineTable<RunRow>({
  name: 'runs',
  row: 'One run of the job: a column of the grid.',
  key: ['dashboard', 'tab', 'build'],
  notes: [],
  columns: [
    ...tabColumns<RunRow>(),
    column(
      'job',
      'text',
      { nullable: true, meaning: 'Job as Prow names it; missing where its CI system is not known.', source: '`query`' },
      ({ job }) => job,
    ),
    ...runColumns<RunRow>(),
    column(
      'duration_min',
      'number',
      {
        unit: 'minutes',
        nullable: true,
        meaning: 'How long the run took; missing while it runs and where the table has no durations.',
        source: '`graphs` of the row of the whole run',
      },
      ({ minutes }) => minutes,
    ),
    column(
      'outcome',
      'text',
      {
        nullable: true,
        meaning: 'How the run as a whole ended, as `outcome` of `grid`; missing where no row says.',
        source: 'the row `Overall`',
      },
      ({ outcome }) => (outcome === 'none' ? null : outcome),
    ),
    column(
      'class',
      'text',
      {
        meaning:
          '`normal`; `install or ci failure` (it ended before its tests), `mass failure` (many tests failed at once), `running`, `aborted`, `empty`. All but `normal` are left out of what `metrics` says of tests.',
        source: '`src/grids/classify-columns.ts`',
      },
      ({ finding }) => finding.class,
    ),
    column(
      'confidence',
      'number',
      { unit: 'share, 0 to 1', meaning: 'How sure the class is.', source: '`src/grids/classify-columns.ts`' },
      ({ finding }) => finding.confidence,
    ),
    column(
      'reasons',
      'text',
      { nullable: true, meaning: 'Why it is that class, in words.', source: '`src/grids/classify-columns.ts`' },
      ({ finding }) => textOrNull(finding.reasons.join('; ')),
    ),
    column(
      'tests_passed',
      'integer',
      { unit: 'tests', meaning: 'Tests that passed.', source: COUNTED },
      ({ tests }) => tests.pass,
    ),
    column(
      'tests_failed',
      'integer',
      { unit: 'tests', meaning: 'Tests that failed.', source: COUNTED },
      ({ tests }) => tests.fail,
    ),
    column(
      'tests_flaky',
      'integer',
      { unit: 'tests', meaning: 'Tests that failed and passed in this run.', source: COUNTED },
      ({ tests }) => tests.flaky,
    ),
    column(
      'tests_usual',
      'integer',
      {
        unit: 'tests',
        meaning: 'Tests with a completed result in the runs near it, their upper quartile.',
        source: '`src/grids/classify-columns.ts`',
      },
      ({ finding }) => finding.tests.usual,
    ),
    column(
      'steps_failed',
      'integer',
      { unit: 'steps', meaning: 'Steps that failed.', source: 'counted over rows of kind `step`' },
      ({ stepsFailed }) => stepsFailed,
    ),
    column(
      'commit',
      'text',
      { nullable: true, meaning: 'Commit or version under test: the header of that name.', source: '`custom-columns`' },
      ({ headers }) => commitOf(headers),
    ),
    column(
      'headers',
      'json',
      { meaning: 'All custom headers of the column, by name.', source: '`column-header-names`, `custom-columns`' },
      ({ headers }) => headers,
    ),
    column(
      'url',
      'text',
      {
        nullable: true,
        meaning: 'Page of the run; missing where the job is not of a known CI system.',
        source: '`src/ci/links.ts`',
      },
      ({ url }) => url,
    ),
  ],
  open: perTab(runRows),
});
