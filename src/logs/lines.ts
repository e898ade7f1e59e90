// A log as bytes with its lines marked: decoded only where a line is looked at.

const NEWLINE = 10;
/** A private key has so many lines, but for the longest: what is quoted has them at hand above it. */
export const KEY_LINES = 100;

/**
 * The lines of a log that are at hand: all, or of a long log those that may be quoted. Lines are counted from 1 and
 * end at `\n` (a `\r` before it belongs to the line), as Spyglass counts them; text after the last `\n` is a line.
 */
export interface LogLines {
  readonly count: number;
  /** True when text stands after the last `\n`: the log was likely cut off there. */
  readonly stopsMidLine: boolean;
  /** True when line `number` is at hand. */
  has(number: number): boolean;
  /** The raw text of line `number` without its `\n`, at most `maxBytes` of it. */
  text(number: number, maxBytes?: number): string;
  /** The bytes of line `number` without its `\n`. */
  raw(number: number): Buffer;
  /** The length of line `number` in bytes. */
  length(number: number): number;
}

/** A log that is in memory as a whole. */
export class Lines implements LogLines {
  readonly bytes: Buffer;
  readonly count: number;
  /** Bytes of the longest line. */
  readonly longest: number;
  readonly #starts: Uint32Array;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    let starts = new Uint32Array(1024);
    let count = 0;
    let longest = 0;
    for (let at = 0; at < bytes.length;) {
      if (count + 1 >= starts.length) {
        const more = new Uint32Array(starts.length * 2);
        more.set(starts);
        starts = more;
      }
      starts[count] = at;
      count += 1;
      const end = bytes.indexOf(NEWLINE, at);
      longest = Math.max(longest, (end < 0 ? bytes.length : end) - at);
      at = end < 0 ? bytes.length : end + 1;
    }
    starts[count] = bytes.length + (bytes.at(-1) === NEWLINE || bytes.length === 0 ? 0 : 1);
    this.#starts = starts;
    this.count = count;
    this.longest = longest;
  }

  get stopsMidLine(): boolean {
    return this.bytes.length > 0 && this.bytes.at(-1) !== NEWLINE;
  }

  has(number: number): boolean {
    return Number.isInteger(number) && number >= 1 && number <= this.count;
  }

  text(number: number, maxBytes = 16_384): string {
    const { start, end } = this.#span(number);
    return this.bytes.toString('utf8', start, Math.min(end, start + maxBytes));
  }

  /** The bytes of lines `from` to `to` without the last `\n`. */
  raw(from: number, to = from): Buffer {
    return this.bytes.subarray(this.#span(from).start, this.#span(to).end);
  }

  /** The raw text from line `from` to line `to`, byte for byte, without the last `\n`. */
  quote(from: number, to: number): string {
    return this.raw(from, to).toString();
  }

  length(number: number): number {
    const { start, end } = this.#span(number);
    return end - start;
  }

  #span(number: number): { start: number; end: number } {
    if (!this.has(number)) throw new RangeError(`no line ${number}`);
    return { start: this.#starts[number - 1] ?? 0, end: (this.#starts[number] ?? 0) - 1 };
  }
}
