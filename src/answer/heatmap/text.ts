// A grid for a terminal: the finding, the heat map, the tests and runs behind it, and what was left out.
import type { GridFindings } from '../../grids/findings.ts';
import type { Grid } from '../../grids/grid.ts';
import type { Outcome } from '../../grids/status.ts';
import { safeText } from '../../ci/text.ts';
import { paintState, type Paint } from '../paint.ts';
import { agoWords, testgridWords } from '../words.ts';
import { isoTime } from './figures.ts';
import { headline } from './headline.ts';
import { restWords, sizeWords, titleOf } from './summary.ts';
import { durationLines, eventLines, groupLines, testLines, wrapped, type ListOptions } from './text-list.ts';
import { EVENT_SYMBOL, layoutOf, mapLines, NEVER_RAN, SYMBOL } from './text-map.ts';
import { outcomeIn, viewOf, type View } from './view.ts';

export interface GridTextOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Milliseconds since the epoch, for "3 hours ago". */
  readonly now: number;
  /** Most tests in the map. */
  readonly rows?: number;
}

const ROWS = 25;

/** The grid as text. `grid` is the one the findings' indices point into. All text of the table is cleaned. */
export function gridText(grid: Grid, findings: GridFindings, options: GridTextOptions): string {
  const rows = options.rows ?? ROWS;
  const layout = layoutOf(viewOf(grid, findings, { rows, columns: Infinity }), options.width);
  const view = viewOf(grid, findings, { rows, columns: layout.cells });
  const isEmpty = view.columns.length === 0;
  const parts = [
    headLines(grid, findings, options),
    isEmpty ? [] : [...mapLines(view, layout, options.paint), '', ...legendLines(view, options)],
    testLines(view, options),
    groupLines(findings, view, options),
    eventLines(findings, options),
    durationLines(findings, options),
    restLines(grid, view, options),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(grid: Grid, findings: GridFindings, { paint, width, now }: GridTextOptions): string[] {
  const { state, reasons, testgrid, disagrees } = findings.health;
  const otherwise = disagrees === null ? [] : wrapped(testgridWords(testgrid, disagrees), width - 2);
  const newest = isoTime(findings.columns.find(({ index }) => index === 0)?.time ?? null);
  const age = newest === null ? '' : `; newest run ${agoWords(newest, now)}`;
  return [
    `${paintState(state, paint)}  ${paint.bold(titleOf(grid))}`,
    ...wrapped(headline(findings), width - 2).map((line) => `  ${line}`),
    ...wrapped(`${sizeWords(findings)}${age}`, width - 2).map((line) => `  ${paint.dim(line)}`),
    ...wrapped(safeText(reasons.join('; ')), width - 2).map((line) => `  ${paint.dim(line)}`),
    ...otherwise.map((line) => `  ${paint.dim(line)}`),
  ];
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  flaky: 'failed and passed',
  pending: 'running',
  aborted: 'aborted or unknown',
  none: 'blank no result',
};

/** Only the symbols that occur. */
function legendLines(view: View, { paint, width }: ListOptions): string[] {
  const seen = new Set(view.rows.flatMap((row) => view.columns.map((column) => outcomeIn(row, column))));
  const cells = (Object.keys(SYMBOL) as Outcome[])
    .filter((outcome) => seen.has(outcome))
    .map((outcome) => `${SYMBOL[outcome]} ${OUTCOME_WORDS[outcome]}`.trim());
  const classes = [...new Set(view.events.map(({ class: name }) => name))];
  const events = classes.map((name) =>
    name === 'install or ci failure' ? `I ${NEVER_RAN} ${name}` : `${EVENT_SYMBOL[name]} ${name}`,
  );
  const marks = view.breaks.length > 0 ? ['▲ first failing run', '├┤ runs that hold the break with 95 %'] : [];
  return joined([...cells, ...events, ...marks], width - 2).map((line) => paint.dim(`  ${line}`));
}

/** Items with three spaces between, over as many lines as they need. */
function joined(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + item.length <= width) lines[lines.length - 1] = `${last}   ${item}`;
    else lines.push(item);
  }
  return lines;
}

const restLines = (grid: Grid, view: View, { paint, width }: ListOptions): string[] =>
  restWords(grid, view).flatMap((text) => wrapped(text, width - 2).map((line) => paint.dim(`  ${line}`)));
