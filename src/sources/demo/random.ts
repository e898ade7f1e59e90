// The demo world's only source of chance: the same key always gives the same numbers.

/** 32-bit hash of a key (FNV-1a with a final avalanche), to start a generator or to draw one number from a name. */
export function hash(...key: readonly (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const char of key.join('\u0000')) h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const HEX = '0123456789abcdef';
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A stream of numbers (mulberry32) that belongs to one key. */
export class Random {
  #state: number;

  constructor(...key: readonly (string | number)[]) {
    this.#state = hash(...key);
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  hex(length: number): string {
    return this.#text(HEX, length);
  }

  /** Lower-case letters and digits as Kubernetes puts them behind generated names. */
  suffix(length: number): string {
    return this.#text(LETTERS, length);
  }

  #text(alphabet: string, length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet.charAt(this.int(0, alphabet.length - 1));
    return text;
  }

  /** The items in another order. */
  shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, order: this.next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  }
}
