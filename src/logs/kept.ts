// The lines of a long log that are kept while it streams by: around what says something, and its end.
import type { Slab } from './feed.ts';
import { KEY_LINES, Lines, type LogLines } from './lines.ts';

/** Up to this size a log is kept whole, and so is the end of any log. */
const KEPT_WHOLE = 24 * 1024 * 1024;
const KEPT_END = 2 * 1024 * 1024;
/** Windows around what says something, all together; beyond that those go that say least. */
const KEPT_WINDOWS = 16 * 1024 * 1024;
const LINE_END = Buffer.from('\n');
/** Above what may be quoted stands where a private key in it begins. */
const ABOVE = 40 + KEY_LINES;
const BELOW = 70;

/** A line to keep the surroundings of, and how much it says. */
export interface Mark {
  readonly line: number;
  readonly weight: number;
}

interface Piece extends Slab {
  /** How much the best mark in it says; Infinity for what is not cut yet. */
  readonly weight: number;
}

/** Lines in memory out of a stream. Give every slab, with the marks in it, in order. */
export class KeptLines implements LogLines {
  count = 0;
  #pieces: Piece[] = [];
  #marks: Mark[] = [];
  /** Slabs that are still whole: all but the first `#cut` pieces. */
  #cut = 0;
  #whole = 0;
  #windows = 0;
  #isLong = false;
  #opened: { piece: Piece; lines: Lines } | null = null;

  add(slab: Slab, marks: readonly Mark[]): void {
    this.#pieces.push({ ...slab, weight: Infinity });
    this.#whole += slab.bytes.length;
    this.count += slab.count;
    this.#marks.push(...marks);
    this.#isLong ||= this.#whole > KEPT_WHOLE;
    // The slab after must be known: a window reaches into it.
    while (this.#isLong && this.#pieces.length - this.#cut > 2 && this.#whole > KEPT_END) this.#cutOldest();
    if (this.#windows > KEPT_WINDOWS) this.#forgetWeakest();
  }

  get stopsMidLine(): boolean {
    const last = this.#pieces.at(-1);
    return last !== undefined && new Lines(last.bytes.subarray(-1)).stopsMidLine;
  }

  has(number: number): boolean {
    return this.#find(number) !== null;
  }

  text(number: number, maxBytes?: number): string {
    const { lines, at } = this.#at(number);
    return lines.text(at, maxBytes);
  }

  raw(number: number): Buffer {
    const { lines, at } = this.#at(number);
    return lines.raw(at);
  }

  length(number: number): number {
    const { lines, at } = this.#at(number);
    return lines.length(at);
  }

  #at(number: number): { lines: Lines; at: number } {
    const piece = this.#find(number);
    if (!piece) throw new RangeError(`line ${number} is not kept`);
    this.#opened = this.#opened?.piece === piece ? this.#opened : { piece, lines: new Lines(piece.bytes) };
    return { lines: this.#opened.lines, at: number - piece.first + 1 };
  }

  #find(number: number): Piece | null {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const piece = this.#pieces[middle];
      if (!piece) return null;
      if (number < piece.first) high = middle - 1;
      else if (number >= piece.first + piece.count) low = middle + 1;
      else return piece;
    }
    return null;
  }

  /** Cuts the oldest whole slab down to windows around the marks in it and near it. */
  #cutOldest(): void {
    const slab = this.#pieces[this.#cut];
    if (!slab) return;
    const end = slab.first + slab.count;
    const near = this.#marks.filter(({ line }) => line + BELOW >= slab.first && line - ABOVE < end);
    this.#marks = this.#marks.filter(({ line }) => line + BELOW >= end);
    const windows: Piece[] = [];
    const around = unions(near, slab.first, end - 1);
    // Most slabs say nothing: their lines need not be found.
    const lines = new Lines(around.length > 0 ? slab.bytes : Buffer.alloc(0));
    for (const { from, to, weight } of around) {
      // With the line end of its last line, which may be blank.
      const bytes = Buffer.concat([lines.raw(from - slab.first + 1, to - slab.first + 1), LINE_END]);
      windows.push({ first: from, count: to - from + 1, bytes, weight });
      this.#windows += bytes.length;
    }
    this.#pieces.splice(this.#cut, 1, ...windows);
    this.#cut += windows.length;
    this.#whole -= slab.bytes.length;
    this.#opened = null;
  }

  #forgetWeakest(): void {
    const windows = this.#pieces.slice(0, this.#cut);
    const order = windows.toSorted((a, b) => b.weight - a.weight || b.first - a.first);
    const kept = new Set<Piece>();
    this.#windows = 0;
    for (const piece of order) {
      if (this.#windows + piece.bytes.length > KEPT_WINDOWS / 2) break;
      this.#windows += piece.bytes.length;
      kept.add(piece);
    }
    this.#pieces = [...windows.filter((piece) => kept.has(piece)), ...this.#pieces.slice(this.#cut)];
    this.#cut = kept.size;
  }
}

/** The windows around marks within lines `first` to `last`, joined where they touch. */
function unions(marks: readonly Mark[], first: number, last: number): { from: number; to: number; weight: number }[] {
  const joined: { from: number; to: number; weight: number }[] = [];
  for (const { line, weight } of marks.toSorted((a, b) => a.line - b.line)) {
    const from = Math.max(first, line - ABOVE);
    const to = Math.min(last, line + BELOW);
    const open = joined.at(-1);
    if (open && from <= open.to + 1) {
      open.to = Math.max(open.to, to);
      open.weight = Math.max(open.weight, weight);
    } else joined.push({ from, to, weight });
  }
  return joined;
}
