// The map itself in a terminal: a line for each row, marks of runs above it, dates and breaks below it.
import type { ColumnClass, RowClass } from '../../grids/findings.ts';
import type { Outcome } from '../../grids/status.ts';
import type { Paint } from '../paint.ts';
import { periodWords, ticksOf } from './axis.ts';
import { dayWords, figureWords } from './figures.ts';
import { padTo, shortName, textWidth } from './names.ts';
import { outcomeIn, type View, type ViewRow } from './view.ts';

/** Shapes that differ without colour. */
export const SYMBOL: Readonly<Record<Outcome, string>> = {
  pass: '·',
  fail: '█',
  flaky: '▒',
  pending: '○',
  aborted: '-',
  none: ' ',
};
export const EVENT_SYMBOL: Readonly<Record<Exclude<ColumnClass, 'normal'>, string>> = {
  'install or ci failure': 'I',
  'mass failure': 'M',
  running: 'r',
  aborted: 'a',
  empty: 'e',
};
/** An empty cell of a run that never got to its tests. */
export const NEVER_RAN = '┊';

const BARS = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const SHOWN_BREAKS = 3;
const GAP = 2;
const MARK = 2;

/** Columns of the terminal each part of a line takes. */
export interface Layout {
  readonly name: number;
  readonly cells: number;
  readonly brief: boolean;
}

const OVERALL = 'run as a whole';
/** Letter of a group of tests that fail together. */
export const groupMark = (group: number): string => String.fromCharCode(65 + (group % 26));

/** How a width is shared out between names, cells and figures. */
export function layoutOf(view: View, width: number): Layout {
  const { rows, columns } = view;
  const brief = width < 110;
  const figure = Math.max(0, ...rows.map((row) => textWidth(figureOf(row, brief))));
  const names = Math.max(20, ...rows.map(({ row }) => textWidth(shortName(row.name, () => true))));
  const room = Math.max(32, width - MARK - 2 * GAP - figure);
  const forCells = Math.min(columns.length, Math.max(16, Math.floor(room * (brief ? 0.45 : 0.55))));
  const name = Math.min(names, room - forCells);
  return { name, cells: Math.min(columns.length, room - name), brief };
}

const figureOf = ({ shown }: ViewRow, brief: boolean): string =>
  shown === null ? '' : `${classWords(shown.finding.class, brief)} ${figureWords(shown.finding, brief)}`;

const classWords = (name: RowClass, brief: boolean): string =>
  brief && name === 'only reported on failure' ? 'only on failure' : name;

/** The lines of the map. `view` holds no more runs than `layout` has cells. */
export function mapLines(view: View, layout: Layout, paint: Paint): string[] {
  const line = (mark: string, name: string, cells: string, figure = ''): string =>
    `${padTo(mark, MARK)}${padTo(name, layout.name)}${' '.repeat(GAP)}${cells}${figure === '' ? '' : ' '.repeat(GAP) + figure}`.trimEnd();
  const side = (name: string): string => ' '.repeat(Math.max(0, layout.name - textWidth(name))) + paint.dim(name);
  return [
    ...(view.failed.some((n) => n > 0) ? [line('', side('failed tests'), paint.dim(bars(view.failed)))] : []),
    ...(view.events.length > 0 ? [line('', side('events'), paint.yellow(eventCells(view)))] : []),
    ...view.rows.map((row) => {
      const fits = (text: string): boolean => textWidth(text) <= layout.name;
      const name = row.isOverall && fits(OVERALL) ? OVERALL : shortName(row.row.name, fits);
      const group = row.shown?.group ?? null;
      const cells = rowCells(view, row, paint);
      // Padding counts characters, so names are padded before they are painted.
      const shown = row.shown === null ? paint.dim(padTo(name, layout.name)) : padTo(name, layout.name);
      return line(group === null ? '' : groupMark(group), shown, cells, paintedFigure(row, layout, paint));
    }),
    line('', side(axisName(view, layout.name)), paint.dim(axisCells(view))),
    ...view.breaks
      .slice(0, SHOWN_BREAKS)
      .map(({ at, run, set, tests }) =>
        line(
          '',
          side(fitting(['began to fail (95 %)', 'began to fail'], layout.name)),
          breakCells(view.columns.length, at, set),
          `${dayWords(run.time)}${tests > 1 ? `, ${tests} tests` : ''}`,
        ),
      ),
  ];
}

const fitting = (texts: readonly string[], width: number): string =>
  texts.find((text) => textWidth(text) <= width) ?? '';

/** The part of the dates that the ticks leave out. */
function axisName({ columns }: View, width: number): string {
  const times = columns.map(({ time }) => time);
  const period = periodWords(times);
  if (period === '') return 'times unknown';
  const isHours = ticksOf(times, 1)[0]?.label.includes(':') === true;
  return fitting(isHours ? [`${period}, UTC`, `${period.slice(0, 10)}, UTC`] : [`${period.slice(0, 4)}, UTC`], width);
}

/** Each run's failed tests as a bar; the highest bar is the worst run. */
function bars(failed: readonly number[]): string {
  const most = Math.max(1, ...failed);
  return failed.map((n) => (n === 0 ? ' ' : (BARS[Math.max(1, Math.ceil((n / most) * 8))] ?? '█'))).join('');
}

function eventCells({ columns }: View): string {
  return columns.map(({ class: name }) => (name === 'normal' ? ' ' : EVENT_SYMBOL[name])).join('');
}

/** One character a cell, painted in stretches of the same outcome. */
function rowCells(view: View, row: ViewRow, paint: Paint): string {
  const colour: Readonly<Record<Outcome, (text: string) => string>> = {
    pass: paint.dim,
    fail: paint.red,
    flaky: paint.yellow,
    pending: paint.cyan,
    aborted: paint.dim,
    none: paint.dim,
  };
  let cells = '';
  let stretch = '';
  let of: Outcome = 'none';
  for (const column of view.columns) {
    const outcome = outcomeIn(row, column);
    if (outcome !== of && stretch !== '') {
      cells += colour[of](stretch);
      stretch = '';
    }
    of = outcome;
    const neverRan = outcome === 'none' && column.class === 'install or ci failure';
    stretch += neverRan ? NEVER_RAN : SYMBOL[outcome];
  }
  return stretch === '' ? cells : cells + colour[of](stretch);
}

function paintedFigure(row: ViewRow, layout: Layout, paint: Paint): string {
  if (row.shown === null) return '';
  const { finding } = row.shown;
  const colour = finding.class.includes('flaky') ? paint.yellow : paint.bold;
  return `${colour(classWords(finding.class, layout.brief))} ${figureWords(finding, layout.brief)}`.trimEnd();
}

function axisCells({ columns }: View): string {
  const ticks = ticksOf(
    columns.map(({ time }) => time),
    8,
  );
  let cells = '';
  for (const { at, label } of ticks) cells = `${cells.padEnd(at)}╵${label}`;
  return cells;
}

/** The set as a bracket, the first failing run as a triangle in it. */
function breakCells(columns: number, at: number, set: readonly [number, number] | null): string {
  return Array.from({ length: columns }, (_, i) => {
    if (i === at) return '▲';
    if (set === null || i < set[0] || i > set[1]) return ' ';
    return i === set[0] ? '├' : i === set[1] ? '┤' : '─';
  }).join('');
}
