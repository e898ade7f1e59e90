// Lines of a log as they may be shown and searched: cleaned and without secrets, each still its own line.
import { cleanText } from '../ci/text.ts';
import { redactPart } from '../ci/redact/redact.ts';
import type { Lines } from './lines.ts';

/** Of a longer line the beginning is read. */
export const LINE_BYTES = 16_384;
/** A private key may have begun so many lines above, a name stand on the line before its value. */
const LINES_BEFORE = 400;
const LINES_AFTER = 2;

/** Lines `from` to `to`, both included, as many texts. Secrets are told by the lines around these too. */
export function safeLines(lines: Lines, from: number, to: number): string[] {
  if (to < from) return [];
  const before = textOf(lines, Math.max(1, from - LINES_BEFORE), from - 1);
  const asked = textOf(lines, from, to).slice(0, -1);
  const after = textOf(lines, to + 1, Math.min(lines.count, to + LINES_AFTER));
  const { text } = redactPart(`${before}${asked}\n${after}`, before.length, before.length + asked.length);
  return cleanText(text).split('\n');
}

/** The lines, each with its `\n`. */
function textOf(lines: Lines, from: number, to: number): string {
  let text = '';
  for (let line = from; line <= to; line += 1) text += `${lines.text(line, LINE_BYTES)}\n`;
  return text;
}
