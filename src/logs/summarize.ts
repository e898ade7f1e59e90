// The summary of a failed log: the line that says most, whole blocks of lines around what matters, and what was left out.
import type { Unquoted } from '../ci/failure.ts';
import { cleanText } from '../ci/text.ts';
import type { Baseline } from './baseline.ts';
import { choose, isQuotable, WORTH_A_BLOCK, type Excerpt } from './choose.ts';
import type { Lines, LogLines } from './lines.ts';
import { mask } from './shape.ts';
import { signatureOf, type Signature } from './signature.ts';
import { withoutPrefix } from './prefix.ts';
import { rank, type Ranked } from './rank.ts';
import { speaksAgainst } from './score.ts';
import { safeLine, safeLines } from './safe-lines.ts';
import { scanLines, type Family, type Hit, type Scan } from './scan.ts';

export interface LogSummary {
  readonly linesTotal: number;
  /**
   * The one line that says most, cleaned and without secrets. It stands in the first excerpt. Where no line says anything it is the last
   * one, and no excerpt `says` anything; null for a log of blank lines, and for one that is `cut`: its last line is where reading ended.
   */
  readonly headline: { readonly line: number; readonly text: string; readonly why: string } | null;
  /** Why the end of what was read is not the end of the log; null when it is. */
  readonly cut: string | null;
  /** Of the headline. */
  readonly signature: Signature | null;
  /** Best first, never overlapping, together within the budget. */
  readonly excerpts: readonly Excerpt[];
  /** The largest families of lines that say something and are not quoted. */
  readonly omitted: readonly Unquoted[];
  /** Families and lines that say something and are not quoted, all of them. */
  readonly omittedFamilies: number;
  readonly omittedLines: number;
  /** What the excerpts take: bytes / 4, rounded up. */
  readonly tokens: number;
}

export interface SummaryOptions {
  /** Tokens (bytes / 4) the excerpts may take together. */
  readonly budget: number;
  /** Only these lines are read; the whole log by default. */
  readonly range?: { readonly from: number; readonly to: number };
  /** True when only a part of the log was read. That it stops in the middle of a line is seen without it. */
  readonly isCut?: boolean;
  /** What passing runs say too. */
  readonly baseline?: Baseline;
  /** False for nothing but blocks around lines that say something; the ends of failed commands too by default. */
  readonly withEnds?: boolean;
  /** At most so many excerpts; as many as the budget holds by default. */
  readonly most?: number;
}

const BYTES_PER_TOKEN = 4;
const LINE_BYTES = 4_096;
const LEDGER_ENTRIES = 5;
const FAMILY_CHARS = 160;
/** A headline says at least this much, or the last words of the failed command say more. */
const SAYS_ENOUGH = 7;
const LAST_WORDS = 20;
/** Lines that stand this close say the same thing in a row; the first of them is the headline. */
const ROW_GAP = 8;
const ROW_LINES = 60;
const SAYS_AS_MUCH = 1;
const MARKER = /^(?:travis_|##\[endgroup\]|\W*$)/;

/** The summary of a failed log that is in memory. Linear in the size of the log; deterministic. */
export function summarizeLog(lines: Lines, options: SummaryOptions): LogSummary {
  return summarizeScan(scanLines(lines, options.range), options);
}

/** The summary of what a scan found. */
export function summarizeScan(
  scan: Scan,
  { budget, isCut = false, baseline, withEnds = true, most = Infinity }: SummaryOptions,
): LogSummary {
  const { lines } = scan;
  const bytes = budget * BYTES_PER_TOKEN;
  const isShown = ({ line }: Hit): boolean => isQuotable(lines, line) && lines.length(line) < bytes;
  const cut = isCut ? 'only a part of it was read' : whyUnfinished(scan);
  const ranked = rank(scan, baseline ?? null, cut !== null).filter(isShown);
  const headline = pickHeadline(scan, ranked, isShown, cut !== null);
  const excerpts = choose(scan, ranked, headline, { budget: bytes, withEnds, isCut: cut !== null }).slice(0, most);
  const size = excerpts.reduce((sum, { start, end }) => sum + sizeOf(lines, start, end), 0);
  const text = headline && safeLine(lines, headline.line);
  return {
    linesTotal: lines.count,
    cut,
    headline: headline && { line: headline.line, text: text ?? '', why: headline.why },
    signature: text === null ? null : signatureOf(text),
    excerpts,
    ...ledger(scan, withEnds ? ranked : ranked.filter(({ own }) => own >= WORTH_A_BLOCK), excerpts),
    tokens: Math.ceil(size / BYTES_PER_TOKEN),
  };
}

/** A log that stops in the middle of a line goes on elsewhere, but behind the runner's word that the command failed. */
const whyUnfinished = ({ lines, range, exits }: Scan): string | null =>
  lines.stopsMidLine && range.to === lines.count && exits.at(-1) !== range.to
    ? 'it stops in the middle of a line'
    : null;

/** What says most, details before totals; the last words of the failed command where nothing says enough. */
function pickHeadline(
  scan: Scan,
  ranked: readonly Ranked[],
  isShown: (hit: Hit) => boolean,
  isCut: boolean,
): Ranked | null {
  const best = ranked.find(({ sumsUp }) => !sumsUp) ?? ranked[0] ?? null;
  const hasEnd = scan.exits.length > 0;
  if (best === null ? hasEnd || !isCut : hasEnd && best.score < SAYS_ENOUGH) {
    const words = vagueWords(scan, ranked) ?? lastWords(scan, ranked, isShown);
    if (words) return words;
  }
  return best && firstInRow(scan, best, ranked);
}

/** Of lines in a row that say as much, the first: what follows it follows from it. */
function firstInRow({ lines }: Scan, best: Ranked, ranked: readonly Ranked[]): Ranked {
  if (best.sumsUp) return best;
  const above = new Map(ranked.filter(({ line }) => line < best.line).map((hit) => [hit.line, hit]));
  const textOf = (line: number): string => withoutPrefix(cleanText(lines.text(line, LINE_BYTES)));
  const words = textOf(best.line);
  let first = best;
  let gap = 0;
  for (let line = best.line - 1; line >= best.line - ROW_LINES && gap < ROW_GAP && lines.has(line); line -= 1) {
    const hit = above.get(line);
    const text = textOf(line);
    if (hit) gap = 0;
    // What is indented belongs to the message above it, however long it is: a stack, the source.
    else if (!/^\s+\S/.test(text)) gap += 1;
    // The same words before are those of an attempt that was repeated: the last one failed.
    if (hit && !hit.sumsUp && hit.own >= best.own - SAYS_AS_MUCH && text !== words) first = hit;
  }
  return first;
}

/** What says most among the last lines of the failed command, however little. */
function vagueWords({ exits, range }: Scan, ranked: readonly Ranked[]): Ranked | null {
  const exit = exits.at(-1) ?? range.to + 1;
  return ranked.find(({ line, sumsUp }) => !sumsUp && line < exit && line >= exit - LAST_WORDS) ?? null;
}

/** The last line of the failed command that can be shown, as a hit: one that neither sums up nor passes on, if there is one. */
function lastWords(
  { lines, exits, range }: Scan,
  ranked: readonly Ranked[],
  isShown: (hit: Hit) => boolean,
): Ranked | null {
  const ranks = new Set(ranked.map(({ line }) => line));
  const exit = exits.at(-1) ?? range.to + 1;
  let passing: Ranked | null = null;
  for (let line = exit - 1; line >= Math.max(range.from, exit - LAST_WORDS) && lines.has(line); line -= 1) {
    const text = withoutPrefix(cleanText(lines.text(line, LINE_BYTES))).trim();
    if (MARKER.test(text)) continue;
    const family: Family = { shape: -1, count: 1, first: line, last: line };
    const words = { line, family, own: 0, score: 0, why: 'the last words of the failed command', sumsUp: false };
    if (!isShown(words)) continue;
    if (!ranks.has(line) && !speaksAgainst(text)) return words;
    passing ??= words;
  }
  return passing;
}

function sizeOf(lines: LogLines, start: number, end: number): number {
  let size = 0;
  for (let line = start; line <= end; line += 1) size += lines.length(line) + 1;
  return size;
}

/** What is not quoted, by family: the largest first. */
function ledger(
  { lines }: Scan,
  ranked: readonly Ranked[],
  excerpts: readonly Excerpt[],
): Pick<LogSummary, 'omitted' | 'omittedFamilies' | 'omittedLines'> {
  const quoted = new Set(excerpts.flatMap(({ says }) => says));
  const families = new Map<Family, number>();
  for (const { family, line } of ranked) {
    const left = families.get(family) ?? family.count;
    families.set(family, quoted.has(line) ? left - 1 : left);
  }
  const open = [...families].filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  const textOf = ({ first, last }: Family): string => {
    const line = [first, last].find((one) => lines.has(one));
    return line === undefined ? '' : mask(withoutPrefix(safeLines(lines, line, line).join(''))).slice(0, FAMILY_CHARS);
  };
  return {
    omitted: open.slice(0, LEDGER_ENTRIES).map(([family, count]) => ({
      family: textOf(family),
      count,
      first: family.first,
      last: family.last,
    })),
    omittedFamilies: open.length,
    omittedLines: open.reduce((sum, [, count]) => sum + count, 0),
  };
}
