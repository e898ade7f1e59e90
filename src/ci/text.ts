// Untrusted text as people are shown it: cleaned, without secrets, on one line, cut to a length.
import { cleanText } from './clean.ts';
import { redactText } from './redact/redact.ts';

export { clean, cleanText, type Cleaned } from './clean.ts';

/** Cleaned and without secrets. */
export const safeText = (raw: string): string => redactText(cleanText(raw));

/** Cleaned, without secrets, on one line, at most `max` characters with the cut marked in the middle. */
export function oneLine(raw: string, max = 200): string {
  // What is cut must not hide a part of a secret from the rules: they see the whole first.
  const text = safeText(raw).replace(/\s+/g, ' ').trim();
  return clip(text, max);
}

/** Where a structured log line (`{"component":…,"msg":"…"}`) says what it is about. */
const SAID = /"(?:msg|message)":"/;

/**
 * At most `max` characters, the middle left out: both ends of an error line carry meaning. Of a structured line too
 * long to show, what stands before its message is left out first.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const said = text.startsWith('{') ? text.search(SAID) : -1;
  if (said > 1) return `…${clip(text.slice(said), max - 1)}`;
  const head = Math.ceil((max - 1) * 0.6);
  const cut = `${text.slice(0, head)}…${text.slice(text.length - (max - 1 - head))}`;
  return cut.isWellFormed() ? cut : cut.toWellFormed();
}
