// Finds the lines of a log that say why it failed: scored, ranked, quoted as whole blocks, the rest accounted for.
import { isUtf8 } from 'node:buffer';
import { cleanText } from '../ci/text.ts';
import { blockAround, type Block } from './blocks.ts';
import type { Lines } from './lines.ts';
import { mask } from './mask.ts';
import { withoutPrefix } from './prefix.ts';
import { PREFILTER } from './prefilter.ts';
import { isExit, isStart, scoreLine } from './score.ts';

/** Lines `start` to `end` (from 1, both included) and the rule that chose them. */
export interface Excerpt {
  readonly start: number;
  readonly end: number;
  readonly why: string;
  /** The line of the excerpt that scored. */
  readonly line: number;
  readonly score: number;
  /** Lines of the excerpt that say something by themselves, in order; the others are context. */
  readonly says: readonly number[];
}

/** Lines that looked like errors and are not quoted, by their common form. */
export interface Omitted {
  readonly family: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

export interface LogSummary {
  readonly linesTotal: number;
  /** The one line that says most, cleaned; null when no line says anything. */
  readonly headline: { readonly line: number; readonly text: string } | null;
  /** Best first, never overlapping; the best line is quoted whatever its size, more only within the budget. */
  readonly excerpts: readonly Excerpt[];
  readonly omitted: readonly Omitted[];
}

interface Hit {
  readonly line: number;
  readonly masked: string;
  readonly why: string;
  /** What the line says by itself. */
  readonly own: number;
  readonly sumsUp: boolean;
  /** True just above a runner's word that the command failed. */
  isLate: boolean;
  /** With its place, its rarity and its neighbours. */
  score: number;
}

const P = (name: string, value: number): number => Number(process.env[name] ?? value);
const LINE_BYTES = 4_096;
const BYTES_PER_TOKEN = 4;
/** A line that cannot be quoted whole is no evidence we would show. */
export const MAX_QUOTED_LINE = 4_000;
const LEDGER_ENTRIES = 5;
/** Lines alike that are kept as hits, and hits in all: beyond that only the last of each kind is. */
const KEPT_ALIKE = 200;
const MAX_HITS = 50_000;
/** A line must say this much by itself to be quoted; place and rarity only order what does. */
const WORTH_QUOTING = P('WORTH', 5);

interface Found {
  readonly hits: Hit[];
  readonly counts: Map<string, number>;
  /** Lines by which the runner says that a command failed. */
  readonly exits: number[];
  /** Lines by which the runner began a command. */
  readonly starts: number[];
}

/**
 * The summary of a failed log. Linear in the size of the log; deterministic.
 * @param options.budget tokens (bytes / 4) the excerpts may take together
 * @param options.range only these lines are read; the whole log by default
 */
export function summarizeLog(
  lines: Lines,
  options: { budget: number; range?: { from: number; to: number } },
): LogSummary {
  const range = options.range ?? { from: 1, to: lines.count };
  const found = findHits(lines, range);
  weigh(found, range);
  const ranked = found.hits.filter((hit) => (hit.own >= WORTH_QUOTING || hit.isLate) && hit.score > 0);
  ranked.sort((a, b) => b.score - a.score || (P('TIE',0)===1 ? b.line-a.line : a.line - b.line));
  const excerpts = new Choice(lines, range, found, options.budget * BYTES_PER_TOKEN).choose(ranked);
  const words = lastWords(lines, range, found);
  const telling = firstOfItsKind(ranked.find(({ sumsUp }) => !sumsUp) ?? ranked[0], found.hits);
  const first = telling && (!words || found.exits.length === 0 || telling.score >= P('WORDS', 7)) ? telling : (words ?? telling);
  return {
    linesTotal: lines.count,
    headline: first ? { line: first.line, text: cleanText(lines.text(first.line, LINE_BYTES)).trim() } : null,
    excerpts,
    omitted: ledger(ranked, excerpts),
  };
}

function findHits(lines: Lines, range: { from: number; to: number }): Found {
  const hits: Hit[] = [];
  const counts = new Map<string, number>();
  const last = new Map<string, Hit>();
  const exits: number[] = [];
  const starts: number[] = [];
  for (let line = range.from; line <= range.to; line += 1) {
    const raw = lines.text(line, LINE_BYTES);
    if (!PREFILTER.test(raw)) continue;
    const text = withoutPrefix(cleanText(raw));
    const saysExit = isExit(text);
    if (saysExit) exits.push(line);
    else if (isStart(text)) starts.push(line);
    const scored = scoreLine(text, raw);
    if (!scored || scored.own <= 0 || (saysExit && scored.own < 8)) continue;
    const masked = mask(text);
    const alike = counts.get(masked) ?? 0;
    counts.set(masked, alike + 1);
    // Of thousands of lines alike the first ones and the last one are enough; memory stays bounded.
    const hit = { line, masked, why: scored.why, own: scored.own, sumsUp: scored.sumsUp, isLate: false, score: scored.own };
    if (alike < KEPT_ALIKE && hits.length < MAX_HITS) hits.push(hit);
    else last.set(masked, hit);
  }
  const kept = new Set(hits);
  for (const hit of last.values()) if (!kept.has(hit)) hits.push(hit);
  hits.sort((a, b) => a.line - b.line);
  return { hits, counts, exits, starts };
}

/** What repeats says less; what stands near the end, or near other hits, says more. */
function weigh({ hits, counts, exits, starts }: Found, range: { from: number; to: number }): void {
  const end = exits.at(-1) ?? range.to;
  let at = 0;
  hits.forEach((hit, i) => {
    const count = counts.get(hit.masked) ?? 1;
    hit.score += count <= 3 ? 1 : -Math.min(6, P('REPEAT', 0.7) * Math.log2(count));
    hit.score += P('POS', 1) * Math.min(1, (hit.line - range.from) / Math.max(1, end - range.from));
    while (at < exits.length && (exits[at] ?? 0) < hit.line) at += 1;
    const exit = exits[at];
    hit.isLate = exit !== undefined && exit - hit.line <= P('LATE', 25) && hit.own >= 2.5;
    if (hit.sumsUp) hit.score -= P('SUMS', 3);
    if (exit !== undefined && starts.some((start) => start > hit.line && start < exit)) hit.score -= P('OUTSIDE', 8);
    if (exit !== undefined) hit.score += P('ANCHOR', 2) * Math.max(0, 1 - (exit - hit.line) / P('REACH', 300));
    else if (exits.length > 0) hit.score -= P('AFTER', 4);
    let near = 0;
    for (let j = i - 1; j >= 0 && hit.line - (hits[j]?.line ?? 0) <= 6; j -= 1) near += hits[j]?.own ?? 0;
    for (let j = i + 1; j < hits.length && (hits[j]?.line ?? 0) - hit.line <= 6; j += 1) near += hits[j]?.own ?? 0;
    hit.score += P('DENSITY', 1) * Math.log2(1 + near / 10);
  });
}

/** Among lines that stand together and say as much, the first: what follows it follows from it. */
function firstOfItsKind(best: Hit | undefined, hits: readonly Hit[]): Hit | undefined {
  if (!best || best.sumsUp || (P('EXC',1)===1 && /exception|service refused|timed out|image missing/.test(best.why))) return best;
  let first = best;
  let last = best.line;
  for (let i = hits.indexOf(best) - 1; i >= 0; i -= 1) {
    const hit = hits[i];
    if (!hit || last - hit.line > P('GAP', 8) || best.line - hit.line > P('SPAN', 60)) break;
    last = hit.line;
    if (!hit.sumsUp && hit.own >= best.own - P('LESS', 1) && (P('SAME',0)===0 || hit.why===best.why)) first = hit;
  }
  return first;
}

/** The line above the runner's last word, for a log in which no line says more. */
function lastWords(lines: Lines, range: { from: number; to: number }, { exits }: Found): { line: number } | null {
  const exit = exits.at(-1) ?? range.to + 1;
  for (let line = exit - 1; line >= Math.max(range.from, exit - 20); line -= 1) {
    const text = cleanText(lines.text(line, LINE_BYTES)).trim();
    if (/\w/.test(text) && !/^travis_/.test(text)) return { line };
  }
  return null;
}

class Choice {
  readonly #lines: Lines;
  readonly #range: Block;
  readonly #found: Found;
  readonly #own: Map<number, number>;
  readonly #taken = new Set<number>();
  readonly #chosen: Excerpt[] = [];
  readonly #budget: number;
  #left: number;

  constructor(lines: Lines, range: { from: number; to: number }, found: Found, budget: number) {
    this.#lines = lines;
    this.#range = { start: range.from, end: range.to };
    this.#found = found;
    this.#own = new Map(found.hits.map(({ line, own }) => [line, own]));
    this.#budget = budget;
    this.#left = budget;
  }

  choose(ranked: readonly Hit[]): Excerpt[] {
    const [best] = ranked;
    if (best) this.#addBlock(best, P('TOPSHARE', 0.5) * this.#budget, 30, 60);
    const exit = this.#exitOf(best);
    this.#addEnd(exit, P('TAILSHARE', 0.35) * this.#budget);
    const families = new Set(best ? [best.masked] : []);
    for (const hit of ranked) {
      if (this.#left <= 0) break;
      if (families.has(hit.masked) || this.#taken.has(hit.line)) continue;
      families.add(hit.masked);
      this.#addBlock(hit, this.#left, 6, 14);
    }
    this.#addEnd(exit, this.#left);
    return this.#merged(ranked);
  }

  #cost(line: number): number {
    return this.#lines.length(line) + 1;
  }

  #isQuotable(n: number): boolean {
    return n >= this.#range.start && n <= this.#range.end && this.#lines.length(n) <= MAX_QUOTED_LINE && isUtf8(this.#lines.raw(n));
  }

  #take(start: number, end: number, hit: { line: number; why: string; score: number }): void {
    for (let n = start; n <= end; n += 1) {
      this.#taken.add(n);
      this.#left -= this.#cost(n);
    }
    this.#chosen.push({ start, end, ...hit, says: [] });
  }

  #addBlock(hit: Hit, share: number, above: number, below: number): void {
    let size = this.#cost(hit.line);
    const allowed = Math.max(share, size);
    if (!this.#isQuotable(hit.line) || size > this.#left) return;
    const fits = (n: number): boolean => {
      if (this.#taken.has(n) || !this.#isQuotable(n) || size + this.#cost(n) > Math.min(allowed, this.#left)) return false;
      size += this.#cost(n);
      return true;
    };
    const isHit = (n: number): boolean => (this.#own.get(n) ?? 0) >= 2;
    const { start, end } = blockAround(hit.line, this.#lines, { above, below, fits, isHit });
    this.#take(start, end, hit);
  }

  /** The runner's word that belongs to the hit, else its last one, else the end of the log. */
  #exitOf(hit: Hit | undefined): number {
    const { exits } = this.#found;
    return (hit && exits.find((exit) => exit >= hit.line)) ?? exits.at(-1) ?? this.#range.end;
  }

  /** Lines directly above the exit, upwards as far as `share` reaches. */
  #addEnd(exit: number, share: number): void {
    let size = 0;
    let start = 0;
    let end = 0;
    for (let n = exit; n >= this.#range.start; n -= 1) {
      const isFree = !this.#taken.has(n);
      if (isFree && (!this.#isQuotable(n) || size + this.#cost(n) > Math.min(share, this.#left))) break;
      if (!isFree) {
        if (end > 0) this.#take(start, end, { line: start, why: 'before the exit', score: 0 });
        end = 0;
        share -= size;
        size = 0;
        continue;
      }
      if (end === 0) end = n;
      start = n;
      size += this.#cost(n);
    }
    if (end > 0) this.#take(start, end, { line: start, why: 'before the exit', score: 0 });
  }

  #merged(ranked: readonly Hit[]): Excerpt[] {
    return this.#chosen.map((block) => ({
      ...block,
      says: ranked.filter(({ line }) => line >= block.start && line <= block.end).map(({ line }) => line).sort((a, b) => a - b),
    }));
  }
}

function ledger(ranked: readonly Hit[], excerpts: readonly Excerpt[]): Omitted[] {
  const families = new Map<string, Omitted>();
  for (const { line, masked } of ranked) {
    if (excerpts.some((block) => line >= block.start && line <= block.end)) continue;
    const known = families.get(masked);
    families.set(masked, {
      family: masked.slice(0, 160),
      count: (known?.count ?? 0) + 1,
      first: Math.min(known?.first ?? line, line),
      last: Math.max(known?.last ?? line, line),
    });
  }
  return [...families.values()].sort((a, b) => b.count - a.count).slice(0, LEDGER_ENTRIES);
}
