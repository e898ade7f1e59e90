// The rows of the picture: name, cells, the break and its bracket, class and figure.
import { cellText } from '../../../grids/grid.ts';
import { oneLine } from '../../../ci/text.ts';
import { runWords } from '../figures.ts';
import type { RunPlace } from '../links.ts';
import { buildUrl } from '../links.ts';
import { safeName } from '../names.ts';
import { outcomeIn, setSpan, type View } from '../view.ts';
import { textPixels } from './font.ts';
import { isBold, MARGIN, NAME_SIZE, type LaidRow, type SvgLayout } from './layout.ts';
import { element, label, linked, rectangles } from './markup.ts';
import { BREAK, CELL, FAIL, FAINT, INK, MUTED, PASS, ROW, cellMark, passBox } from './palette.ts';

const FLAKY_TEXT = '#8a4a00';
const BASELINE = 12;

/** All rows; `top` is the top of the first. */
export const rowsMarkup = (view: View, layout: SvgLayout, place: RunPlace, top: number): string =>
  groupBrackets(layout, top) + layout.rows.map((row) => rowMarkup(view, layout, place, row, top + row.y)).join('\n');

function rowMarkup(view: View, layout: SvgLayout, place: RunPlace, row: LaidRow, y: number): string {
  const finding = row.view.shown?.finding ?? null;
  const name = label(layout.namesX, y + BASELINE, row.name, {
    size: NAME_SIZE,
    fill: finding === null ? MUTED : INK,
    bold: isBold(row.view),
  });
  const guide = element('rect', {
    x: layout.namesX,
    y: y + ROW - 1,
    width: layout.width - MARGIN - layout.namesX,
    height: 0.6,
    fill: FAINT,
  });
  return [
    guide,
    linked(null, safeName(row.view.row.name), name),
    cellsMarkup(view, layout, place, row, y),
    breakMarkup(view, layout, row, y),
    finding === null ? '' : figureMarkup(layout, finding.class, row.figure, y),
  ].join('');
}

/** Passing cells are one path below the pointer (the run's own link lies under them); every other cell tells itself. */
function cellsMarkup(view: View, layout: SvgLayout, place: RunPlace, row: LaidRow, y: number): string {
  const passed: (readonly [number, number, number, number])[] = [];
  let others = '';
  view.columns.forEach((column, at) => {
    const outcome = outcomeIn(row.view, column);
    if (outcome === 'pass') passed.push(passBox(layout.x(at), y, layout.cell));
    if (outcome === 'pass' || outcome === 'none') return;
    const { message } = cellText(row.view.row, column.index);
    const says = message === '' ? '' : `\n${oneLine(message, 200)}`;
    const title = `${row.name}\n${outcome}: ${runWords(column)}${says}`;
    others += linked(buildUrl(place, column.build), title, cellMark(outcome, layout.x(at), y, layout.cell));
  });
  const path = element('path', { d: rectangles(passed), fill: PASS, 'pointer-events': 'none' });
  return (passed.length > 0 ? path : '') + others;
}

/** A thick line before the first failing run, and below the cells the bracket of the 95 % set with its likeliest run. */
function breakMarkup(view: View, layout: SvgLayout, { view: { shown } }: LaidRow, y: number): string {
  if (shown === null || shown.finding.set.length === 0) return '';
  const { first_bad: since, best_guess: guess, set } = shown.finding;
  const at = since === null ? null : view.positionOf(since);
  const span = setSpan(set, view.positionOf);
  const likeliest = guess === null ? null : view.positionOf(guess);
  const bottom = y + CELL + 3.5;
  const line =
    at === null ? '' : element('rect', { x: layout.x(at) - 2, y: y - 1, width: 2.5, height: ROW, fill: BREAK });
  if (span === null) return line;
  const [from, to] = [layout.x(span[0]), layout.x(span[1]) + layout.cell];
  const bracket = element('path', {
    d: `M${from.toFixed(1)} ${bottom - 3}v3H${to.toFixed(1)}v-3`,
    fill: 'none',
    stroke: BREAK,
    'stroke-width': 1.4,
  });
  const middle = likeliest === null ? null : layout.x(likeliest) + layout.cell / 2;
  const dot = middle === null ? '' : element('circle', { cx: middle, cy: bottom, r: 2.4, fill: BREAK });
  return line + linked(null, `${set.length} runs hold the break with 95 %`, bracket + dot);
}

function figureMarkup({ figureX }: SvgLayout, name: string, figure: string, y: number): string {
  const fill = name.includes('flaky') ? FLAKY_TEXT : BROKEN_WORDS.test(name) ? FAIL : INK;
  const x = figureX + textPixels(`${name}  `, NAME_SIZE, true);
  return (
    label(figureX, y + BASELINE, name, { size: NAME_SIZE, fill, bold: true }) +
    (figure === '' ? '' : label(x, y + BASELINE, figure, { size: NAME_SIZE, fill: INK }))
  );
}

const BROKEN_WORDS = /regression|failing|never/;

/** A bracket before the names of tests that fail together. */
function groupBrackets({ rows }: SvgLayout, top: number): string {
  const spans: { group: number; from: number; to: number }[] = [];
  for (const { view, y } of rows) {
    const group = view.shown?.group ?? null;
    const last = spans.at(-1);
    if (group === null) continue;
    if (last?.group === group) spans[spans.length - 1] = { ...last, to: y + ROW };
    else spans.push({ group, from: y, to: y + ROW });
  }
  return spans
    .map(({ from, to }) =>
      element('path', {
        d: `M${MARGIN + 9} ${top + from + 3}h-5V${top + to - 4}h5`,
        fill: 'none',
        stroke: INK,
        'stroke-width': 1.5,
      }),
    )
    .join('');
}
