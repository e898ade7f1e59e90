// Looks for many literals in one pass over a text (Aho and Corasick's automaton as one table of states).

/** Codes the table knows; every other character leads back to the start. */
const CODES = 128;

/** A state that ends a literal is told by the sign of its number. */
const STATE = 0x7fffffff;

export class Literals {
  /** For each state and code the state that follows, as the place of its own row. */
  readonly #next: Int32Array;
  /** For each state the literals that end there, by their number. */
  readonly #ends: readonly (readonly number[])[];

  /** @param literals ASCII texts; a literal is named by its place among them */
  constructor(literals: readonly string[]) {
    const next = new Int32Array(literals.reduce((sum, text) => sum + text.length, 1) * CODES);
    const ends: number[][] = [[]];
    literals.forEach((text, id) => {
      let state = 0;
      for (const char of text) {
        const at = state * CODES + char.charCodeAt(0);
        if (next[at] === 0) next[at] = ends.push([]) - 1;
        state = next[at] ?? 0;
      }
      ends[state]?.push(id);
    });
    // Breadth first: where a state has no way on, it goes the way of the longest end of it that is a beginning.
    const back = new Uint32Array(ends.length);
    const queue = [0];
    for (const state of queue) {
      for (let code = 0; code < CODES; code += 1) {
        const at = state * CODES + code;
        const child = next[at] ?? 0;
        const otherwise = state === 0 ? 0 : (next[(back[state] ?? 0) * CODES + code] ?? 0);
        if (child === 0) next[at] = otherwise;
        else {
          back[child] = otherwise;
          ends[child]?.push(...(ends[otherwise] ?? []));
          queue.push(child);
        }
      }
    }
    this.#next = next
      .subarray(0, ends.length * CODES)
      .map((state) => (state * CODES) | (ends[state]?.length === 0 ? 0 : ~STATE));
    this.#ends = ends;
  }

  /** Calls `onLine` for each line that holds a literal, with the numbers of those it holds. */
  scan(text: string, onLine: (start: number, end: number, found: ReadonlySet<number>) => void): void {
    const next = this.#next;
    let state = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      state = code < CODES ? (next[(state & STATE) + code] ?? 0) : 0;
      if (state >= 0) continue;
      const start = text.lastIndexOf('\n', i) + 1;
      const newline = text.indexOf('\n', i);
      const end = newline < 0 ? text.length : newline;
      onLine(start, end, this.#foundIn(text, start, end));
      i = end;
      state = 0;
    }
  }

  #foundIn(text: string, from: number, to: number): Set<number> {
    const found = new Set<number>();
    let state = 0;
    for (let i = from; i < to; i += 1) {
      const code = text.charCodeAt(i);
      state = code < CODES ? (this.#next[(state & STATE) + code] ?? 0) : 0;
      if (state < 0) for (const id of this.#ends[(state & STATE) / CODES] ?? []) found.add(id);
    }
    return found;
  }
}
