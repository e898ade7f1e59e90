// The table `metrics`: each test in numbers, then its tab, then the dashboard.
import type { RunRef } from '../grids/findings.ts';
import { column, shareColumns, textOrNull } from './columns.ts';
import { FLAKY, metricRows, PASSING, type MetricRow } from './metric-rows.ts';
import { defineTable, type Column, type Value } from './table.ts';

type Facts = Pick<Column<MetricRow>, 'meaning' | 'source'>;

const rate = (name: string, metric: string, meaning: string): Column<MetricRow>[] =>
  shareColumns(name, meaning, metricsFile(metric), ({ metrics }) => metrics.get(metric) ?? null);
const metricsFile = (metric: string): string => `\`src/grids/metrics/\`: ${metric}`;

/** What only a test, or only a tab or a dashboard has. */
const some = (
  name: string,
  type: 'text' | 'integer',
  unit: string | null,
  facts: Facts,
  value: (row: MetricRow) => Value,
): Column<MetricRow> => column(name, type, { ...facts, unit, nullable: true }, value);

const ofTest = (meaning: string): Facts => ({
  meaning: `${meaning} Missing for a tab and a dashboard.`,
  source: '`src/grids/classify-rows.ts`',
});
const ofTests = (meaning: string): Facts => ({
  meaning: `${meaning} Missing for a test.`,
  source: 'counted over the rows of level `test` and kind `test`',
});
const counted = (meaning: string): { unit: string; meaning: string; source: string } => ({
  unit: 'results',
  meaning,
  source: 'counted over completed results',
});
const buildOf = (ref: RunRef | null | undefined): string | null => (ref ? textOrNull(ref.build) : null);

export const metrics = defineTable<MetricRow>({
  name: 'metrics',
  row: 'One test or step of a tab; the runs of the tab as a whole; all runs of the dashboard.',
  key: ['level', 'dashboard', 'tab', 'test'],
  notes: [
    'Rows of level `test` count results of the test, those of level `tab` and `dashboard` count runs of the job: each as `pass`, `fail` or `flaky`, whatever is pending, aborted or empty left out.',
    'Runs of a class other than `normal` are left out of what is said of tests, since a cluster that never came up says nothing of them. Failed installs count for steps and runs.',
    '`--since` limits what is counted; classes are of the whole window.',
    'The row of the dashboard is there where a dashboard was asked for, and is of its tabs that could be read.',
  ],
  columns: [
    column(
      'level',
      'text',
      { meaning: '`test`, `tab` or `dashboard`.', source: 'what the row is of' },
      ({ level }) => level,
    ),
    column('dashboard', 'text', { meaning: 'TestGrid dashboard.', source: 'as asked' }, ({ dashboard }) => dashboard),
    some(
      'tab',
      'text',
      null,
      { meaning: 'Tab of the dashboard. Missing for a dashboard.', source: 'as asked' },
      ({ tab }) => tab,
    ),
    some('test', 'text', null, ofTest('Name of the test, its newest one where it was renamed.'), ({ test }) => test),
    some(
      'test_id',
      'text',
      null,
      ofTest('As in `grid`: joins one test over tabs and releases.'),
      ({ testId }) => testId,
    ),
    some('kind', 'text', null, ofTest('`test` or `step`.'), ({ kind }) => kind),
    column(
      'class',
      'text',
      {
        meaning:
          'Of a test `regression`, `flaky`, `passing` …; of a tab and a dashboard `failing`, `flaky`, `passing`, `stale` or `no completed runs`.',
        source: '`src/grids/classify-rows.ts`, `health.ts`, `dashboard.ts`',
      },
      (row) => row.class,
    ),
    column(
      'confidence',
      'number',
      { unit: 'share, 0 to 1', nullable: true, ...ofTest('How sure the class is.') },
      ({ finding }) => finding?.confidence ?? null,
    ),
    column(
      'reasons',
      'text',
      {
        nullable: true,
        meaning: 'Why it is that class, in words; of a dashboard how many tabs are what.',
        source: 'as `class`',
      },
      ({ reasons }) => textOrNull(reasons.join('; ')),
    ),
    column(
      'turns_red',
      'boolean',
      { nullable: true, ...ofTest('False for a test whose failures are in runs that passed as a whole.') },
      ({ finding }) => finding?.turns_red ?? null,
    ),
    column(
      'n',
      'integer',
      counted('Completed results: what the rates are of.'),
      ({ counts }) => counts.pass + counts.fail + counts.flaky,
    ),
    column('passed', 'integer', counted('Results that passed.'), ({ counts }) => counts.pass),
    column('failed', 'integer', counted('Results that failed.'), ({ counts }) => counts.fail),
    column('flaky', 'integer', counted('Results that failed and passed in one run.'), ({ counts }) => counts.flaky),
    ...rate('pass_rate', PASSING, '`passed` of `n`; missing where `n` is 0, as the other rates are.'),
    ...rate('flake_rate', FLAKY, '`flaky` of `n`.'),
    ...rate(
      'flip_rate',
      'flips by result',
      'Changes between pass and fail in either direction, a flaky result being one, by result; three failures in a row or more are a break and left out. Missing for a dashboard.',
    ),
    ...rate(
      'break_rate',
      'share of passes followed by a failure',
      'Passing results whose next one failed. Missing for a dashboard.',
    ),
    ...rate(
      'fix_rate',
      'share of failures followed by a pass',
      'Failing results whose next one passed. Missing for a dashboard.',
    ),
    column(
      'mean_failure_runs',
      'number',
      {
        unit: 'runs',
        nullable: true,
        meaning: 'Mean length of a series of failures, by fixes. Missing where none is fixed.',
        source: metricsFile('mean length of failures'),
      },
      ({ metrics: own }) => own.get('mean length of failures')?.value ?? null,
    ),
    column(
      'time_to_fix_h',
      'number',
      {
        unit: 'hours',
        nullable: true,
        meaning:
          'Mean time from the first failing run to the first that did not fail, by fixes. Missing where none is fixed.',
        source: metricsFile('mean time to fix'),
      },
      ({ metrics: own }) => hours(own.get('mean time to fix')?.value ?? null),
    ),
    ...rate(
      'fail_probability',
      'probability to fail',
      'Probability that the next result is a failure: the newer a result, the weightier. Missing for a dashboard.',
    ),
    some(
      'failures_in_a_row',
      'integer',
      'results',
      ofTest('Failures up to the newest completed result, whatever `--since` says.'),
      ({ finding }) => finding?.stats.in_a_row ?? null,
    ),
    some(
      'first_bad',
      'text',
      null,
      ofTest('Build of the first failure of that series; missing without one.'),
      ({ finding }) => buildOf(finding?.first_bad),
    ),
    some(
      'best_guess',
      'text',
      null,
      ofTest('Build at which the break most likely came in; missing where none is claimed.'),
      ({ finding }) => buildOf(finding?.best_guess),
    ),
    some('last_good', 'text', null, ofTest('Build of the last pass before it.'), ({ finding }) =>
      buildOf(finding?.last_good),
    ),
    some('tests', 'integer', 'tests', ofTests('Tests.'), ({ tests }) => tests?.all ?? null),
    some(
      'tests_failing',
      'integer',
      'tests',
      ofTests('Tests of a class that fails now.'),
      ({ tests }) => tests?.failing ?? null,
    ),
    some(
      'tests_flaky',
      'integer',
      'tests',
      ofTests('Tests that are `flaky` or `green but flaky`.'),
      ({ tests }) => tests?.flaky ?? null,
    ),
  ],
  open: metricRows,
});

const HOUR = 3_600_000;
const hours = (ms: number | null): number | null => (ms === null ? null : ms / HOUR);
