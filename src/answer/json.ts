// JSON for a terminal and for files alike: no secret in it; what could steer a terminal is escaped, and parses back.
import { redactDeep } from '../ci/redact/redact.ts';

const STEERING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/gu;

/** Two-space JSON without secrets, with control, invisible and direction-changing characters as `\\u` escapes, and a newline. */
export const jsonText = (value: unknown): string => safeJson(value, 2);

/** {@link jsonText} on one line. */
export const jsonLine = (value: unknown): string => safeJson(value, 0);

function safeJson(value: unknown, indent: number): string {
  // Beyond 16 bits JSON escapes each half.
  const escaped = (char: string): string =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return `${JSON.stringify(redactDeep(value), null, indent).replace(STEERING, escaped)}\n`;
}
