// Orders what a scan found: by what a line says, where it stands, how often its like does, and what passing runs say too.
import type { Baseline } from './baseline.ts';
import type { Hit, Scan } from './scan.ts';

export interface Ranked extends Hit {
  score: number;
}

/** A line must say this much by itself to count, or a little just above a runner's word that its command failed, or the end of the log. */
const WORTH_QUOTING = 5;
const WORTH_QUOTING_LATE = 2.5;
const LATE_LINES = 25;
const RARE = 3;
const FOR_RARE = 1;
const AGAINST_REPEATS = 0.7;
const MAX_AGAINST_REPEATS = 6;
const FOR_PLACE = 1;
/** For standing up to 300 lines above the runner's word; against standing below the last one. */
const FOR_EXIT = 2;
const EXIT_REACH = 300;
const AGAINST_AFTER = 4;
/** Against what an earlier command said, which did not fail. */
const AGAINST_OTHER_COMMAND = 8;
/** A shell trace shows `|| true` as the command that follows the failure. */
const TOLERATES = /^\+{1,4} (?:true|:)\s*$/;
const AGAINST_SUMMING_UP = 3;
const NEIGHBOUR_LINES = 6;
const FOR_UNSEEN = 5;
const SHARE_IF_ALWAYS_SEEN = 0.15;

/** The hits that may be quoted, best first. The end of a log that `isCut` is none. */
export function rank(scan: Scan, baseline: Baseline | null, isCut: boolean): Ranked[] {
  const { hits, exits, starts, range } = scan;
  const end = exits.at(-1) ?? range.to;
  const nextExit = ascending(exits);
  const nextStart = ascending(starts);
  const crowd = crowds(hits);
  const ranked: Ranked[] = [];
  hits.forEach((hit, i) => {
    const { line, own, family } = hit;
    const exit = nextExit(line);
    const start = nextStart(line + 1);
    const stop = exit ?? (exits.length > 0 || isCut ? Infinity : range.to);
    const isLate = stop - line <= LATE_LINES && own >= WORTH_QUOTING_LATE;
    if ((own < WORTH_QUOTING && !isLate) || isTolerated(scan, line)) return;
    let score = own;
    score +=
      family.count <= RARE ? FOR_RARE : -Math.min(MAX_AGAINST_REPEATS, AGAINST_REPEATS * Math.log2(family.count));
    score += FOR_PLACE * Math.min(1, (line - range.from) / Math.max(1, end - range.from));
    if (exit !== null) score += FOR_EXIT * Math.max(0, 1 - (exit - line) / EXIT_REACH);
    else if (exits.length > 0) score -= AGAINST_AFTER;
    if (exit !== null && start !== null && start < exit) score -= AGAINST_OTHER_COMMAND;
    if (hit.sumsUp) score -= AGAINST_SUMMING_UP;
    score += Math.log2(1 + (crowd[i] ?? 0) / 10);
    if (baseline?.isNew(family.shape) === true) score += FOR_UNSEEN;
    if (baseline?.isEverywhere(family.shape) === true) score *= SHARE_IF_ALWAYS_SEEN;
    if (score > 0) ranked.push({ ...hit, score });
  });
  return ranked.sort((a, b) => b.score - a.score || a.line - b.line);
}

const isTolerated = ({ lines }: Scan, line: number): boolean =>
  lines.has(line + 1) && TOLERATES.test(lines.text(line + 1, 16));

/** The smallest of ascending numbers that is at least `line`; asked for in ascending order. */
function ascending(numbers: readonly number[]): (line: number) => number | null {
  let at = 0;
  return (line) => {
    while (at < numbers.length && (numbers[at] ?? 0) < line) at += 1;
    return numbers[at] ?? null;
  };
}

/** What the hits within six lines of each say together. */
function crowds(hits: readonly Hit[]): number[] {
  let from = 0;
  let to = 0;
  let sum = 0;
  return hits.map(({ line, own }) => {
    for (; to < hits.length && (hits[to]?.line ?? 0) <= line + NEIGHBOUR_LINES; to += 1) sum += hits[to]?.own ?? 0;
    for (; (hits[from]?.line ?? 0) < line - NEIGHBOUR_LINES; from += 1) sum -= hits[from]?.own ?? 0;
    return sum - own;
  });
}
