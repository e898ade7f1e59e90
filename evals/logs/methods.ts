// Ways to cut a log down to a budget: ours, and the baselines it is measured beside.
import type { Lines } from '../../src/logs/lines.ts';
import { cleanText } from '../../src/ci/text.ts';
import { Baseline } from '../../src/logs/baseline.ts';
import { compareLogs } from '../../src/logs/compare.ts';
import { mask } from '../../src/logs/shape.ts';
import { summarizeLog, type SummaryOptions } from '../../src/logs/summarize.ts';
import type { LabelledLog } from './data.ts';

/** The lines kept, and the one line picked where the method picks one. */
export interface Kept {
  readonly lines: ReadonlySet<number>;
  readonly headline: number | null;
  readonly bytes: number;
}

export interface Method {
  readonly name: string;
  readonly keep: (log: LabelledLog, tokens: number) => Kept;
}

const BYTES_PER_TOKEN = 4;
/** LogDx's keywords and window (`science.md` 1.1). */
const GREP = /error|failed|failure|traceback|exception|assert|panic|exit code|##\[error\]/i;
const HYBRID_CHARS = 120_000;
/** The default of Prow's build log lens. */
const SPYGLASS = /timed out|ERROR:|(?:FAIL|Failure \[)\b|panic\b|^E\d{4} \d\d:\d\d:\d\d\.\d\d\d]/;

export const OURS: Method = { name: 'whyred', keep: ({ lines }, tokens) => keptBy(lines, { budget: tokens }) };

export const METHODS: readonly Method[] = [
  OURS,
  { name: 'tail', keep: (log, tokens) => lastOf(log.lines, allLines(log.lines), tokens) },
  { name: 'grep -3/+8', keep: (log, tokens) => lastOf(log.lines, windows(log.lines, GREP, 3, 8), tokens) },
  { name: 'hybrid', keep: keepHybrid },
  { name: 'Spyglass', keep: (log, tokens) => lastOf(log.lines, windows(log.lines, SPYGLASS, 5, 5), tokens) },
];

/** The summary with the passing log at hand. */
export function keepNovel({ lines, passing }: LabelledLog, tokens: number): Kept {
  const baseline = new Baseline();
  if (passing) baseline.add(passing);
  return keptBy(lines, { budget: tokens, baseline });
}

/** All that the comparison with the passing log calls added. */
export function keepAdded({ lines, passing }: LabelledLog): Kept {
  const { added } = compareLogs(lines, passing ? [passing] : []);
  const kept = new Set(added.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)));
  return { lines: kept, headline: null, bytes: sizeOf(lines, kept) };
}

/** The baseline of `science.md` 1.3: every line whose masked form the passing log does not have. */
export function keepUnseen({ lines, passing }: LabelledLog): Kept {
  const seen = new Set(passing ? allLines(passing).map((line) => mask(cleanText(passing.text(line)))) : []);
  const kept = new Set(allLines(lines).filter((line) => !seen.has(mask(cleanText(lines.text(line))))));
  return { lines: kept, headline: null, bytes: sizeOf(lines, kept) };
}

function keptBy(lines: Lines, options: SummaryOptions): Kept {
  const { excerpts, headline } = summarizeLog(lines, options);
  const kept = new Set<number>();
  for (const { start, end } of excerpts) for (let line = start; line <= end; line += 1) kept.add(line);
  return { lines: kept, headline: headline?.line ?? null, bytes: sizeOf(lines, kept) };
}

/** All of grep where that is at most 120,000 characters, else the tail; then cut to the budget like the others. */
function keepHybrid({ lines }: LabelledLog, tokens: number): Kept {
  const found = windows(lines, GREP, 3, 8);
  return lastOf(lines, sizeOf(lines, found) <= HYBRID_CHARS ? found : allLines(lines), tokens);
}

const allLines = ({ count }: Lines): number[] => Array.from({ length: count }, (_, i) => i + 1);

function windows(lines: Lines, pattern: RegExp, before: number, after: number): Set<number> {
  const kept = new Set<number>();
  for (let line = 1; line <= lines.count; line += 1)
    if (pattern.test(lines.text(line)))
      for (let n = Math.max(1, line - before); n <= Math.min(lines.count, line + after); n += 1) kept.add(n);
  return kept;
}

/** The last of these lines that fit the budget: what stands at the end says more than what stands at the start. */
function lastOf(lines: Lines, found: Iterable<number>, tokens: number): Kept {
  const kept = new Set<number>();
  let left = tokens * BYTES_PER_TOKEN;
  for (const line of [...found].sort((a, b) => b - a)) {
    left -= lines.length(line) + 1;
    if (left < 0) break;
    kept.add(line);
  }
  return { lines: kept, headline: null, bytes: sizeOf(lines, kept) };
}

const sizeOf = (lines: Lines, kept: Iterable<number>): number =>
  [...kept].reduce((sum, line) => sum + lines.length(line) + 1, 0);
