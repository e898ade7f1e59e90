// The signature of a failure: the same in every run, job and on every day that fails in the same way.
import { createHash } from 'node:crypto';
import { mask } from './shape.ts';

export interface Signature {
  /** `v1:` and 128 bits of the pattern's hash. Another version of the mask gives other keys. */
  readonly key: string;
  /** The masked kernel of the failure: readable, and what similar signatures are compared by. */
  readonly pattern: string;
}

const VERSION = 'v1';
const KEY_HEX = 32;
const MAX_PATTERN = 300;
const GRAM = 4;
const BUCKETS = 64;
/** Patterns are similar when at most this share of them must be changed to make one the other. */
const SIMILAR = 0.15;

/** The signature of a failure whose kernel is `text`: the headline of its log, or the message of its test. */
export function signatureOf(text: string): Signature {
  const pattern = mask(text).slice(0, MAX_PATTERN).toLowerCase();
  return { key: `${VERSION}:${createHash('sha256').update(pattern).digest('hex').slice(0, KEY_HEX)}`, pattern };
}

/** True for failures that read almost alike. Costs one pass in most cases: few pairs share enough to be measured. */
export function isSimilar(a: Signature, b: Signature): boolean {
  if (a.key === b.key) return true;
  const limit = Math.floor(SIMILAR * Math.max(a.pattern.length, b.pattern.length));
  if (Math.abs(a.pattern.length - b.pattern.length) > limit) return false;
  return gramDistance(a.pattern, b.pattern) <= 2 * GRAM * limit && editsWithin(a.pattern, b.pattern, limit);
}

/** Those of `among` that fail in the same or almost the same way as `one`, the same way first. */
export function findSimilar<T extends { readonly signature: Signature | null }>(
  one: Signature | null,
  among: readonly T[],
): T[] {
  if (!one) return [];
  const similar = among.filter(({ signature }) => signature !== null && isSimilar(one, signature));
  return similar.sort((a, b) => Number(b.signature?.key === one.key) - Number(a.signature?.key === one.key));
}

/** How much the counts of four-letter pieces differ: one edit changes at most four of them on each side. */
function gramDistance(a: string, b: string): number {
  const counts = new Int32Array(BUCKETS);
  const count = (text: string, by: number): void => {
    for (let i = 0; i + GRAM <= text.length; i += 1) {
      let hash = 0;
      for (let j = i; j < i + GRAM; j += 1) hash = (hash * 31 + text.charCodeAt(j)) | 0;
      const bucket = (hash >>> 0) % BUCKETS;
      counts[bucket] = (counts[bucket] ?? 0) + by;
    }
  };
  count(a, 1);
  count(b, -1);
  return counts.reduce((sum, value) => sum + Math.abs(value), 0);
}

/** True when at most `limit` edits make `a` into `b`: only the band of the table that could is filled. */
function editsWithin(a: string, b: string, limit: number): boolean {
  const far = limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, far));
  for (let i = 1; i <= a.length; i += 1) {
    const next = new Array<number>(b.length + 1).fill(far);
    if (i <= limit) next[0] = i;
    let least = next[0] ?? far;
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j += 1) {
      const swap = (row[j - 1] ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const value = Math.min(swap, (row[j] ?? far) + 1, (next[j - 1] ?? far) + 1, far);
      next[j] = value;
      least = Math.min(least, value);
    }
    if (least > limit) return false;
    row = next;
  }
  return (row[b.length] ?? far) <= limit;
}
