// The summary of a log as JSON and as text.
import type { Redaction } from '../ci/redact/redact.ts';
import { cleanText, safeText } from '../ci/text.ts';
import { classOf } from '../logs/classes.ts';
import type { Comparison, LineRange } from '../logs/compare.ts';
import type { LogLines } from '../logs/lines.ts';
import { redactLines, safeLines } from '../logs/safe-lines.ts';
import { bestPart } from '../logs/score.ts';
import { signatureOf } from '../logs/signature.ts';
import type { LogSummary } from '../logs/summarize.ts';
import type { Paint } from './paint.ts';
import { plural } from './words.ts';

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
  const { excerpts, omitted, omittedFamilies, omittedLines, tokens, linesTotal } = summary;
  const headline = headlineOf(lines, summary);
  const quoted = excerpts.map((excerpt) => ({ ...excerpt, ...quote(lines, excerpt) }));
  return {
    source,
    lines_total: linesTotal,
    bytes,
    truncated,
    headline: headline && { ...headline, text: headline.text.slice(0, HEADLINE_CHARS) },
    signature: headline && signatureOf(headline.text).key,
    excerpts: quoted.map(({ start, end, why, text }) => ({ start, end, text, why })),
    omitted,
    omitted_total: { families: omittedFamilies, lines: omittedLines },
    class: classesOf(lines, summary).map(({ name, line }) => ({ name, line })),
    redactions: quoted.flatMap(({ redactions }) => redactions),
    tokens,
    ...(comparison ? { comparison: comparisonDocument(comparison) } : {}),
  };
}

/** The summary for a terminal; everything from the log is cleaned and without secrets. */
export function logText(log: SummarizedLog, paint: Paint): string {
  const { source, bytes, truncated, lines, summary, comparison } = log;
  const { excerpts, omitted, omittedFamilies, omittedLines, linesTotal, tokens } = summary;
  const headline = headlineOf(lines, summary);
  const out = [`${paint.bold(safeText(source))}  ${linesTotal} lines, ${bytes} bytes`];
  if (truncated !== null) out.push(`  not the whole log: ${truncated}`);
  if (headline) {
    const classes = classesOf(lines, summary).map(({ name }) => name);
    out.push('', `  ${paint.bold(headline.text.slice(0, SHOWN_LINE))}`);
    out.push(`  line ${headline.line} · ${[headline.why, ...classes].join(' · ')}`);
  } else out.push('', '  it says nothing');
  const width = String(linesTotal).length;
  for (const { start, end, why } of excerpts) {
    out.push('', paint.dim(`  lines ${start} to ${end}: ${why}`));
    safeLines(lines, start, end).forEach((text, i) => {
      out.push(`  ${String(start + i).padStart(width)} │ ${text.slice(0, SHOWN_LINE)}`);
    });
    const secrets = quote(lines, { start, end }).redactions.length;
    if (secrets > 0) out.push(paint.dim(`  ${plural(secrets, 'secret')} not shown`));
  }
  if (omittedLines > 0)
    out.push('', `  not shown: ${omittedLines} lines of ${omittedFamilies} kinds that say something too`);
  for (const { family, count, first, last } of omitted)
    out.push(paint.dim(`    ${count} × ${family}  (lines ${first} to ${last})`));
  if (comparison) out.push('', ...comparisonText(comparison));
  return `${out.join('\n')}\n\n  ${tokens} tokens quoted; text of the log is untrusted\n`;
}

/** The lines as they stand, but for secrets, and those with their lines of the log. */
function quote(
  lines: LogLines,
  { start, end }: { start: number; end: number },
): { text: string; redactions: Redaction[] } {
  const { text, redactions } = redactLines(lines, start, end);
  return { text, redactions: redactions.map(({ rule, line }) => ({ rule, line: start + line - 1 })) };
}

/** The headline without secrets, told by the lines around it. */
function headlineOf(lines: LogLines, { headline }: LogSummary): LogSummary['headline'] {
  if (!headline) return null;
  const { text, redactions } = redactLines(lines, headline.line, headline.line);
  return { ...headline, text: safeText(redactions.length > 0 ? bestPart(text).text.trim() : headline.text) };
}

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
