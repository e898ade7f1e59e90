// Finds the lines that have one of many literals, in one pass over the bytes (Aho and Corasick's automaton).

const NEWLINE = 10;
const DIGITS = [...Buffer.from('0123456789')];
/** In a literal, in place of a byte: one digit or more. */
const NUMBER = -1;
/** A power of two, so that a step of the automaton is a shift; more kinds of bytes than this are not used by rules. */
const CLASS_BITS = 6;

/** Called for a line with a literal: its number, where it stands without its `\n`, and where its first literal ends. */
export type OnLine = (line: number, start: number, end: number, found: Found) => void;

/** A place in a line behind a literal, and the automaton's state there: where to go on looking for others. */
export interface Found {
  at: number;
  state: number;
}

/**
 * The literals, ASCII in either case, as an automaton over bytes. A literal may begin with `\n`, for what stands at
 * the start of a line, or end with one; `<n>` in it stands for a number.
 */
export class Literals {
  readonly #classes = new Uint8Array(256);
  readonly #table: Uint16Array;
  /** States from this one on need a look: first the one after a newline, then those that end a literal. */
  readonly #special: number;
  readonly #afterNewline: number;
  /** The literals that end in each special state, by their place in the list. */
  readonly #found: readonly (readonly number[])[];

  constructor(literals: readonly string[]) {
    const words = literals.map(bytesOf);
    const kinds = new Set([...words.flat().filter((byte) => byte !== NUMBER), NEWLINE]);
    // Digits that no literal has are one kind: they matter only as part of a number.
    const otherDigits = DIGITS.filter((digit) => !kinds.has(digit));
    let next = 1;
    for (const byte of kinds) {
      this.#classes[byte] = next;
      if (byte >= 0x61 && byte <= 0x7a) this.#classes[byte - 32] = next;
      next += 1;
    }
    for (const digit of otherDigits) this.#classes[digit] = next;
    if (next >= 1 << CLASS_BITS) throw new RangeError('the literals use too many kinds of bytes');
    const { nodes, table } = automaton(
      words.map((word) => word.map((byte) => (byte === NUMBER ? NUMBER : (this.#classes[byte] ?? 0)))),
      this.#classes[NEWLINE] ?? 0,
      DIGITS.map((digit) => this.#classes[digit] ?? 0),
    );
    const order = nodes.map((_, i) => i).sort((a, b) => rank(nodes[a]) - rank(nodes[b]));
    const place = new Map(order.map((node, i) => [node, i]));
    this.#table = new Uint16Array(nodes.length << CLASS_BITS);
    order.forEach((node, i) => {
      for (let kind = 0; kind < 1 << CLASS_BITS; kind += 1)
        this.#table[(i << CLASS_BITS) | kind] = place.get(table[node]?.[kind] ?? 0) ?? 0;
    });
    this.#special = order.findIndex((node) => rank(nodes[node]) > 0);
    this.#afterNewline = this.#special;
    this.#found = order.slice(this.#special).map((node) => nodes[node]?.literals ?? []);
  }

  /** The literals of a line that ends at `to`, by their place in the list, in the order of the line. */
  in(bytes: Uint8Array, to: number, { at, state: first }: Found): number[] {
    const classes = this.#classes;
    const table = this.#table;
    const special = this.#special;
    const found = [...(this.#found[first - special] ?? [])];
    let state = first;
    for (let i = at; i <= to; i += 1) {
      const byte = i === to ? NEWLINE : Number(bytes[i]);
      state = Number(table[(state << CLASS_BITS) | Number(classes[byte])]);
      if (state >= special)
        for (const literal of this.#found[state - special] ?? []) if (!found.includes(literal)) found.push(literal);
    }
    return found;
  }

  /**
   * Calls `onLine` for every line of `bytes` from `from` to `to` that has a literal; `bytes` begins at the start of
   * line `first`. Returns the number of line ends seen.
   */
  scan(bytes: Uint8Array, from: number, to: number, first: number, onLine: OnLine): number {
    const classes = this.#classes;
    const table = this.#table;
    const special = this.#special;
    const afterNewline = this.#afterNewline;
    let state = afterNewline;
    let line = first;
    let start = from;
    let i = from;
    const found = { at: 0, state: 0 };
    while (i < to) {
      // The hot loop, with nothing else in it. Number() is free where there is a number; a default is not.
      do {
        state = Number(table[(state << CLASS_BITS) | Number(classes[Number(bytes[i])])]);
        i += 1;
      } while (state < special && i < to);
      if (state < special) break;
      if (state !== afterNewline) {
        const end = bytes.indexOf(NEWLINE, i - 1);
        const stop = end < 0 || end > to ? to : end;
        found.at = i;
        found.state = state;
        onLine(line, start, stop, found);
        i = stop + 1;
        if (stop >= to) break;
      }
      state = afterNewline;
      line += 1;
      start = i;
    }
    return line - first;
  }
}

const bytesOf = (literal: string): number[] =>
  literal
    .toLowerCase()
    .split('<n>')
    .flatMap((part, i) => [...(i > 0 ? [NUMBER] : []), ...Buffer.from(part)]);

interface Node {
  readonly next: Map<number, number>;
  fail: number;
  /** The literals that end here, by their place in the list. */
  readonly literals: number[];
  isNewline: boolean;
  isNumber: boolean;
}

const rank = (node: Node | undefined): number =>
  (node?.literals.length ?? 0) > 0 ? 2 : node?.isNewline === true ? 1 : 0;

function automaton(
  words: readonly (readonly number[])[],
  newline: number,
  digits: readonly number[],
): { nodes: Node[]; table: number[][] } {
  const node = (): Node => ({ next: new Map(), fail: 0, literals: [], isNewline: false, isNumber: false });
  const nodes = [node()];
  const child = (at: number, kind: number): number => {
    const known = nodes[at]?.next.get(kind);
    if (known !== undefined) return known;
    nodes.push(node());
    nodes[at]?.next.set(kind, nodes.length - 1);
    return nodes.length - 1;
  };
  /** A state that any digit leads to, and back to itself. */
  const number = (at: number): number => {
    const [first = 0, ...others] = digits;
    const loop = child(at, first);
    for (const digit of others) nodes[at]?.next.set(digit, loop);
    for (const digit of digits) nodes[loop]?.next.set(digit, loop);
    const state = nodes[loop];
    if (state) state.isNumber = true;
    return loop;
  };
  words.forEach((word, literal) => {
    let at = 0;
    for (const kind of word) at = kind === NUMBER ? number(at) : child(at, kind);
    nodes[at]?.literals.push(literal);
  });
  const newlineNode = nodes[child(0, newline)];
  if (newlineNode) newlineNode.isNewline = true;
  const table: number[][] = [];
  const queue = [0];
  const queued = new Set(queue);
  for (const at of queue) {
    const { next, fail } = nodes[at] ?? node();
    table[at] = Array.from({ length: 1 << CLASS_BITS }, (_, kind) => {
      const to = next.get(kind);
      const back = at === 0 ? 0 : (table[fail]?.[kind] ?? 0);
      if (to === undefined) return back;
      const target = nodes[to];
      if (!target || queued.has(to)) return to;
      queued.add(to);
      queue.push(to);
      // Which digits led into a number is not known: nothing of them can begin another literal.
      target.fail = target.isNumber ? 0 : back;
      target.literals.push(...(nodes[target.fail]?.literals ?? []));
      return to;
    });
  }
  return { nodes, table };
}
