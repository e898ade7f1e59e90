// The summary of a log as JSON and as text.
import type { Redaction } from '../ci/redact/redact.ts';
import { cleanText, clip, safeText } from '../ci/text.ts';
import { classOf } from '../logs/classes.ts';
import type { Comparison, LineRange } from '../logs/compare.ts';
import type { LogLines } from '../logs/lines.ts';
import { redactLines, safeLines } from '../logs/safe-lines.ts';
import type { LogSummary } from '../logs/summarize.ts';
import type { ComparisonDocument, LogDocument } from './log-schema.ts';
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
  readonly beside: Beside | null;
  /** Sources of other logs that fail in the same or almost the same way, those in the same way first. */
  readonly similar: readonly string[];
}

/** A log beside passing ones. */
export interface Beside {
  readonly comparison: Comparison;
  /** The first passing log, whose lines the comparison names. */
  readonly passing: LogLines;
}

const MAX_RANGES = 20;
const HEADLINE_CHARS = 1_000;
const SHOWN_LINE = 500;
const RANGES_AS_TEXT = 5;

/** The JSON object of one log. */
export function logDocument({ source, bytes, truncated, lines, summary, beside, similar }: SummarizedLog): LogDocument {
  const { excerpts, omitted, omittedFamilies, omittedLines, tokens, linesTotal, headline, signature } = summary;
  const quoted = excerpts.map((excerpt) => ({ ...excerpt, ...quote(lines, excerpt) }));
  return {
    source,
    lines_total: linesTotal,
    bytes,
    truncated: truncated ?? summary.cut,
    headline: headline && { ...headline, text: headline.text.slice(0, HEADLINE_CHARS) },
    signature: signature?.key ?? null,
    similar: [...similar],
    excerpts: quoted.map(({ start, end, why, text }) => ({ start, end, text, why })),
    omitted: [...omitted],
    omitted_total: { families: omittedFamilies, lines: omittedLines },
    class: classesOf(lines, summary).map(({ name, line }) => ({ name, line })),
    redactions: quoted.flatMap(({ redactions }) => redactions),
    tokens,
    ...(beside ? { comparison: comparisonDocument(lines, beside) } : {}),
  };
}

/** The summary for a terminal; everything from the log is cleaned and without secrets. */
export function logText(log: SummarizedLog, paint: Paint): string {
  const { source, bytes, truncated, lines, summary, beside, similar } = log;
  const { excerpts, omitted, omittedFamilies, omittedLines, linesTotal, tokens, headline } = summary;
  const out = [`${paint.bold(safeText(source))}  ${linesTotal} lines, ${bytes} bytes`];
  const cut = truncated ?? summary.cut;
  if (cut !== null) out.push(`  not the whole log: ${cut}`);
  if (headline) {
    const classes = classesOf(lines, summary).map(({ name }) => name);
    out.push('', `  ${paint.bold(headline.text.slice(0, SHOWN_LINE))}`);
    out.push(`  line ${headline.line} · ${[headline.why, ...classes].join(' · ')}`);
  } else out.push('', '  it says nothing');
  if (similar.length > 0) out.push(`  fails like ${similar.map(safeText).join(', ')}`);
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
  if (beside) out.push('', ...comparisonText(lines, beside, paint));
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

/** The first line of a range, as it may be shown; empty where it is not at hand. */
const firstOf = (lines: LogLines, line: number): string =>
  lines.has(line) ? clip(safeLines(lines, line, line).join(''), SHOWN_LINE) : '';

type ShownRange = LineRange & { readonly text: string };

const shownRanges = (lines: LogLines, ranges: readonly LineRange[], most: number): ShownRange[] =>
  ranges.slice(0, most).map(({ from, to }) => ({ from, to, text: firstOf(lines, from) }));

/** The comparison as JSON has it: also for those who compare logs without summing them up. */
export function comparisonDocument(lines: LogLines, { comparison, passing }: Beside): ComparisonDocument {
  const { added, gone, moved, neverReached } = comparison;
  return {
    added: { lines: linesIn(added), ranges: shownRanges(lines, added, MAX_RANGES) },
    gone: { lines: linesIn(gone), ranges: shownRanges(passing, gone, MAX_RANGES) },
    moved: {
      lines: moved.length,
      first: moved.slice(0, MAX_RANGES).map(({ line, was }) => ({ line, was, text: firstOf(lines, line) })),
    },
    never_reached: neverReached && { ...neverReached, text: firstOf(passing, neverReached.from) },
  };
}

function comparisonText(lines: LogLines, beside: Beside, paint: Paint): string[] {
  const { added, gone, moved, never_reached: never } = comparisonDocument(lines, beside);
  const rows = (ranges: readonly ShownRange[]): string[] =>
    ranges.slice(0, RANGES_AS_TEXT).map(({ from, to, text }) => {
      const place = from === to ? `line ${from}` : `lines ${from} to ${to}`;
      return `      ${paint.dim(`${place}:`)} ${text}`;
    });
  const more = (all: readonly unknown[]): string[] =>
    all.length > RANGES_AS_TEXT ? [paint.dim(`      and at ${all.length - RANGES_AS_TEXT} more places`)] : [];
  const { comparison } = beside;
  return [
    '  beside the passing logs:',
    `    ${plural(added.lines, 'line')} only here`,
    ...rows(added.ranges),
    ...more(comparison.added),
    `    ${plural(gone.lines, 'line')} of theirs not here`,
    ...rows(gone.ranges),
    ...more(comparison.gone),
    ...(moved.lines > 0 ? [`    ${plural(moved.lines, 'line')} in another order`] : []),
    ...moved.first
      .slice(0, RANGES_AS_TEXT)
      .map(({ line, was, text }) => `      ${paint.dim(`line ${line}, theirs ${was}:`)} ${text}`),
    ...more(comparison.moved),
    ...(never ? [`    never reached, due between lines ${never.after} and ${never.before}:`, ...rows([never])] : []),
  ];
}
