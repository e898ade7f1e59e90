// What stands above and below the rows: labels of breaks and events, failures a run, bands of events, dates.
import { ticksOf } from '../axis.ts';
import { isoTime, runWords } from '../figures.ts';
import { buildUrl, type RunPlace } from '../links.ts';
import type { View } from '../view.ts';
import { textPixels } from './font.ts';
import { MARGIN, type SvgLayout } from './layout.ts';
import { element, label, linked, rectangles } from './markup.ts';
import { BREAK, EVENT_COLOUR, EVENT_WORDS, FAIL, MUTED } from './palette.ts';

export const LANE = 17;
export const BARS = 30;
export const STRIP = 9;
export const AXIS = 26;
const SIZE = 11;
const LANES = 4;
/** Labels of one kind of event: the strip and the legend tell the rest. */
const LABELS_OF_A_KIND = 2;
const LABELLED_BREAKS = 3;

interface Flag {
  readonly x: number;
  readonly text: string;
  readonly colour: string;
  readonly isBreak: boolean;
}

export interface PlacedFlag extends Flag {
  readonly lane: number;
  readonly left: number;
}

/** Labels above the map, each on the lowest lane with room; those without room are left to the legend. */
export function placeFlags(view: View, layout: SvgLayout): PlacedFlag[] {
  const breaks = view.breaks.slice(0, LABELLED_BREAKS).map(({ at, run, tests }): Flag => {
    const when = isoTime(run.time);
    const count = tests > 1 ? `${tests} tests began to fail` : 'began to fail';
    const text = when === null ? count : `${count} ${when.slice(5, 10)} ${when.slice(11, 16)}`;
    return { x: layout.x(at) - 1, text, colour: BREAK, isBreak: true };
  });
  const seen = new Map<string, number>();
  const events = view.events
    .toSorted((a, b) => b.to - b.from - (a.to - a.from) || b.to - a.to)
    .flatMap(({ class: name, from, to }): Flag[] => {
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const count = to > from ? ` ×${to - from + 1}` : '';
      const x = (layout.x(from) + layout.x(to) + layout.cell) / 2;
      if (nth > LABELS_OF_A_KIND) return [];
      return [{ x, text: EVENT_WORDS[name] + count, colour: EVENT_COLOUR[name], isBreak: false }];
    });
  const placed: PlacedFlag[] = [];
  for (const flag of [...breaks, ...events]) {
    const width = textPixels(flag.text, SIZE, flag.isBreak) + 8;
    const left = Math.max(MARGIN, Math.min(flag.x - width / 2, layout.width - MARGIN - width));
    for (let lane = 0; lane < LANES; lane += 1) {
      const isFree = placed.every((other) => other.lane !== lane || isApart(left, width, other));
      if (!isFree) continue;
      placed.push({ ...flag, lane, left });
      break;
    }
  }
  return placed;
}

const isApart = (left: number, width: number, other: PlacedFlag): boolean =>
  left + width <= other.left || other.left + textPixels(other.text, SIZE, other.isBreak) + 8 <= left;

/** The placed labels with their leaders down to `bottom`; `base` is the lower edge of the lowest lane. */
export const flagsMarkup = (flags: readonly PlacedFlag[], base: number, top: number, bottom: number): string => {
  const leaders = flags.map(({ x, lane, colour, isBreak }) =>
    element('line', {
      x1: x,
      x2: x,
      y1: base - lane * LANE - 3,
      y2: isBreak ? bottom : top,
      stroke: colour,
      'stroke-width': isBreak ? 1.2 : 0.8,
      'stroke-dasharray': isBreak ? '4 3' : '1.5 2',
    }),
  );
  // Labels are drawn over the leaders of those above them.
  const labels = flags.map(
    ({ lane, left, text, colour, isBreak }) =>
      element('rect', {
        x: left,
        y: base - lane * LANE - LANE + 2,
        width: textPixels(text, SIZE, isBreak) + 8,
        height: LANE - 3,
        fill: '#ffffff',
      }) + label(left + 4, base - lane * LANE - 4, text, { size: SIZE, fill: colour, bold: isBreak }),
  );
  return [...leaders, ...labels].join('');
};

/** Bars of the tests that failed in each run; `base` is their foot. */
export function barsMarkup(view: View, layout: SvgLayout, base: number): string {
  const most = Math.max(0, ...view.failed);
  if (most === 0) return '';
  const boxes = view.failed.flatMap((n, at): (readonly [number, number, number, number])[] => {
    const height = (n / most) * BARS;
    return n === 0 ? [] : [[layout.x(at), base - height, layout.cell, height]];
  });
  const words = `failed tests a run, at most ${most}`;
  return (
    label(layout.cellsX - 12, base - 3, words, { size: SIZE, fill: MUTED, anchor: 'end' }) +
    element('path', { d: rectangles(boxes), fill: FAIL, 'fill-opacity': 0.55 }) +
    element('rect', { x: layout.cellsX, y: base, width: view.columns.length * layout.pitch, height: 0.8, fill: MUTED })
  );
}

/** Bands of events behind the rows and their strip above them, and for every run a link over its whole height. */
export function columnsMarkup(view: View, layout: SvgLayout, place: RunPlace, strip: number, bottom: number): string {
  const bands = view.events.map(({ class: name, from, to }) => {
    const box = { x: layout.x(from) - 0.5, width: (to - from + 1) * layout.pitch };
    const isHatched = name === 'install or ci failure' || name === 'aborted';
    return (
      element('rect', { ...box, y: strip, height: STRIP - 3, fill: EVENT_COLOUR[name] }) +
      element('rect', {
        ...box,
        y: strip + STRIP - 1,
        height: bottom - strip - STRIP + 1,
        fill: isHatched ? 'url(#hatch)' : EVENT_COLOUR[name],
        'fill-opacity': isHatched ? 1 : 0.12,
      })
    );
  });
  const links = view.columns.map((column, at) => {
    const about =
      column.class === 'normal' ? '' : `\n${column.class}${column.reasons[0] ? `: ${column.reasons[0]}` : ''}`;
    const area = { x: layout.x(at), y: strip, width: layout.pitch, height: bottom - strip, fill: '#ffffff' };
    return linked(
      buildUrl(place, column.build),
      `${runWords(column)}${about}`,
      element('rect', { ...area, 'fill-opacity': 0 }),
    );
  });
  return [...bands, ...links].join('');
}

/** Dates below the rows. */
export function axisMarkup(view: View, layout: SvgLayout, top: number): string {
  const times = view.columns.map(({ time }) => time);
  const ticks = ticksOf(times, Math.ceil(52 / layout.pitch)).map(({ at, label: text }) => {
    const x = layout.x(at) + layout.cell / 2;
    return (
      element('rect', { x: x - 0.5, y: top + 2, width: 1, height: 5, fill: MUTED }) +
      label(x - 3, top + 18, text, { size: SIZE, fill: MUTED })
    );
  });
  const side = label(layout.cellsX - 12, top + 18, 'started, UTC', { size: SIZE, fill: MUTED, anchor: 'end' });
  return side + ticks.join('');
}
