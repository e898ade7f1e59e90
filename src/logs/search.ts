// Searches a log line by line: matches with the lines around them, capped, and where to go on.
import { clip } from '../ci/text.ts';
import type { Lines } from './lines.ts';
import type { Pattern } from './pattern.ts';
import { LINE_BYTES, safeLines } from './safe-lines.ts';

/** A line as it is shown: cleaned, without secrets, cut in the middle when it is very long. */
export interface ShownLine {
  readonly line: number;
  readonly text: string;
}

export interface FoundLine extends ShownLine {
  /** False for a line that only stands around a match. */
  readonly match: boolean;
}

export interface SearchLimits {
  /** Lines shown before and after a match. */
  readonly context: number;
  readonly matches: number;
  /** Bytes of text shown. */
  readonly bytes: number;
  /** Work: characters read times the size of the pattern. No clock is read. */
  readonly steps: number;
}

export interface Found {
  readonly lines: readonly FoundLine[];
  /** Matches among `lines`. */
  readonly matches: number;
  /** Matches that were counted behind them and are not shown. */
  readonly omitted: number;
  /** The line to go on at for the matches behind; null when there are none, or none that are known of. */
  readonly next: number | null;
  /** The last line that was read; below the log's last when the steps were used up. */
  readonly read: number;
  readonly steps: number;
}

/** Lines that are read and made safe together. */
const TOGETHER = 10_000;
const BYTES_TOGETHER = 1024 * 1024;
const SHOWN_CHARS = 2_000;
const LEAST_BYTES = 200;

const sizeOf = (block: readonly ShownLine[]): number =>
  block.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);

/**
 * The matches of `pattern` from line `from` on. What is matched is what is shown: no search can tell a secret.
 * Linear in the size of the log; never throws.
 */
export function search(lines: Lines, pattern: Pattern, limits: SearchLimits, from = 1): Found {
  const { hits, count, read, steps } = findHits(lines, pattern, limits, from);
  const shown: FoundLine[] = [];
  let bytes = 0;
  let end = from - 1;
  for (const hit of hits.slice(0, limits.matches)) {
    const start = Math.max(1, end + 1, hit - limits.context);
    const stop = Math.min(lines.count, hit + limits.context);
    if (stop < start) continue;
    const block = safeLines(lines, start, stop).map((text, i) => ({
      line: start + i,
      text: clip(text, SHOWN_CHARS),
      match: pattern.test(text),
    }));
    bytes += sizeOf(block);
    if (bytes <= limits.bytes) {
      shown.push(...block);
      end = stop;
      continue;
    }
    // A first match too large to show is shown in part: the search must get on.
    const alone = block.find(({ line }) => line === hit);
    if (shown.length === 0 && alone && limits.bytes >= LEAST_BYTES) {
      shown.push({ ...alone, text: clip(alone.text, Math.floor(limits.bytes / 4) - 1) });
      end = hit;
    }
    break;
  }
  const matches = shown.filter(({ match, line }) => match && line >= from).length;
  const left = hits.find((hit) => hit > end) ?? (read < lines.count ? read + 1 : null);
  return { lines: shown, matches, omitted: Math.max(0, count - matches), next: left, read, steps };
}

/** The first matching lines, how many match in all, and how far the steps reached. */
function findHits(
  lines: Lines,
  pattern: Pattern,
  limits: SearchLimits,
  from: number,
): { hits: number[]; count: number; read: number; steps: number } {
  const kept = limits.matches + 2 * limits.context + 1;
  const hits: number[] = [];
  let [count, steps, read] = [0, 0, from - 1];
  while (read < lines.count && steps < limits.steps) {
    const first = read + 1;
    read = lastTogether(lines, first);
    safeLines(lines, first, read).forEach((text, i) => {
      steps += (text.length + 1) * pattern.cost;
      if (!pattern.test(text)) return;
      count += 1;
      if (hits.length < kept) hits.push(first + i);
    });
  }
  return { hits, count, read, steps };
}

function lastTogether(lines: Lines, first: number): number {
  let last = first;
  let bytes = Math.min(lines.length(first), LINE_BYTES);
  while (last < lines.count && last - first < TOGETHER && bytes < BYTES_TOGETHER) {
    last += 1;
    bytes += Math.min(lines.length(last), LINE_BYTES);
  }
  return last;
}
