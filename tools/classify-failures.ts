// classify_failures: what each test of a grid is (regression, flaky …), since when, and what whole runs went through.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { oneLine } from '../src/ci/text.ts';
import { headline } from '../src/answer/heatmap/headline.ts';
import { countClasses, moreUrgent } from '../src/answer/heatmap/order.ts';
import { percentWords } from '../src/answer/words.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { ROW_CLASSES, type RowFinding } from '../src/grids/findings.ts';
import type { Grid } from '../src/grids/grid.ts';
import { Cites, EvidenceItem, evidenceItems, SHORT_QUOTES } from '../src/tooling/evidence.ts';
import { buildOf, gridName, openGrid, rowsWith } from '../src/tooling/grid.ts';
import { pageOf } from '../src/tooling/paging.ts';
import { cursor, job, limit, test } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const NAME_CHARS = 300;
const GROUPS = 5;
const GROUP_ROWS = 6;
const SET_RUNS = 12;
/** Rows that need no look. */
const QUIET = new Set<RowFinding['class']>(['passing', 'stale', 'too little data', 'only reported on failure']);

const Classified = z.strictObject({
  name: z.string(),
  class: z.enum(ROW_CLASSES),
  confidence: z.number(),
  reasons: z.array(z.string()),
  rate: z.string().describe('failed or flaky of all, 95 % interval'),
  first_bad: z.string().nullable(),
  last_good: z.string().nullable(),
  set: z.array(z.string()).describe('builds that hold the break with 95 %'),
  evidence: Cites,
});

export default defineTool({
  name: 'classify_failures',
  title: 'Classify the failures of a grid',
  description:
    'Class of each test of a TestGrid tab (regression, flaky, new …) with reasons, first bad and last good build; runs that failed as a whole; tests that fail together.',
  input: z.strictObject({
    job,
    test,
    class: z.enum(ROW_CLASSES).describe('Only this class').optional(),
    limit: limit(10, 50),
    cursor,
  }),
  output: z.strictObject({
    grid: z.string(),
    headline: z.string(),
    health: z.strictObject({
      state: z.string(),
      reasons: z.array(z.string()),
      testgrid_disagrees: z.string().nullable(),
    }),
    counts: z.array(z.string()),
    rows: z.array(Classified),
    left: z.int(),
    cursor: z.string().nullable(),
    events: z.array(z.strictObject({ build: z.string(), class: z.string(), reasons: z.array(z.string()) })),
    groups: z.array(z.strictObject({ tests: z.array(z.string()), runs: z.int(), p: z.number() })),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ job, test, class: only, limit, cursor }, context) => {
    const { grid, findings, ci, gaps } = await openGrid(job, context);
    const named = rowsWith(findings.rows, test);
    const wanted = named
      .filter((row) => (only === undefined ? test !== undefined || !QUIET.has(row.class) : row.class === only))
      .toSorted(moreUrgent);
    const page = pageOf(wanted, `${gridName(grid)} ${only ?? ''} ${test ?? ''}`, limit, cursor);
    const quotes = new Quotes(new EvidenceList(), ci.system.sites);
    const { health } = findings;
    return {
      grid: gridName(grid),
      headline: headline(findings),
      health: { state: health.state, reasons: [...health.reasons], testgrid_disagrees: health.disagrees },
      counts: countClasses(named).map(({ class: kind, count }) => `${count} ${kind}`),
      rows: page.items.map((row) => classified(row, grid, quotes)),
      left: page.left,
      cursor: page.cursor,
      events: findings.columns
        .filter(({ class: kind }) => kind === 'install or ci failure' || kind === 'mass failure')
        .slice(0, SET_RUNS)
        .map(({ build, class: kind, reasons }) => ({ build, class: kind, reasons: [...reasons] })),
      groups: findings.groups.slice(0, GROUPS).map(({ rows, runs, p }) => ({
        tests: rows.slice(0, GROUP_ROWS).map((index) => oneLine(grid.rows[index]?.name ?? '', NAME_CHARS)),
        runs: runs.length,
        p,
      })),
      evidence: evidenceItems(quotes.list, SHORT_QUOTES),
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ grid, headline: found, health, counts, rows, left, cursor: next, events, groups, evidence, gaps }) =>
    paragraphs(
      `${grid}: ${found}`,
      `${health.state}: ${health.reasons.join(', ')}${health.testgrid_disagrees === null ? '' : `; TestGrid says otherwise: ${health.testgrid_disagrees}`}`,
      counts.join(', '),
      rows.map(
        ({ name, class: kind, confidence, reasons, rate, first_bad: bad, last_good: good, set, evidence: ids }) =>
          `${kind} (${percentWords(confidence)}, ${rate}${bad === null ? '' : `, first bad ${bad}`}${good === null ? '' : `, last good ${good}`}${set.length > 1 ? `, broke in one of ${set.length} runs` : ''}): ${name} ${cite(ids)}: ${reasons.join('; ')}`,
      ),
      next === null ? '' : `${left} more tests: cursor ${next}`,
      events.map(({ build, class: kind, reasons }) => `run ${build}: ${kind}: ${reasons.join('; ')}`),
      groups.map(({ tests, runs }) => `fail together in ${runs} runs: ${tests.join(' + ')}`),
      evidenceText(evidence),
      gapsText(gaps),
    ),
});

function classified(row: RowFinding, grid: Grid, quotes: Quotes): z.infer<typeof Classified> {
  const { failures, n, low, high } = row.stats.rate;
  const source = grid.rows[row.index];
  return {
    name: oneLine(row.name, NAME_CHARS),
    class: row.class,
    confidence: row.confidence,
    reasons: [...row.reasons],
    rate: `${failures} of ${n}, ${percentWords(low)} to ${percentWords(high)}`,
    first_bad: buildOf(row.first_bad ?? row.best_guess),
    last_good: buildOf(row.last_good),
    set: row.set.slice(0, SET_RUNS).map(({ build }) => build),
    evidence: source ? [quotes.row(grid, source, `${failures} of ${n} runs failed or flaky`)] : [],
  };
}
