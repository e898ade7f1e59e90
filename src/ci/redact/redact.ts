// Takes the secrets out of text before anyone is shown it: `[redacted: <rule>]` stands in their place.
import { hasControls, withOffsets } from '../clean.ts';
import { findIn } from './find.ts';
import type { Span } from './rule.ts';

/** A secret that was taken out: by which rule, and on which line of the text, from 1. */
export interface Redaction {
  readonly rule: string;
  readonly line: number;
}

export interface Redacted {
  readonly text: string;
  readonly redactions: readonly Redaction[];
}

/** What stands in the place of a secret. */
export const markOf = (rule: string): string => `[redacted: ${rule}]`;

/**
 * The secrets of a text, in order, none over another or over the end of a line. Control and invisible characters
 * inside a secret do not hide it. Linear in the size of the text.
 */
export function findSecrets(text: string): Span[] {
  if (!hasControls(text)) return findIn(text);
  const { text: cleaned, offsets } = withOffsets(text);
  return findIn(cleaned).map(({ start, end, rule }) => ({
    start: offsets[start] ?? 0,
    end: (offsets[end - 1] ?? 0) + 1,
    rule,
  }));
}

/** The text without its secrets: as many lines, idempotent, the same text where there are none. */
export function redact(text: string): Redacted {
  return replace(text, 0, text.length, findSecrets(text));
}

/** {@link redact} for those who need the text alone. */
export const redactText = (text: string): string => redact(text).text;

/**
 * The part of a text from `start` up to `end` without its secrets, told by what stands around it too: a secret that
 * begins before the part or goes on behind it is not shown in part.
 */
export const redactPart = (text: string, start: number, end: number): Redacted =>
  replace(text, start, end, findSecrets(text));

function replace(text: string, from: number, to: number, spans: readonly Span[]): Redacted {
  const redactions: Redaction[] = [];
  let out = '';
  let at = from;
  let line = 1;
  let newline = text.indexOf('\n', from);
  for (const span of spans) {
    const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
    if (start >= end) continue;
    for (; newline >= 0 && newline < start; newline = text.indexOf('\n', newline + 1)) line += 1;
    redactions.push({ rule: span.rule, line });
    out += text.slice(at, start) + markOf(span.rule);
    at = end;
  }
  return { text: out + text.slice(at, to), redactions };
}

/** A value as JSON has it, with {@link redactText} done to every text in it, keys included. */
export function redactDeep<T>(value: T): T {
  return deep(value) as T;
}

function deep(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redactText(key), deep(inner)]));
}
