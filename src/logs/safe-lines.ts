// Lines of a log as they may be shown and searched: cleaned and without secrets, each still its own line.
import { cleanText } from '../ci/text.ts';
import { redactPart, type Redacted } from '../ci/redact/redact.ts';
import type { LogLines } from './lines.ts';
import { bestPart } from './score.ts';

/** Of a longer line the beginning is read. */
export const LINE_BYTES = 16_384;
/** A private key may have begun so many lines above, a name stand on the line before its value. */
const LINES_BEFORE = 400;
const LINES_AFTER = 2;

/** Lines `from` to `to`, both included, as many texts. Secrets are told by the lines around these too. */
export function safeLines(lines: LogLines, from: number, to: number): string[] {
  return to < from ? [] : cleanText(redactLines(lines, from, to).text).split('\n');
}

/** The part of a line that says most, cleaned and without its runner's prefix; its secrets are told by the lines around. */
export const safeLine = (lines: LogLines, line: number): string =>
  bestPart(redactLines(lines, line, line).text).text.trim();

/** Lines `from` to `to` as they stand but for their secrets, and which those were, by their lines of this part. */
export function redactLines(lines: LogLines, from: number, to: number): Redacted {
  if (to < from) return { text: '', redactions: [] };
  const before = textOf(lines, firstAtHand(lines, from), from - 1);
  const asked = textOf(lines, from, to).slice(0, -1);
  const after = textOf(lines, to + 1, Math.min(lines.count, to + LINES_AFTER));
  return redactPart(`${before}${asked}\n${after}`, before.length, before.length + asked.length);
}

/** The first of the lines above `from` that are read: of a long log not all are at hand. */
function firstAtHand(lines: LogLines, from: number): number {
  let first = from;
  while (first > 1 && from - first < LINES_BEFORE && lines.has(first - 1)) first -= 1;
  return first;
}

/** The lines that are at hand, each with its `\n`. */
function textOf(lines: LogLines, from: number, to: number): string {
  let text = '';
  for (let line = from; line <= to && lines.has(line); line += 1) text += `${lines.text(line, LINE_BYTES)}\n`;
  return text;
}
