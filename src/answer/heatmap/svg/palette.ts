// Colours and cell shapes. They differ in lightness and in shape, so hue is never what tells them apart.
import type { ColumnClass } from '../../../grids/findings.ts';
import type { Outcome } from '../../../grids/status.ts';
import { element, rectangles } from './markup.ts';

export const INK = '#1f2933';
export const MUTED = '#5f6b7a';
export const FAINT = '#e8ecf0';
export const FAIL = '#a50f2b';
export const FLAKY = '#c76a00';
export const PASS = '#c9ded8';
export const BREAK = '#12355b';

export type EventClass = Exclude<ColumnClass, 'normal'>;
export const EVENT_COLOUR: Readonly<Record<EventClass, string>> = {
  'install or ci failure': '#4b5563',
  'mass failure': '#7b3fa0',
  running: '#3b82c4',
  aborted: '#9aa5b1',
  empty: '#c3cad2',
};
export const EVENT_WORDS: Readonly<Record<EventClass, string>> = {
  'install or ci failure': 'install or CI failed',
  'mass failure': 'mass failure',
  running: 'run not over',
  aborted: 'aborted',
  empty: 'no results',
};

/** Patterns the cells and bands use. */
export const DEFINITIONS = element(
  'defs',
  {},
  element(
    'pattern',
    { id: 'hatch', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { width: 5, height: 5, fill: '#f1f3f5' }) +
      element('rect', { width: 1.6, height: 5, fill: '#b4bcc6' }),
  ),
);

/** Height of a row, and of a full cell in it; what is left below the cell holds the bracket of a break. */
export const ROW = 18;
export const CELL = 13;

/** The box of a passing cell: lower than a failing one, so that failures stand out by shape. */
export const passBox = (x: number, y: number, w: number): readonly [number, number, number, number] => [x, y + 4, w, 7];

/** The mark of any other outcome in the box at `x`, `y` of width `w`; empty for no result. */
export function cellMark(outcome: Outcome, x: number, y: number, w: number): string {
  const top = y + 1;
  const middle = top + CELL / 2;
  switch (outcome) {
    case 'fail':
      return element('rect', { x, y: top, width: w, height: CELL, fill: FAIL });
    case 'flaky':
      return (
        element('path', { d: rectangles([[x, top + 1, w, CELL - 2]]), fill: '#fde6bf' }) +
        element('path', { d: `M${round(x)} ${round(top + CELL - 1)}h${round(w)}v${round(2 - CELL)}z`, fill: FLAKY })
      );
    case 'pending':
      return element('circle', {
        cx: x + w / 2,
        cy: middle,
        r: Math.max(1, Math.min(4, w / 2 - 0.8)),
        fill: '#ffffff',
        stroke: EVENT_COLOUR.running,
        'stroke-width': 1.5,
      });
    case 'aborted':
      return element('rect', { x: x + w * 0.1, y: middle - 1, width: w * 0.8, height: 2, fill: MUTED });
    case 'pass':
      return element('path', { d: rectangles([passBox(x, y, w)]), fill: PASS });
    case 'none':
      return '';
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
