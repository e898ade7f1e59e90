// The scores of the predecessor (ocp-ci-analysis) as it computed them: for comparison and tests, never for answers.
import { STATUS } from './status.ts';

/** Failures in a row from which the seed's walk jumps over them. */
const IN_A_ROW = 3;

/**
 * Naive flake rate (seed 2.2) in percent of cells: failed and flaky of all.
 * Wrong: empty cells stay in the denominator and a broken test counts as flaky; right in `metrics/flakes.ts`.
 * The seed divides by zero on an empty row; here that is 0.
 */
export function legacyNaiveScore(codes: Uint8Array): number {
  const bad = codes.filter((code) => code === STATUS.FAIL || code === STATUS.FLAKY).length;
  return codes.length === 0 ? 0 : (100 * bad) / codes.length;
}

/** The walk behind flip score and edges (seed 2.3). Its jump counts failures but skips cells, so gaps mislead it. */
function walk(codes: Uint8Array): { considered: number; flips: number; edges: readonly number[] } {
  const first = codes.findIndex((code) => code !== STATUS.NO_RESULT);
  if (first < 0) return { considered: 0, flips: 0, edges: [] };
  const edges: number[] = [];
  let passing = codes[first] !== STATUS.FAIL;
  let flips = codes[first] === STATUS.FLAKY ? 1 : 0;
  let considered = 1;
  let lastPass = codes[first] === STATUS.PASS ? first : 0;
  for (let i = first + 1; i < codes.length; i += 1) {
    const ahead = failuresAhead(codes, i);
    if (ahead >= IN_A_ROW) i += ahead;
    const code = codes[i];
    if (code !== STATUS.PASS && code !== STATUS.FLAKY && code !== STATUS.FAIL) continue;
    considered += 1;
    if (code === STATUS.PASS) lastPass = i;
    if (code === STATUS.FLAKY || (code === STATUS.FAIL && passing)) {
      flips += 1;
      edges.push(code === STATUS.FLAKY ? i : lastPass);
    }
    passing = code !== STATUS.FAIL;
  }
  return { considered, flips, edges };
}

/** Failures in the run of failed and empty cells that starts here. */
function failuresAhead(codes: Uint8Array, from: number): number {
  let failures = 0;
  for (let i = from; codes[i] === STATUS.FAIL || codes[i] === STATUS.NO_RESULT; i += 1)
    if (codes[i] === STATUS.FAIL) failures += 1;
  return failures;
}

/**
 * Flip score (seed 2.3) in percent of the cells walked over.
 * Wrong: counts changes in one direction only (so `FPFP` and `PFPF` differ), misses three failures in a row with empty
 * cells between, drops other codes, has no minimum evidence; right in `metrics/flakes.ts`.
 */
export function legacyFlipScore(codes: Uint8Array): number {
  const { considered, flips } = walk(codes);
  return considered === 0 ? 0 : (100 * flips) / considered;
}

/**
 * Edges (seed 2.4): the last pass before each flip, and each flaky cell but a first one.
 * Wrong: a flip after a flaky cell points at a pass long before. The seed gives the number 0 for an empty row and
 * then throws on its length; here that is no edges.
 */
export const legacyEdges = (codes: Uint8Array): readonly number[] => walk(codes).edges;

export interface LegacyWindow {
  /** Index of the newest and of the oldest cell. */
  readonly from: number;
  readonly to: number;
  /** Flip score of the cells between them, percent. */
  readonly score: number;
}

export interface LegacyOptimal {
  readonly windows: readonly LegacyWindow[];
  /** The codes with what the seed calls flakes set to 13. */
  readonly relabelled: Uint8Array;
}

/**
 * The optimal windows of flakiness above a threshold in percent (seed 2.4), and the row relabelled with them.
 * Wrong: relabels up to the last window tried, not the one kept; scores rows about the run as a whole; a window is
 * kept on two failures. Right in `metrics/flakes.ts` (shares with intervals). A row of empty cells throws in the seed;
 * here it has no windows. Two windows of the same cells are one, as in the seed.
 */
export function legacyOptimal(codes: Uint8Array, threshold = 30): LegacyOptimal {
  const relabelled = codes.slice();
  const windows = new Map<string, LegacyWindow>();
  const edges = legacyEdges(codes);
  for (let p = 0, q = 0; p < edges.length - 1; p = q) {
    const from = edges[p] ?? 0;
    let kept: LegacyWindow | null = null;
    let tried = from;
    for (q = p + 1; ; q += 1) {
      const to = edgeEnd(codes, edges[q] ?? 0);
      tried = to;
      const score = legacyFlipScore(codes.subarray(from, to + 1));
      if (score > threshold) kept = { from, to, score };
      if (score <= threshold || q === edges.length - 1) break;
    }
    if (kept === null) continue;
    windows.set(`${kept.from}-${kept.to}`, kept);
    relabel(relabelled, from, tried);
  }
  return { windows: [...windows.values()], relabelled };
}

/** The first failed or flaky cell from here on. */
function edgeEnd(codes: Uint8Array, edge: number): number {
  let at = edge;
  while (at < codes.length - 1 && codes[at] !== STATUS.FAIL && codes[at] !== STATUS.FLAKY) at += 1;
  return at;
}

function relabel(codes: Uint8Array, from: number, to: number): void {
  for (let k = from; k <= to; k += 1) {
    if (codes[k] !== STATUS.FAIL) continue;
    codes[k] = STATUS.FLAKY;
    if (codes[k + 1] === STATUS.FAIL) codes[k + 1] = STATUS.FLAKY;
  }
}

/**
 * The row as the seed's charts label it (2.4): CI's own flaky label dropped, then every failure a flake when the
 * row's score is above the threshold. Wrong: throws away what CI saw, and makes a broken test a flaky one.
 */
export function legacyAnnotation(codes: Uint8Array, score: number, threshold = 30): Uint8Array {
  const bad = score > threshold ? STATUS.FLAKY : STATUS.FAIL;
  return codes.map((code) => (code === STATUS.FLAKY || code === STATUS.FAIL ? bad : code));
}

export interface LegacyPersistence {
  /** Share of the series of failures that are longer than one cell. */
  readonly consecutive: number;
  /** Mean length of a series, cells. */
  readonly meanLength: number;
  /** Mean time to fix, ms. */
  readonly meanTimeToFix: number;
  /** Series right after a pass, and right before one, by cells of the row. */
  readonly passToFail: number;
  readonly failToPass: number;
}

/**
 * Metrics 15 to 19 of one row (seed 3.2); `times` are the columns' starts in ms, newest first.
 * Wrong: an empty cell ends a series, counts as a fix and hides a transition; a series that still fails counts as
 * fixed at the newest run; rates are over cells, empty ones too. Right in `metrics/persistence.ts`. The seed divides by
 * zero on a row without cells; here that is 0.
 */
export function legacyPersistence(codes: Uint8Array, times: readonly number[]): LegacyPersistence {
  const failed = (i: number): boolean => codes[i] === STATUS.FAIL;
  const lengths: number[] = [];
  let time = 0;
  let passToFail = 0;
  let failToPass = 0;
  for (let from = 0; from < codes.length; from += 1) {
    if (!failed(from)) continue;
    let to = from;
    while (failed(to + 1)) to += 1;
    lengths.push(to - from + 1);
    time += (times[Math.max(0, from - 1)] ?? 0) - (times[to] ?? 0);
    if (codes[to + 1] === STATUS.PASS) passToFail += 1;
    if (codes[from - 1] === STATUS.PASS) failToPass += 1;
    from = to;
  }
  const each = (sum: number, of: number): number => (of === 0 ? 0 : sum / of);
  const cells = lengths.reduce((sum, length) => sum + length, 0);
  return {
    consecutive: each(lengths.filter((length) => length > 1).length, lengths.length),
    meanLength: each(cells, lengths.length),
    meanTimeToFix: each(time, lengths.length),
    passToFail: each(passToFail, codes.length),
    failToPass: each(failToPass, codes.length),
  };
}

export interface LegacyFixes {
  readonly failed: number;
  /** Cells that pass here and failed in the next older column. */
  readonly fixed: number;
  /** Fixed by failures of the next older column. */
  readonly share: number;
}

/**
 * Metric 14 for each of the first `columns` columns (seed 3.2).
 * Wrong: an empty cell between failure and pass hides the fix, so install failures look like fixes of half the tests;
 * rows about the run as a whole count. The seed divides the oldest column by another grid's newest, and 0 by 0; here
 * both are 0. Right in `metrics/fixes.ts`.
 */
export function legacyFixes(rows: readonly Uint8Array[], columns: number): readonly LegacyFixes[] {
  const count = (test: (codes: Uint8Array) => boolean): number => rows.filter(test).length;
  return Array.from({ length: columns }, (_, j) => {
    const before = count((codes) => codes[j + 1] === STATUS.FAIL);
    const fixed = count((codes) => codes[j] === STATUS.PASS && codes[j + 1] === STATUS.FAIL);
    return { failed: count((codes) => codes[j] === STATUS.FAIL), fixed, share: before === 0 ? 0 : fixed / before };
  });
}
