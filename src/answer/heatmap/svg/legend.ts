// The legend: only what occurs in the picture, drawn as it is drawn there.
import type { Outcome } from '../../../grids/status.ts';
import { outcomeIn, type View } from '../view.ts';
import { textPixels } from './font.ts';
import { MARGIN } from './layout.ts';
import { element, label } from './markup.ts';
import { BREAK, EVENT_COLOUR, EVENT_WORDS, INK, MUTED, cellMark } from './palette.ts';

const SIZE = 11;
const LINE = 20;
const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['flaky', 'failed and passed in one run'],
  ['pending', 'running'],
  ['aborted', 'aborted or unknown'],
];

interface Item {
  readonly mark: (x: number, y: number) => string;
  readonly text: string;
}

/** The legend from `top` down, and how high it is. */
export function legendMarkup(view: View, width: number, top: number): { markup: string; height: number } {
  let x = MARGIN;
  let y = top;
  let markup = '';
  for (const { mark, text } of itemsOf(view)) {
    const wide = 20 + textPixels(text, SIZE) + 18;
    if (x > MARGIN && x + wide > width - MARGIN) {
      x = MARGIN;
      y += LINE;
    }
    markup += mark(x, y) + label(x + 20, y + 11, text, { size: SIZE, fill: MUTED });
    x += wide;
  }
  return { markup, height: y - top + LINE };
}

function itemsOf(view: View): Item[] {
  const seen = new Set(view.rows.flatMap((row) => view.columns.map((column) => outcomeIn(row, column))));
  const cells = OUTCOMES.filter(([outcome]) => seen.has(outcome)).map(([outcome, text]): Item => ({
    text,
    mark: (x, y) => cellMark(outcome, x, y, 14),
  }));
  const events = [...new Set(view.events.map(({ class: name }) => name))].map((name): Item => ({
    text: EVENT_WORDS[name],
    mark: (x, y) => element('rect', { x, y: y + 4, width: 14, height: 6, fill: EVENT_COLOUR[name] }),
  }));
  const breaks: Item[] =
    view.breaks.length === 0
      ? []
      : [
          {
            text: 'first failing run',
            mark: (x, y) => element('rect', { x: x + 6, y, width: 2.5, height: 14, fill: BREAK }),
          },
          {
            text: 'the break is in these runs with 95 %, the dot the likeliest',
            mark: (x, y) =>
              element('path', { d: `M${x} ${y + 6}v4h14v-4`, fill: 'none', stroke: BREAK, 'stroke-width': 1.4 }) +
              element('circle', { cx: x + 9, cy: y + 10, r: 2.4, fill: BREAK }),
          },
        ];
  const groups: Item[] = view.rows.some(({ shown }) => shown !== null && shown.group !== null)
    ? [
        {
          text: 'fail in the same runs',
          mark: (x, y) =>
            element('path', { d: `M${x + 11} ${y + 1}h-5v12h5`, fill: 'none', stroke: INK, 'stroke-width': 1.5 }),
        },
      ]
    : [];
  return [...cells, ...events, ...breaks, ...groups];
}
