// What passing runs of the same job say too: the shapes of their lines, and in how many of them each stands.
import { LineFeed } from './feed.ts';
import type { Lines } from './lines.ts';
import { shapeOf } from './shape.ts';

const NEWLINE = 10;
/** Beyond this, rare shapes of a passing log are forgotten: the log is then less of a baseline, never a wrong one. */
const MAX_SHAPES = 2_000_000;

/** The lines of one or several passing logs, by shape. */
export class Baseline {
  #runs = 0;
  readonly #seenIn = new Map<number, number>();

  /** The baseline of passing logs that are in memory. */
  static of(logs: readonly Lines[]): Baseline {
    const baseline = new Baseline();
    for (const log of logs) baseline.add(log);
    return baseline;
  }

  /** Adds one passing log, whole or in chunks. */
  add(log: Lines | Iterable<Buffer>): void {
    const reader = this.begin();
    if (Symbol.iterator in log) for (const chunk of log) reader.feed(chunk);
    else reader.feed(log.bytes);
    reader.end();
  }

  /** Begins a passing log that streams by. */
  begin(): { feed(chunk: Buffer): void; end(): void } {
    this.#runs += 1;
    const seen = new Set<number>();
    const feed = new LineFeed(
      (bytes) => eachShape(bytes, (shape) => seen.add(shape)),
      () => undefined,
    );
    return {
      feed: (chunk) => feed.feed(chunk),
      end: () => {
        feed.end();
        for (const shape of seen)
          if (this.#seenIn.size < MAX_SHAPES || this.#seenIn.has(shape))
            this.#seenIn.set(shape, (this.#seenIn.get(shape) ?? 0) + 1);
      },
    };
  }

  /** True for what no passing log has. */
  isNew(shape: number): boolean {
    return this.#runs > 0 && !this.#seenIn.has(shape);
  }

  /** True for what every passing log has. */
  isEverywhere(shape: number): boolean {
    return this.#runs > 0 && this.#seenIn.get(shape) === this.#runs;
  }
}

/** The shape of every line; returns the number of line ends. */
function eachShape(bytes: Buffer, take: (shape: number) => void): number {
  let ends = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    take(shapeOf(bytes, start, end).masked);
    if (found >= 0) ends += 1;
    start = end + 1;
  }
  return ends;
}
