// Chooses what to quote within a budget: the block around the headline, the end above the runner's word, other blocks.
import { isUtf8 } from 'node:buffer';
import { blockAround } from './blocks.ts';
import { KEY_LINES, type LogLines } from './lines.ts';
import type { Ranked } from './rank.ts';
import type { Scan } from './scan.ts';

/** Lines `start` to `end` (from 1, both included) and why they were chosen. */
export interface Excerpt {
  readonly start: number;
  readonly end: number;
  readonly why: string;
  /** The line of the excerpt that was chosen, with what belongs to it around it. */
  readonly line: number;
  /** Lines of the excerpt that say something by themselves, in order; the others are context. */
  readonly says: readonly number[];
}

/** A line that cannot be quoted whole is no evidence we would show. */
export const MAX_QUOTED_LINE = 4_000;
/** Shares of the budget that the first block and the end of the failed command may take; other blocks take the rest. */
const FIRST_SHARE = 0.4;
const END_SHARE = 0.35;
const OTHER_END_SHARE = 0.1;
const MAX_OTHER_ENDS = 2;
const END_APART = 5;
const FIRST_BLOCK = { above: 30, below: 60 };
const OTHER_BLOCK = { above: 6, below: 14 };
/** Where only blocks are asked for, vaguer lines get none. */
export const WORTH_A_BLOCK = 5;
const BELONGS = 2;
const WHY_END = 'the end of the failed command';
const WHY_CUT = 'the end of what was read';

interface Place {
  start: number;
  end: number;
  line: number;
  why: string;
}

/** The excerpts, best first, never overlapping, together at most `budget` bytes with a line end each. `withEnds`: ends of failed commands too; the end of a log that `isCut` is none. */
export function choose(
  scan: Scan,
  ranked: readonly Ranked[],
  headline: Ranked | null,
  { budget, withEnds, isCut }: { budget: number; withEnds: boolean; isCut: boolean },
): Excerpt[] {
  const choice = new Choice(scan, budget, isCut && scan.exits.length === 0 ? WHY_CUT : WHY_END);
  if (headline) choice.addBlock(headline, FIRST_SHARE * budget, FIRST_BLOCK);
  if (withEnds) choice.addEnds(headline, budget);
  const families = new Set(headline ? [headline.family] : []);
  for (const hit of ranked) {
    if (choice.left <= 0) break;
    if ((!withEnds && hit.own < WORTH_A_BLOCK) || families.has(hit.family) || choice.has(hit.line)) continue;
    families.add(hit.family);
    choice.addBlock(hit, choice.left, OTHER_BLOCK);
  }
  if (withEnds) choice.addEnd(choice.endOf(headline), choice.left);
  const says = ranked.map(({ line }) => line).sort((a, b) => a - b);
  return choice.places.map((place) => ({
    ...place,
    says: says.filter((line) => line >= place.start && line <= place.end),
  }));
}

/** True for a line that can be quoted byte for byte as text, and whose secrets are told by what stands above it. */
export const isQuotable = (lines: LogLines, line: number): boolean =>
  lines.has(line) &&
  lines.has(Math.max(1, line - KEY_LINES)) &&
  lines.length(line) <= MAX_QUOTED_LINE &&
  isUtf8(lines.raw(line));

class Choice {
  readonly places: Place[] = [];
  left: number;
  readonly #scan: Scan;
  readonly #own: ReadonlyMap<number, number>;
  readonly #taken = new Set<number>();
  readonly #whyEnd: string;

  constructor(scan: Scan, budget: number, whyEnd: string) {
    this.#scan = scan;
    this.#whyEnd = whyEnd;
    this.#own = new Map(scan.hits.map(({ line, own }) => [line, own]));
    this.left = budget;
  }

  has(line: number): boolean {
    return this.#taken.has(line);
  }

  /** Adds the hit and what belongs to it, within `share` of what is left. */
  addBlock(hit: Ranked, share: number, reach: { above: number; below: number }): void {
    if (!this.#mayTake(hit.line)) return;
    let size = this.#cost(hit.line);
    if (size > this.left) return;
    const most = Math.min(Math.max(share, size), this.left);
    const { start, end } = blockAround(hit.line, this.#scan.lines, {
      ...reach,
      fits: (line) => {
        if (this.has(line) || !this.#mayTake(line) || size + this.#cost(line) > most) return false;
        size += this.#cost(line);
        return true;
      },
      isHit: (line) => (this.#own.get(line) ?? 0) >= BELONGS,
    });
    this.#take({ start, end, line: hit.line, why: hit.why });
  }

  /** Adds the end of the command that the headline is of, and a little of the other failed commands' ends. */
  addEnds(headline: Ranked | null, budget: number): void {
    const end = this.endOf(headline);
    const others = this.#scan.exits.filter((exit) => Math.abs(exit - end) > END_APART).slice(0, MAX_OTHER_ENDS);
    this.addEnd(end, (END_SHARE - OTHER_END_SHARE * others.length) * budget);
    for (const other of others) this.addEnd(other, OTHER_END_SHARE * budget);
  }

  /** The runner's word that follows the headline, else its last one, else the end of the log. */
  endOf(headline: Ranked | null): number {
    const { exits, range } = this.#scan;
    return exits.find((exit) => headline !== null && exit >= headline.line) ?? exits.at(-1) ?? range.to;
  }

  /** Adds the lines up to `end`, as many as `share` of what is left holds. */
  addEnd(end: number, share: number): void {
    let room = Math.min(share, this.left);
    let open = null as Place | null;
    for (let line = end; line >= this.#scan.range.from; line -= 1) {
      if (this.has(line)) {
        if (open) this.#take(open);
        open = null;
        continue;
      }
      if (!this.#mayTake(line) || this.#cost(line) > room) break;
      room -= this.#cost(line);
      open = { start: line, end: open?.end ?? line, line, why: this.#whyEnd };
    }
    if (open) this.#take(open);
  }

  #take(place: Place): void {
    for (let line = place.start; line <= place.end; line += 1) {
      this.#taken.add(line);
      this.left -= this.#cost(line);
    }
    this.places.push(place);
  }

  #cost(line: number): number {
    return this.#scan.lines.length(line) + 1;
  }

  #mayTake(line: number): boolean {
    const { range, lines } = this.#scan;
    return line >= range.from && line <= range.to && isQuotable(lines, line);
  }
}
