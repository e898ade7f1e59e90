// One pass over a log: which lines say something, how much, and how often each kind of line stands in it.
import { LineFeed } from './feed.ts';
import { KeptLines, type Mark } from './kept.ts';
import type { Found } from './literals.ts';
import type { Lines, LogLines } from './lines.ts';
import { PREFILTER, suspect, type Suspicion } from './prefilter.ts';
import { bestPart, isExit, isStart, type Score } from './score.ts';
import { shapeOf } from './shape.ts';

/** Lines of one shape. */
export interface Family {
  readonly shape: number;
  count: number;
  readonly first: number;
  last: number;
}

/** A line that says something. */
export interface Hit extends Score {
  readonly line: number;
  readonly family: Family;
}

/** What one pass found. */
export interface Scan {
  readonly lines: LogLines;
  /** The lines that were read, from 1, both included. */
  readonly range: { readonly from: number; readonly to: number };
  /** In the order of the log. */
  readonly hits: readonly Hit[];
  /** Lines by which the runner says that a command failed, and by which it began one. */
  readonly exits: readonly number[];
  readonly starts: readonly number[];
}

/** What rules say of all lines of one exact shape. */
interface Judgement {
  readonly score: Score | null;
  readonly isExit: boolean;
  readonly isStart: boolean;
}

const LINE_BYTES = 4_096;

/** Hits of one family that are kept beside its last one. */
const KEPT_ALIKE = 100;
const CHEAP_RULES = 2;
const TELLS_A_REASON = 8;
const MAX_HITS = 40_000;
const MAX_FAMILIES = 100_000;
const MAX_JUDGED = 100_000;
const MAX_MARKS = 10_000;
/** Windows are kept around the first hits of a family only: what repeats is quoted once. */
const MARKED_ALIKE = 4;
/** A runner's word matters whatever stands around it. */
const EXIT_WEIGHT = 20;

function judge(raw: string, { rules, mayBeRunner }: Suspicion): Judgement {
  const { text, score } = bestPart(raw, rules);
  const saysExit = mayBeRunner && isExit(text);
  // A runner's word that a command failed is no reason, but for one that tells a reason with it.
  const counts = score !== null && score.own > 0 && (!saysExit || score.own >= TELLS_A_REASON);
  return { score: counts ? score : null, isExit: saysExit, isStart: mayBeRunner && !saysExit && isStart(text) };
}

class Finder {
  readonly exits: number[] = [];
  readonly starts: number[] = [];
  marks: Mark[] = [];
  #hits: Hit[] = [];
  readonly #last = new Map<Family, Hit>();
  #families = new Map<number, Family>();
  readonly #judged = new Map<number, Judgement>();

  look(line: number, bytes: Buffer, { start, end, found }: { start: number; end: number; found: Found }): void {
    const stop = Math.min(end, start + LINE_BYTES);
    const suspicion = suspect(bytes, stop, found);
    // A few rules cost less than to find out whether a line of this shape was judged before.
    const shape = suspicion.rules.length > CHEAP_RULES ? shapeOf(bytes, start, end) : null;
    const known = shape && this.#judged.get(shape.exact);
    const judgement = known ?? judge(bytes.toString('utf8', start, stop), suspicion);
    if (shape && !known && this.#judged.size < MAX_JUDGED) this.#judged.set(shape.exact, judgement);
    if (judgement.isExit) this.#mark(this.exits, line);
    if (judgement.isStart) this.#mark(this.starts, line);
    if (!judgement.score) return;
    const family = this.#familyOf((shape ?? shapeOf(bytes, start, end)).masked, line);
    const { own, why, sumsUp } = judgement.score;
    const hit = { line, family, own, why, sumsUp };
    if (family.count <= MARKED_ALIKE) this.marks.push({ line, weight: own });
    if (family.count <= KEPT_ALIKE) this.#hits.push(hit);
    else this.#last.set(family, hit);
    if (this.#hits.length > MAX_HITS || this.#families.size > MAX_FAMILIES) this.#forgetWeakest();
  }

  /** All hits in order; of a family with many, the first ones and the last one. */
  hits(): Hit[] {
    return [...this.#hits, ...this.#last.values()].sort((a, b) => a.line - b.line);
  }

  #mark(list: number[], line: number): void {
    if (list.length >= MAX_MARKS) list.splice(0, MAX_MARKS / 2);
    list.push(line);
    this.marks.push({ line, weight: EXIT_WEIGHT });
  }

  #familyOf(shape: number, line: number): Family {
    const known = this.#families.get(shape);
    if (known) {
      known.count += 1;
      known.last = line;
      return known;
    }
    const family = { shape, count: 1, first: line, last: line };
    this.#families.set(shape, family);
    return family;
  }

  /** Keeps the half of the hits that says most, the later ones among equals. */
  #forgetWeakest(): void {
    this.#hits.sort((a, b) => b.own - a.own || b.line - a.line);
    this.#hits.length = Math.min(this.#hits.length, MAX_HITS / 2);
    const kept = new Set([...this.#hits.map(({ family }) => family), ...this.#last.keys()]);
    this.#families = new Map([...kept].map((family) => [family.shape, family]));
  }
}

/** Scans a log that streams by; what may be quoted of it is kept, whatever its size within about 100 MB of memory. */
export class LogScan {
  readonly #finder = new Finder();
  readonly #kept = new KeptLines();
  readonly #feed = new LineFeed(
    (bytes, first) => scanBytes(bytes, 0, bytes.length, first, this.#finder),
    (slab) => {
      this.#kept.add(slab, this.#finder.marks);
      this.#finder.marks = [];
    },
  );

  /** The next bytes of the log. They are kept as they are: do not change them afterwards. */
  feed(chunk: Buffer): void {
    this.#feed.feed(chunk);
  }

  /** What was found; `bytes` and `cutLines` tell how much was read and how many lines were too long to be kept. */
  finish(): Scan & { readonly bytes: number; readonly cutLines: number } {
    this.#feed.end();
    const { bytes, lines, cutLines } = this.#feed;
    const { exits, starts } = this.#finder;
    return {
      lines: this.#kept,
      range: { from: 1, to: lines },
      hits: this.#finder.hits(),
      exits,
      starts,
      bytes,
      cutLines,
    };
  }
}

/** Scans a log that is in memory, or a range of its lines. */
export function scanLines(lines: Lines, range = { from: 1, to: lines.count }): Scan {
  const finder = new Finder();
  if (range.from <= range.to) {
    const bytes = lines.raw(range.from, range.to);
    scanBytes(bytes, 0, bytes.length, range.from, finder);
  }
  return { lines, range, hits: finder.hits(), exits: finder.exits, starts: finder.starts };
}

const scanBytes = (bytes: Buffer, from: number, to: number, first: number, finder: Finder): number =>
  PREFILTER.scan(bytes, from, to, first, (line, start, end, found) => finder.look(line, bytes, { start, end, found }));
