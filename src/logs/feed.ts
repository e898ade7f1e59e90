// Cuts a stream of bytes into slabs of whole lines; of a line without end only its beginning is kept.

/** Whole lines, each with its `\n` (but for the last line of a log); `first` is the number of the first one. */
export interface Slab {
  readonly first: number;
  readonly count: number;
  readonly bytes: Buffer;
}

const NEWLINE = 10;
/** A line is given whole up to this length at least; of a longer one only the beginning may be. */
const MAX_LINE = 1024 * 1024;
const KEPT_OF_LONG = 8 * 1024;

/** Lines are counted from 1 and end at `\n`. Memory: one chunk and one line of at most 1 MiB. */
export class LineFeed {
  /** Bytes and lines given so far. */
  bytes = 0;
  lines = 0;
  /** Lines of which only the beginning was given. */
  cutLines = 0;
  readonly #onSlab: (slab: Slab) => void;
  readonly #scan: (bytes: Buffer, first: number) => number;
  #rest: Buffer = Buffer.alloc(0);
  #isSkipping = false;

  /** @param scan looks at whole lines that begin at a line number, and returns how many line ends it saw */
  constructor(scan: (bytes: Buffer, first: number) => number, keep: (slab: Slab) => void) {
    this.#scan = scan;
    this.#onSlab = keep;
  }

  feed(chunk: Buffer): void {
    this.bytes += chunk.length;
    let bytes = chunk;
    if (this.#isSkipping) {
      const end = chunk.indexOf(NEWLINE);
      if (end < 0) return;
      this.#isSkipping = false;
      bytes = chunk.subarray(end);
    }
    if (this.#rest.length > 0) {
      // Only the line that goes on is put together, not the whole chunk.
      const end = bytes.indexOf(NEWLINE);
      const line = Buffer.concat([this.#rest, end < 0 ? bytes : bytes.subarray(0, end + 1)]);
      this.#rest = Buffer.alloc(0);
      if (end >= 0) this.#give(line);
      bytes = end < 0 ? line : bytes.subarray(end + 1);
    }
    const last = bytes.lastIndexOf(NEWLINE);
    // What is left is copied: a view of it would keep the whole chunk.
    this.#rest = Buffer.from(bytes.subarray(last + 1));
    if (last >= 0) this.#give(bytes.subarray(0, last + 1));
    if (this.#rest.length > MAX_LINE) {
      this.#rest = Buffer.from(this.#rest.subarray(0, KEPT_OF_LONG));
      this.#isSkipping = true;
      this.cutLines += 1;
    }
  }

  /** The end: what stands after the last `\n` is a line of its own. */
  end(): void {
    if (this.#rest.length > 0) this.#give(this.#rest);
    this.#rest = Buffer.alloc(0);
    this.#isSkipping = false;
  }

  #give(bytes: Buffer): void {
    const first = this.lines + 1;
    const ends = this.#scan(bytes, first);
    const count = ends + (bytes.at(-1) === NEWLINE ? 0 : 1);
    this.lines += count;
    this.#onSlab({ first, count, bytes });
  }
}
