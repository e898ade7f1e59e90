// Everything a tool gives out: no secret, and no character that steers a terminal or hides from a reader.
import { safeText } from '../ci/text.ts';

/** The value with every string in it cleaned and without secrets. Keys are ours and stay. */
export function safeDeep<T>(value: T): T {
  return deep(value) as T;
}

function deep(value: unknown): unknown {
  if (typeof value === 'string') return safeText(value);
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner)]));
}
