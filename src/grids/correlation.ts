// Tests that fail in the same runs more often than chance: Fisher's exact test over all pairs, then components.
import type { GroupFinding, RunRef } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { isJobLevel } from './rows.ts';
import { KIND, KINDS, TROUBLE } from './status.ts';

/** Runs in which two tests must fail together before anything is said of them. */
const SUPPORT = 3;
/** False discovery rate over all pairs. */
const Q = 0.05;

export interface CorrelationOptions {
  /** Columns taken out as events: a mass failure links everything with everything. */
  readonly exclude?: ReadonlySet<number>;
  /** Indices of the rows looked at; without it all that are not about the run as a whole. */
  readonly rows?: readonly number[];
}

/** One bit a column. */
type Bits = Uint32Array;

interface Candidate {
  readonly row: number;
  readonly failed: Bits;
  readonly completed: Bits;
}

interface Link {
  readonly a: number;
  readonly b: number;
  readonly p: number;
}

/**
 * Groups of tests that fail together, largest first (`seed-analyses.md` 4.2 lists what the seed lacked).
 * A failed or flaky result is a failure. A pair needs three common failing runs; its p is Fisher's exact, one-sided,
 * over the runs in which both have a completed result, so a test that did not run did not pass. Adjusted over all
 * pairs of rows with three failures or more (Benjamini-Hochberg, q = .05), linked pairs are joined to components.
 * Two tests that fail in every common run are not linked: nothing shows that one fails because the other does.
 */
export function correlatedGroups(grid: Grid, options: CorrelationOptions = {}): readonly GroupFinding[] {
  const indices = options.rows ?? [...grid.rows.keys()].filter((i) => !isJobLevel(grid.rows[i]?.name ?? ''));
  const candidates = indices.flatMap((row) => candidate(grid.rows[row], row, options.exclude));
  const pairs = (candidates.length * (candidates.length - 1)) / 2;
  return components(candidates, adjusted(links(candidates, grid.columns.length), pairs)).map(({ members, p }) => ({
    rows: members.map(({ row }) => row).toSorted((a, b) => a - b),
    runs: grid.columns.flatMap(({ build, time }, column): RunRef[] =>
      isCommon(members, column) ? [{ build, time }] : [],
    ),
    p,
  }));
}

function candidate(row: Row | undefined, index: number, exclude?: ReadonlySet<number>): Candidate[] {
  if (row === undefined || (row.codes & TROUBLE) === 0) return [];
  const { statuses } = row;
  const failed = new Uint32Array(Math.ceil(statuses.length / 32));
  const completed = failed.slice();
  for (let column = 0; column < statuses.length; column += 1) {
    const kind = KINDS[statuses[column] ?? 0] ?? 0;
    if (kind === KIND.none || kind > KIND.flaky || exclude?.has(column) === true) continue;
    set(completed, column);
    if (kind !== KIND.pass) set(failed, column);
  }
  return common(failed, failed) < SUPPORT ? [] : [{ row: index, failed, completed }];
}

const set = (bits: Bits, at: number): void => {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
};
const has = (bits: Bits, at: number): boolean => (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;

/** Did at least two of them fail in this run? */
function isCommon(members: readonly Candidate[], column: number): boolean {
  let failures = 0;
  for (const { failed } of members) {
    if (has(failed, column)) failures += 1;
    if (failures === 2) return true;
  }
  return false;
}

/** Bits set in both. */
function common(one: Bits, other: Bits): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) {
    let word = (one[i] ?? 0) & (other[i] ?? 0);
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    sum += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}

/** Pairs with support and p up to q: no other can be a discovery. */
function links(candidates: readonly Candidate[], columns: number): Link[] {
  const lnFactorials = new Float64Array(columns + 1);
  for (let i = 1; i <= columns; i += 1) lnFactorials[i] = (lnFactorials[i - 1] ?? 0) + Math.log(i);
  const found: Link[] = [];
  for (const [a, one] of candidates.entries())
    for (let b = a + 1; b < candidates.length; b += 1) {
      const other = candidates[b];
      if (other === undefined) continue;
      const both = common(one.failed, other.failed);
      if (both < SUPPORT) continue;
      const runs = common(one.completed, other.completed);
      const p = fisher(
        both,
        common(one.failed, other.completed),
        common(other.failed, one.completed),
        runs,
        lnFactorials,
      );
      if (p <= Q) found.push({ a, b, p });
    }
  return found;
}

/** P(at least `both` common failures | a failed in `a` runs, b in `b`, of `runs`): the hypergeometric tail. */
function fisher(both: number, a: number, b: number, runs: number, lnFactorials: Float64Array): number {
  const ln = (n: number): number => lnFactorials[n] ?? 0;
  const choose = (n: number, k: number): number => ln(n) - ln(k) - ln(n - k);
  let p = 0;
  for (let k = Math.max(both, a + b - runs); k <= Math.min(a, b); k += 1)
    p += Math.exp(choose(a, k) + choose(runs - a, b - k) - choose(runs, b));
  return Math.min(1, p);
}

/** The links that are discoveries among so many pairs, with adjusted p, smallest first. */
function adjusted(found: readonly Link[], pairs: number): readonly Link[] {
  const sorted = found.toSorted((one, other) => one.p - other.p);
  const result: Link[] = [];
  let least = 1;
  for (let i = sorted.length - 1; i >= 0; i -= 1) {
    const link = sorted[i];
    if (link === undefined) continue;
    least = Math.min(least, (link.p * pairs) / (i + 1));
    if (least <= Q) result.push({ ...link, p: least });
  }
  return result.reverse();
}

/** Connected components; their p is that of the weakest link they need. */
function components(
  candidates: readonly Candidate[],
  found: readonly Link[],
): readonly { members: readonly Candidate[]; p: number }[] {
  const groups = candidates.map((one) => ({ members: [one], p: 0 }));
  for (const { a, b, p } of found) {
    const [one, other] = [groups[a], groups[b]];
    if (one === undefined || other === undefined || one === other) continue;
    const joined = { members: [...one.members, ...other.members], p };
    for (const [i, group] of groups.entries()) if (group === one || group === other) groups[i] = joined;
  }
  const distinct = [...new Set(groups)].filter(({ members }) => members.length > 1);
  return distinct.toSorted((one, other) => other.members.length - one.members.length);
}

export interface PhiSets {
  readonly sets: number;
  readonly failures: number;
  readonly tests: number;
  /** Tests that occur more than once: only these are compared. */
  readonly compared: number;
  /** Each test that has partners, with their phi, in order of first occurrence. */
  readonly partners: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Mean number of partners of those tests; 0 without any. */
  readonly meanSize: number;
  readonly pairs: number;
}

/**
 * The seed's correlation sets (`seed-analyses.md` 4.2): failing tests of each run in, tests whose phi is above the
 * threshold out. For comparison only: two runs in common give 1.0, a test that did not run counts as one that did not
 * fail, and nothing is corrected for the number of pairs; {@link correlatedGroups} is right.
 */
export function phiSets(runs: readonly (readonly string[])[], threshold = 0.9): PhiSets {
  const occurrences = new Map<string, Set<number>>();
  for (const [run, tests] of runs.entries())
    for (const test of tests) occurrences.set(test, (occurrences.get(test) ?? new Set()).add(run));
  const compared = [...occurrences].filter(([, own]) => own.size > 1);
  const partners = new Map<string, Map<string, number>>();
  let links = 0;
  for (const [test, own] of compared)
    for (const [other, theirs] of compared) {
      const value = test === other ? 0 : phi(own, theirs, runs.length);
      if (!(value > threshold)) continue;
      links += 1;
      partners.set(test, (partners.get(test) ?? new Map<string, number>()).set(other, value));
    }
  return {
    sets: runs.length,
    failures: runs.reduce((sum, tests) => sum + tests.length, 0),
    tests: occurrences.size,
    compared: compared.length,
    partners,
    meanSize: partners.size === 0 ? 0 : links / partners.size,
    pairs: links / 2,
  };
}

/** Pearson's correlation of two sets as binary vectors of length `n`; NaN for one that is all or nothing. */
function phi(one: ReadonlySet<number>, other: ReadonlySet<number>, n: number): number {
  let both = 0;
  for (const run of one) if (other.has(run)) both += 1;
  const [a, b] = [one.size, other.size];
  return (both * n - a * b) / Math.sqrt(a * (n - a) * b * (n - b));
}
