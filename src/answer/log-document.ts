// The summary of a log as JSON and as text.
import { cleanText } from '../ci/text.ts';
import { classOf } from '../logs/classes.ts';
import type { Comparison, LineRange } from '../logs/compare.ts';
import type { LogLines } from '../logs/lines.ts';
import { signatureOf } from '../logs/signature.ts';
import type { LogSummary } from '../logs/summarize.ts';
import type { Paint } from './paint.ts';

/** A log that was read, and what was made of it. */
export interface SummarizedLog {
  /** The path or URL as it was given. */
  readonly source: string;
  readonly bytes: number;
  /** Why what was read is not the whole log; null when it is. */
  readonly truncated: string | null;
  readonly lines: LogLines;
  readonly summary: LogSummary;
  /** Null without passing logs, or when they or the log are too large to be held side by side. */
  readonly comparison: Comparison | null;
}

const MAX_RANGES = 20;
const HEADLINE_CHARS = 1_000;
const SHOWN_LINE = 500;

/** The JSON object of one log; `docs` of the fields are in the README. */
export function logDocument({ source, bytes, truncated, lines, summary, comparison }: SummarizedLog): object {
  const { headline, excerpts, omitted, omittedFamilies, omittedLines, tokens, linesTotal } = summary;
  return {
    source,
    lines_total: linesTotal,
    bytes,
    truncated,
    headline: headline && { line: headline.line, text: headline.text.slice(0, HEADLINE_CHARS), why: headline.why },
    signature: headline && signatureOf(headline.text).key,
    excerpts: excerpts.map(({ start, end, why }) => ({ start, end, text: textOf(lines, start, end), why })),
    omitted,
    omitted_total: { families: omittedFamilies, lines: omittedLines },
    class: classesOf(lines, summary).map(({ name, line }) => ({ name, line })),
    tokens,
    ...(comparison ? { comparison: comparisonDocument(comparison) } : {}),
  };
}

/** The summary for a terminal; everything from the log is cleaned. */
export function logText(log: SummarizedLog, paint: Paint): string {
  const { source, bytes, truncated, lines, summary, comparison } = log;
  const { headline, excerpts, omitted, omittedFamilies, omittedLines, linesTotal, tokens } = summary;
  const out = [`${paint.bold(cleanText(source))}  ${linesTotal} lines, ${bytes} bytes`];
  if (truncated !== null) out.push(`  not the whole log: ${truncated}`);
  if (headline) {
    const classes = classesOf(lines, summary).map(({ name }) => name);
    out.push('', `  ${paint.bold(headline.text.slice(0, SHOWN_LINE))}`);
    out.push(`  line ${headline.line} · ${[headline.why, ...classes].join(' · ')}`);
  } else out.push('', '  it says nothing');
  const width = String(linesTotal).length;
  for (const { start, end, why } of excerpts) {
    out.push('', paint.dim(`  lines ${start} to ${end}: ${why}`));
    for (let line = start; line <= end; line += 1)
      out.push(`  ${String(line).padStart(width)} │ ${cleanText(lines.text(line)).slice(0, SHOWN_LINE)}`);
  }
  if (omittedLines > 0)
    out.push('', `  not shown: ${omittedLines} lines of ${omittedFamilies} kinds that say something too`);
  for (const { family, count, first, last } of omitted)
    out.push(paint.dim(`    ${count} × ${family}  (lines ${first} to ${last})`));
  if (comparison) out.push('', ...comparisonText(comparison));
  return `${out.join('\n')}\n\n  ${tokens} tokens quoted; text of the log is untrusted\n`;
}

const textOf = (lines: LogLines, start: number, end: number): string =>
  Array.from({ length: end - start + 1 }, (_, i) => lines.raw(start + i).toString()).join('\n');

/** The classes of the lines that say something, best excerpt first, each once. */
function classesOf(lines: LogLines, { excerpts, headline }: LogSummary): { name: string; line: number }[] {
  const found = new Map<string, number>();
  for (const line of [...(headline ? [headline.line] : []), ...excerpts.flatMap(({ says }) => says)]) {
    const name = classOf(cleanText(lines.text(line)))?.name;
    if (name !== undefined && !found.has(name)) found.set(name, line);
  }
  return Array.from(found, ([name, line]) => ({ name, line }));
}

const linesIn = (ranges: readonly LineRange[]): number => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);

const comparisonDocument = ({ added, gone, moved, neverReached }: Comparison): object => ({
  added: { lines: linesIn(added), ranges: added.slice(0, MAX_RANGES) },
  gone: { lines: linesIn(gone), ranges: gone.slice(0, MAX_RANGES) },
  moved: { lines: moved.length, first: moved.slice(0, MAX_RANGES) },
  never_reached: neverReached,
});

function comparisonText({ added, gone, moved, neverReached }: Comparison): string[] {
  const shown = (ranges: readonly LineRange[]): string =>
    ranges
      .slice(0, 5)
      .map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
      .join(', ') + (ranges.length > 5 ? ', …' : '');
  const out = ['  beside the passing logs:'];
  out.push(`    ${linesIn(added)} lines only here${added.length > 0 ? `: ${shown(added)}` : ''}`);
  out.push(`    ${linesIn(gone)} lines of theirs are not here, ${moved.length} stand elsewhere`);
  if (neverReached)
    out.push(
      `    never reached: lines ${neverReached.from} to ${neverReached.to} of the passing log, due after line ${neverReached.after}`,
    );
  return out;
}
