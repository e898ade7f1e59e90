// get_metrics: the numbers of a job or a test, each with its unit, its n and its interval.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { gridMetrics, rowMetrics } from '../src/grids/metrics/all.ts';
import type { Metric } from '../src/grids/metrics/metric.ts';
import { gridUrl } from '../src/ci/links.ts';
import { oneLine } from '../src/ci/text.ts';
import { EvidenceItem, evidenceItems, SHORT_QUOTES } from '../src/tooling/evidence.ts';
import { gridName, openGrid, rowsWith } from '../src/tooling/grid.ts';
import { job, test } from '../src/tooling/params.ts';
import { gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const ROWS = 5;

const MetricRow = z.strictObject({
  name: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  n: z.int(),
  low: z.number().optional(),
  high: z.number().optional(),
});

export default defineTool({
  name: 'get_metrics',
  title: 'Metrics of a job',
  description:
    'Pass and flake rates, time to fix, failure streaks, durations of a job’s grid, each with n and 95 % interval; with `test` of single tests. Runs that failed as a whole are left out of what is said of tests.',
  input: z.strictObject({ job, test }),
  output: z.strictObject({
    grid: z.string(),
    url: z.string(),
    runs: z.int(),
    metrics: z.array(MetricRow),
    tests_left: z.int().describe('tests with that in their name that are not shown'),
    tests: z.array(z.strictObject({ name: z.string(), class: z.string(), metrics: z.array(MetricRow) })),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ job, test }, context) => {
    const { grid, findings, ci, gaps } = await openGrid(job, context);
    const exclude = new Set(findings.columns.filter(({ class: kind }) => kind !== 'normal').map(({ index }) => index));
    const quotes = new Quotes(new EvidenceList(), ci.system.sites);
    const named = test === undefined ? [] : rowsWith(findings.rows, test);
    const rows = named.slice(0, ROWS);
    for (const { index, stats } of rows) {
      const row = grid.rows[index];
      if (row) quotes.row(grid, row, `${stats.failed} of ${stats.runs} runs failed`);
    }
    const whole =
      test === undefined
        ? gridMetrics(grid, { exclude, groups: findings.groups, ...(grid.minutes ? { minutes: grid.minutes } : {}) })
        : [];
    const url = gridUrl(ci.system.sites, grid.dashboard, grid.tab);
    return {
      grid: gridName(grid),
      url,
      runs: grid.columns.length,
      tests_left: named.length - rows.length,
      metrics: whole.map(rowOf),
      tests: rows.map(({ index, name, class: kind }) => ({
        name: oneLine(name, 300),
        class: kind,
        metrics: rowMetrics(grid, index, { exclude }).map(rowOf),
      })),
      evidence: [
        { id: 'E0', title: `the grid, ${grid.columns.length} runs by ${grid.rows.length} rows`, url },
        ...evidenceItems(quotes.list, SHORT_QUOTES),
      ],
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ grid, url, runs, metrics, tests, tests_left: left, gaps }) =>
    paragraphs(
      `${grid}: ${runs} runs ${url}`,
      metrics.map(metricWords),
      tests.flatMap(({ name, class: kind, metrics: own }) => [
        `${kind}: ${name}`,
        ...own.map((one) => `  ${metricWords(one)}`),
      ]),
      left > 0 ? `${left} more tests have that in their name: give more of it.` : '',
      gapsText(gaps),
    ),
});

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

const rowOf = ({ name, value, unit, n, interval }: Metric): z.infer<typeof MetricRow> => ({
  name,
  value: value === null ? null : round(value),
  unit,
  n,
  ...(interval ? { low: round(interval[0]), high: round(interval[1]) } : {}),
});

const metricWords = ({ name, value, unit, n, low, high }: z.infer<typeof MetricRow>): string =>
  `${name}: ${value === null ? 'not measured' : `${value} ${unit}`} (n ${n}${low === undefined || high === undefined ? '' : `, ${low} to ${high}`})`;
