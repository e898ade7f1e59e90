// Reads part of a log: a range of lines, the end, or around a line, within a number of bytes, and what was left out.
import { clip } from '../ci/text.ts';
import type { Lines } from './lines.ts';
import { safeLines } from './safe-lines.ts';
import type { ShownLine } from './search.ts';

/** What to read: lines `from` to `to`, the last `tail` lines, or `around` a line with so many on both sides. */
export type Part =
  | { readonly from: number; readonly to: number }
  | { readonly tail: number }
  | { readonly around: number; readonly context: number };

export interface ReadLines {
  readonly lines: readonly ShownLine[];
  /** Lines that were asked for and left out to keep the bytes: before and after those that are shown. */
  readonly omitted: { readonly before: number; readonly after: number };
}

const SHOWN_CHARS = 16_000;
const LEAST_BYTES = 100;

/**
 * The lines of a part that fit into `maxBytes`, cleaned and without secrets: of a range the first ones, of the end the
 * last ones, of what is around a line the nearest. Lines beyond the log are none.
 */
export function readLines(lines: Lines, part: Part, maxBytes: number): ReadLines {
  const { from, to, start } = placeOf(lines, part);
  const only = tooLong(lines, from, to, start, maxBytes);
  if (only) return only;
  let [first, last, left] = [start, start - 1, maxBytes];
  while (first > from || last < to) {
    const isDown = last < to && (first <= from || last - start < start - first);
    left -= Math.min(lines.length(isDown ? last + 1 : first - 1), SHOWN_CHARS) + 1;
    if (left < 0) break;
    if (isDown) last += 1;
    else first -= 1;
  }
  const shown = safeLines(lines, first, last).map((text, i) => ({ line: first + i, text: clip(text, SHOWN_CHARS) }));
  // What stands for a secret or a broken character may take more bytes than they did.
  let bytes = shown.reduce((sum, { text }) => sum + sizeOf(text), 0);
  while (bytes > maxBytes) {
    const far = last - start < start - first ? shown.shift() : shown.pop();
    bytes -= sizeOf(far?.text ?? '');
    if (far?.line === first) first += 1;
    else last -= 1;
  }
  return {
    lines: shown,
    omitted: last < first ? { before: 0, after: to - from + 1 } : { before: first - from, after: to - last },
  };
}

/** The line to begin with, cut, when it alone is more than what may be shown: nothing would be shown otherwise. */
function tooLong(lines: Lines, from: number, to: number, start: number, maxBytes: number): ReadLines | null {
  const line = Math.min(start, to);
  if (
    maxBytes < LEAST_BYTES ||
    line < from ||
    !lines.has(line) ||
    Math.min(lines.length(line), SHOWN_CHARS) + 1 <= maxBytes
  )
    return null;
  // Whatever the characters are, a quarter of the bytes holds them.
  const text = clip(safeLines(lines, line, line)[0] ?? '', Math.max(1, Math.floor(maxBytes / 4) - 1));
  return { lines: [{ line, text }], omitted: { before: line - from, after: to - line } };
}

const sizeOf = (text: string): number => Buffer.byteLength(text) + 1;

function placeOf(lines: Lines, part: Part): { from: number; to: number; start: number } {
  const within = (line: number): number => Math.min(Math.max(1, line), lines.count + 1);
  if ('tail' in part) {
    const from = within(lines.count - part.tail + 1);
    return { from, to: lines.count, start: lines.count + 1 };
  }
  if ('around' in part) {
    const from = within(part.around - part.context);
    const to = Math.min(lines.count, part.around + part.context);
    return { from, to: Math.max(to, from - 1), start: within(part.around) };
  }
  const from = within(part.from);
  return { from, to: Math.max(Math.min(part.to, lines.count), from - 1), start: from };
}
