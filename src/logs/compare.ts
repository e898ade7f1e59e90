// A failing log beside passing ones of the same job: what only it says, what it no longer says, what it never reached.
import { cleanText } from '../ci/text.ts';
import { Baseline } from './baseline.ts';
import type { Lines, LogLines } from './lines.ts';
import { withoutPrefix } from './prefix.ts';
import { isRoutine } from './routine.ts';
import { shapeOf } from './shape.ts';

/** Lines `from` to `to`, from 1, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export interface Comparison {
  /** Lines of the failing log that no passing log has, routine left out, with what stands between. */
  readonly added: readonly LineRange[];
  /** Lines of the first passing log that every passing log has and the failing one has not. */
  readonly gone: readonly LineRange[];
  /** Lines that stand once in both and in another order: in the failing log, and in the first passing one. */
  readonly moved: readonly { readonly line: number; readonly was: number }[];
  /** The largest part of the first passing log that the failing one skipped, and the lines of both it was due between. */
  readonly neverReached: (LineRange & { readonly after: number; readonly before: number }) | null;
}

const LINE_BYTES = 4_096;
const NEVER_REACHED_LINES = 3;
const NEVER_REACHED_SHARE = 0.5;
/** Added lines this close are of one message: what stands between them, known or routine, belongs to it. */
const JOINED_ADDED = 11;

/** Compares by the shape of lines: numbers, times and ids make no difference. Near linear in the size of the logs. */
export function compareLogs(failing: Lines, passing: readonly Lines[]): Comparison {
  const known = Baseline.of(passing);
  const ours = shapesOf(failing);
  const first = passing[0];
  const theirs = first ? shapesOf(first) : [];
  const said = new Set(ours);
  const anchors = commonOrder(ours, theirs);
  const kept = new Set(anchors.kept.map(({ line }) => line));
  return {
    added: ranges(failing, JOINED_ADDED, (line) => known.isNew(ours[line - 1] ?? 0) && !isRoutineLine(failing, line)),
    gone: first ? ranges(first, 1, (line) => isGone(theirs[line - 1] ?? 0, said, known)) : [],
    moved: anchors.pairs.filter(({ line }) => !kept.has(line)),
    neverReached: longestSkipped(anchors.kept, theirs, said, failing.count + 1),
  };
}

/** The first line of `other` that is like line `line` of `lines`; null when none is. */
export function lineLike(lines: LogLines, line: number, other: Lines): number | null {
  const raw = lines.raw(line);
  const at = shapesOf(other).indexOf(shapeOf(raw, 0, raw.length).masked);
  return at < 0 ? null : at + 1;
}

const isGone = (shape: number, said: ReadonlySet<number>, known: Baseline): boolean =>
  !said.has(shape) && known.isEverywhere(shape);

const isBlank = (lines: Lines, line: number): boolean => lines.text(line, LINE_BYTES).trim() === '';

const isRoutineLine = (lines: Lines, line: number): boolean =>
  isRoutine(withoutPrefix(cleanText(lines.text(line, LINE_BYTES))));

function shapesOf(lines: Lines): number[] {
  return Array.from({ length: lines.count }, (_, i) => {
    const raw = lines.raw(i + 1);
    return shapeOf(raw, 0, raw.length).masked;
  });
}

/** Ranges of the lines that are asked for, joined where they stand at most `join` lines apart. */
function ranges(lines: Lines, join: number, isWanted: (line: number) => boolean): LineRange[] {
  const found: { from: number; to: number }[] = [];
  for (let line = 1; line <= lines.count; line += 1) {
    if (isBlank(lines, line) || !isWanted(line)) continue;
    const open = found.at(-1);
    if (open && line - open.to <= join) open.to = line;
    else found.push({ from: line, to: line });
  }
  return found;
}

interface Pair {
  readonly line: number;
  readonly was: number;
}

/** Lines that stand once in both logs, and the most of them that keep their order (patience sorting). */
function commonOrder(ours: readonly number[], theirs: readonly number[]): { pairs: Pair[]; kept: Pair[] } {
  const places = onceIn(theirs);
  const pairs: Pair[] = [];
  for (const [shape, line] of onceIn(ours)) {
    const was = places.get(shape);
    if (was !== undefined) pairs.push({ line, was });
  }
  pairs.sort((a, b) => a.line - b.line);
  const tops: { pair: Pair; below: (typeof tops)[number] | null }[] = [];
  for (const pair of pairs) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.pair.was ?? 0) < pair.was) low = middle + 1;
      else high = middle;
    }
    tops[low] = { pair, below: tops[low - 1] ?? null };
  }
  const kept: Pair[] = [];
  for (let at = tops.at(-1) ?? null; at; at = at.below) kept.push(at.pair);
  return { pairs, kept: kept.reverse() };
}

function onceIn(shapes: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  shapes.forEach((shape, i) => places.set(shape, places.has(shape) ? 0 : i + 1));
  for (const [shape, line] of places) if (line === 0) places.delete(shape);
  return places;
}

/** Of the parts of the passing log between lines that both have in order: the one with the most that is not said here. */
function longestSkipped(
  kept: readonly Pair[],
  theirs: readonly number[],
  said: ReadonlySet<number>,
  end: number,
): Comparison['neverReached'] {
  let longest: Comparison['neverReached'] = null;
  let most = NEVER_REACHED_LINES - 1;
  const borders = [{ line: 0, was: 0 }, ...kept, { line: end, was: theirs.length + 1 }];
  borders.slice(1).forEach((next, i) => {
    const { line: after, was } = borders[i] ?? next;
    const missing: number[] = [];
    for (let at = was + 1; at < next.was; at += 1) if (!said.has(theirs[at - 1] ?? 0)) missing.push(at);
    const [from = 0, to = 0] = [missing[0], missing.at(-1)];
    // Where most is said elsewhere the work was done in another order, not left undone.
    if (missing.length <= most || missing.length < NEVER_REACHED_SHARE * (to - from + 1)) return;
    most = missing.length;
    longest = { from, to, after, before: next.line };
  });
  return longest;
}
