// Which signatures may be similar, without comparing each with each: those that share a band (MinHash, in bands of two).
import type { Signature } from './signature.ts';

const BANDS = 8;
const ROWS = 2;
/** Odd multipliers and offsets from a fixed generator: another choice gives other bands, which are kept in stores. */
const HASHES = hashes(BANDS * ROWS);

/**
 * The bands of a signature: whole numbers below 2^50. Two patterns of whose words the share J is common to both share a
 * given band with a chance of J²: of similar ones (a word in ten differs) nine in ten share one of the eight.
 */
export function bandsOf({ pattern }: Signature): number[] {
  const words = new Set(pattern.split(/[^a-z0-9]+/).filter((word) => word !== ''));
  const least = new Uint32Array(HASHES.length).fill(0xffffffff);
  for (const word of words) {
    const hash = hashOf(word);
    for (const [i, { times, plus }] of HASHES.entries()) {
      const value = mixed((Math.imul(hash, times) + plus) >>> 0);
      if (value < (least[i] ?? 0)) least[i] = value;
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    const [a = 0, b = 0] = least.subarray(band * ROWS);
    // Eight bits for the band, 21 of each minimum.
    return band * 2 ** 42 + (a >>> 11) * 2 ** 21 + (b >>> 11);
  });
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Every bit of the outcome depends on every bit of `value` (the end of MurmurHash3). */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function hashes(count: number): { times: number; plus: number }[] {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return Array.from({ length: count }, () => ({ times: next() | 1, plus: next() }));
}
