// Finds the lines of a log that say why it failed: scored, ranked, quoted as whole blocks, the rest accounted for.
import { isUtf8 } from 'node:buffer';
import { cleanText } from '../ci/text.ts';
import type { Lines } from './lines.ts';
import { mask } from './mask.ts';
import { withoutPrefix } from './prefix.ts';
import { DEMOTIONS, PREFILTER, RULES } from './rules.ts';

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
  /** With its place, its rarity and its neighbours. */
  score: number;
}

const LINE_BYTES = 4_096;
const BYTES_PER_TOKEN = 4;
/** A line that cannot be quoted whole is no evidence we would show. */
export const MAX_QUOTED_LINE = 4_000;
const BLOCK_LINES = 14;
const LEDGER_ENTRIES = 5;
/** Lines alike that are kept as hits, and hits in all: beyond that only the last of each kind is. */
const KEPT_ALIKE = 200;
const MAX_HITS = 50_000;
/** A line must say this much by itself to be quoted; place and rarity only order what does. */
const WORTH_QUOTING = 5;

/**
 * The summary of a failed log. Linear in the size of the log; deterministic.
 * @param options.budget tokens (bytes / 4) the excerpts may take together
 * @param options.range only these lines are read; the whole log by default
 */
export function summarizeLog(
  lines: Lines,
  options: { budget: number; range?: { from: number; to: number } },
): LogSummary {
  const { hits, counts } = findHits(lines, options.range ?? { from: 1, to: lines.count });
  weigh(hits, counts, lines.count);
  const ranked = hits.filter((hit) => hit.own >= WORTH_QUOTING && hit.score > 0);
  ranked.sort((a, b) => b.score - a.score || b.line - a.line);
  const excerpts = choose(ranked, lines, options.budget * BYTES_PER_TOKEN);
  const first = excerpts[0];
  return {
    linesTotal: lines.count,
    headline: first ? { line: first.line, text: cleanText(lines.text(first.line, LINE_BYTES)).trim() } : null,
    excerpts,
    omitted: ledger(ranked, excerpts),
  };
}

function findHits(lines: Lines, range: { from: number; to: number }): { hits: Hit[]; counts: Map<string, number> } {
  const hits: Hit[] = [];
  const counts = new Map<string, number>();
  const last = new Map<string, Hit>();
  for (let line = range.from; line <= range.to; line += 1) {
    const raw = lines.text(line, LINE_BYTES);
    if (!PREFILTER.test(raw)) continue;
    const text = withoutPrefix(cleanText(raw));
    const scored = scoreOf(text);
    if (!scored || scored.score <= 0) continue;
    const masked = mask(text);
    const alike = counts.get(masked) ?? 0;
    counts.set(masked, alike + 1);
    // Of thousands of lines alike the first ones and the last one are enough; memory stays bounded.
    const hit = { line, masked, why: scored.why, own: scored.score, score: scored.score };
    if (alike < KEPT_ALIKE && hits.length < MAX_HITS) hits.push(hit);
    else last.set(masked, hit);
  }
  const kept = new Set(hits);
  for (const hit of last.values()) if (!kept.has(hit)) hits.push(hit);
  hits.sort((a, b) => a.line - b.line);
  return { hits, counts };
}

/** The strongest rule, a quarter of the second one, and what speaks against the line. */
function scoreOf(text: string): { score: number; why: string } | null {
  const found = RULES.filter((rule) => rule.pattern.test(text)).sort((a, b) => b.weight - a.weight);
  const [best, second] = found;
  if (!best) return null;
  const against = DEMOTIONS.reduce((sum, rule) => sum + (rule.pattern.test(text) ? rule.weight : 0), 0);
  return { score: best.weight + (second?.weight ?? 0) / 4 + against, why: best.name };
}

/** What repeats says less; what stands near the end, or near other hits, says more. */
function weigh(hits: Hit[], counts: ReadonlyMap<string, number>, lines: number): void {
  for (const hit of hits) {
    if (hit.score <= 0) continue;
    const count = counts.get(hit.masked) ?? 1;
    hit.score += count <= 3 ? 1 : -Math.min(6, 0.7 * Math.log2(count));
    hit.score += (4 * hit.line) / lines;
  }
  hits.forEach((hit, i) => {
    if (hit.score <= 0) return;
    const near = [hits[i - 1], hits[i + 1]].filter((other) => other && Math.abs(other.line - hit.line) <= 6);
    hit.score += 0.5 * near.length;
  });
}

function choose(ranked: readonly Hit[], lines: Lines, budget: number): Excerpt[] {
  const chosen: Excerpt[] = [];
  const families = new Set<string>();
  let left = budget;
  for (const hit of ranked) {
    if (families.has(hit.masked) || chosen.some((block) => hit.line >= block.start && hit.line <= block.end)) continue;
    const block = blockAround(hit.line, lines, Math.max(0, left), chosen);
    if (!block) continue;
    families.add(hit.masked);
    const says = ranked.filter(({ line }) => line >= block.start && line <= block.end).map(({ line }) => line);
    chosen.push({ ...block, why: hit.why, line: hit.line, score: hit.score, says: says.sort((a, b) => a - b) });
    left -= sizeOf(lines, block.start, block.end);
    if (left <= 0) break;
  }
  return chosen;
}

/** The hit with what belongs to it: two lines before, and the lines that continue it. */
function blockAround(
  line: number,
  lines: Lines,
  budget: number,
  taken: readonly Excerpt[],
): { start: number; end: number } | null {
  const isFree = (n: number): boolean => !taken.some((block) => n >= block.start && n <= block.end);
  const isQuotable = (n: number): boolean => lines.length(n) <= MAX_QUOTED_LINE && isUtf8(lines.raw(n));
  if (!isQuotable(line)) return null;
  let start = line;
  let end = line;
  let size = lines.length(line);
  const fits = (n: number): boolean =>
    n >= 1 && n <= lines.count && isFree(n) && isQuotable(n) && size + lines.length(n) <= budget;
  const grow = (n: number): void => {
    size += lines.length(n) + 1;
    start = Math.min(start, n);
    end = Math.max(end, n);
  };
  while (end - line < BLOCK_LINES && fits(end + 1) && continues(lines.text(end + 1, LINE_BYTES), end - line))
    grow(end + 1);
  while (line - start < 2 && fits(start - 1) && lines.text(start - 1, LINE_BYTES).trim() !== '') grow(start - 1);
  return { start, end };
}

/** True for a line that carries on the message above it: indented, a stack frame, or one of the next two lines. */
function continues(raw: string, distance: number): boolean {
  const text = cleanText(raw);
  if (text.trim() === '') return false;
  return distance < 2 || /^(?:\s{2,}|\t|at |goroutine \d|\S+\.go:\d|[}\])]|\s*\^|E {3})/.test(text);
}

function sizeOf(lines: Lines, start: number, end: number): number {
  let size = 0;
  for (let n = start; n <= end; n += 1) size += lines.length(n) + 1;
  return size;
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
