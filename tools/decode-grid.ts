// decode_grid: a TestGrid tab as rows of signs a model can read, with what the cells say.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { oneLine } from '../src/ci/text.ts';
import { headline } from '../src/answer/heatmap/headline.ts';
import { moreUrgent } from '../src/answer/heatmap/order.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { cellText, type Grid } from '../src/grids/grid.ts';
import { outcomeAt } from '../src/grids/rows.ts';
import { Cites, EvidenceItem, evidenceItems, SHORT_QUOTES } from '../src/tooling/evidence.ts';
import { gridName, openGrid, rowsWith, SIGNS } from '../src/tooling/grid.ts';
import { gridPageData } from '../src/tooling/grid-page.ts';
import { cursorOf, pageOf } from '../src/tooling/paging.ts';
import { cursor, job, limit, test } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { gridUri } from '../src/tooling/uris.ts';
import { defineTool } from '../src/tooling/tool.ts';

const LEGEND = '. pass, F fail, f failed and passed, ? running, a aborted, space no result; newest run first';
const NAME_CHARS = 300;
const QUOTED_ROWS = 8;

export default defineTool({
  name: 'decode_grid',
  title: 'Decode a grid',
  description:
    'A TestGrid tab decoded: tests by runs as signs, newest run first, the most urgent rows first, with messages of failing cells.',
  input: z.strictObject({
    job,
    test,
    runs: z.number().int().min(1).max(100).default(30).describe('Newest runs shown'),
    limit: limit(15, 50),
    cursor,
  }),
  output: z.strictObject({
    grid: z.string(),
    headline: z.string(),
    legend: z.string(),
    columns: z.array(z.strictObject({ build: z.string(), time: z.string().nullable(), class: z.string() })),
    rows: z.array(z.strictObject({ name: z.string(), class: z.string(), cells: z.string(), evidence: Cites })),
    left: z.int().describe('rows not shown'),
    older_runs: z.int().describe('runs not shown'),
    cursor: z.string().nullable(),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ job, test, runs, limit, cursor }, context) => {
    const open = await openGrid(job, context);
    const { grid, findings, ci, gaps } = open;
    const wanted = rowsWith(findings.rows, test).toSorted(moreUrgent);
    const question = `${gridName(grid)} ${test ?? ''}`;
    const page = pageOf(wanted, question, limit, cursor);
    const from = wanted.length - page.left - page.items.length;
    const cursorAt = (place: number): string => cursorOf(question, place);
    context.forPage?.({ ...gridPageData(open, { wanted, from, runs, cursorAt }) });
    const columns = findings.columns.slice(0, runs);
    const quotes = new Quotes(new EvidenceList(), ci.system.sites);
    return {
      grid: gridName(grid),
      headline: headline(findings),
      legend: LEGEND,
      columns: columns.map(({ build, time, class: kind }) => ({
        build,
        time: time === null ? null : new Date(time).toISOString(),
        class: kind,
      })),
      rows: page.items.map(({ index, name, class: kind }, i) => ({
        name: oneLine(name, NAME_CHARS),
        class: kind,
        cells: cellsOf(grid, index, columns.length),
        evidence: i < QUOTED_ROWS ? newestMessage(grid, index, quotes) : [],
      })),
      left: page.left,
      older_runs: findings.columns.length - columns.length,
      cursor: page.cursor,
      evidence: evidenceItems(quotes.list, SHORT_QUOTES),
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ grid, headline: found, columns, rows, left, older_runs: older, evidence, gaps, cursor: next }) =>
    paragraphs(
      `${grid}: ${found}`,
      LEGEND,
      `first sign: run ${columns[0]?.build ?? 'none'}, last: run ${columns.at(-1)?.build ?? 'none'}${older > 0 ? `; ${older} older runs with a larger \`runs\`` : ''}`,
      columns.filter(({ class: kind }) => kind !== 'normal').map(({ build, class: kind }) => `run ${build}: ${kind}`),
      rows.map(({ name, class: kind, cells, evidence: ids }) => `|${cells}| ${kind}: ${name} ${cite(ids)}`),
      next === null ? '' : `${left} more rows: cursor ${next}`,
      evidenceText(evidence),
      gapsText(gaps),
    ),
  links: ({ grid }) => [{ uri: gridUri(grid), name: grid, mimeType: 'image/png' }],
});

function cellsOf(grid: Grid, index: number, runs: number): string {
  const row = grid.rows[index];
  return row ? Array.from({ length: runs }, (_, column) => SIGNS[outcomeAt(row, column)]).join('') : '';
}

/** The message of the row's newest cell that failed and says something. */
function newestMessage(grid: Grid, index: number, quotes: Quotes): string[] {
  const row = grid.rows[index];
  if (!row) return [];
  const column = grid.columns.findIndex((_, at) => {
    const outcome = outcomeAt(row, at);
    return (outcome === 'fail' || outcome === 'flaky') && cellText(row, at).message !== '';
  });
  const cell = column < 0 ? null : quotes.cell(grid, row, column);
  return cell === null ? [] : [cell];
}
