// Does a series of results change from passing to failing, and where? LUCI's Bayesian two-segment statistic.

/** LUCI's prior for a first attempt, Beta(.3, .5) (luci-go analysis/internal/changepoints; `science.md` 2.2). */
const ALPHA = 0.3;
const BETA = 0.5;
/** Prior log odds that a change happened at all. */
const LN_CHANGE_PRIOR = Math.log(1e-4);
/** Share of the posterior the set of possible positions holds. */
const SET_MASS = 0.95;

/** ln Γ(k + offset) - ln Γ(offset), as a sum kept up to the largest k asked for. */
function risingLog(offset: number): (k: number) => number {
  const sums = [0];
  return (k) => {
    for (let i = sums.length; i <= k; i += 1) sums.push((sums[i - 1] ?? 0) + Math.log(i - 1 + offset));
    return sums[k] ?? 0;
  };
}
const risingAlpha = risingLog(ALPHA);
const risingBeta = risingLog(BETA);
const risingBoth = risingLog(ALPHA + BETA);

/** Log likelihood of `k` failures in `n` results under the beta-binomial prior. */
export const segmentLikelihood = (k: number, n: number): number => risingAlpha(k) + risingBeta(n - k) - risingBoth(n);

export interface ChangePoint {
  /** Log odds that the failure rate changed: above 0 a change, -3 to 0 likely (`science.md` 2.5). */
  readonly score: number;
  /** Index of the first result after the change at the best position. */
  readonly at: number;
}

/**
 * The best position at which the failure rate rises.
 * @param failed results from oldest to newest, true for a failure
 * @returns null when no pass is followed by a failure with a higher rate after it
 */
export const findRegression = (failed: readonly boolean[]): ChangePoint | null => bestSplit(failed, true);

/** The best position at which the failure rate falls; as {@link findRegression}. */
export const findRecovery = (failed: readonly boolean[]): ChangePoint | null => bestSplit(failed, false);

function bestSplit(failed: readonly boolean[], rises: boolean): ChangePoint | null {
  const n = failed.length;
  const total = count(failed, 0, n);
  let before = 0;
  let best: ChangePoint | null = null;
  for (let t = 1; t < n; t += 1) {
    if (failed[t - 1] === true) before += 1;
    // Only where the result changes can the two-segment likelihood have its maximum.
    if (failed[t - 1] === rises || failed[t] !== rises) continue;
    const difference = (total - before) / (n - t) - before / t;
    if (rises ? difference <= 0 : difference >= 0) continue;
    const score =
      segmentLikelihood(before, t) +
      segmentLikelihood(total - before, n - t) -
      segmentLikelihood(total, n) +
      LN_CHANGE_PRIOR;
    if (!best || score > best.score) best = { score, at: t };
  }
  return best;
}

/** A stretch of results with one failure rate: `from` (included) to `to` (not included). */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly failures: number;
  /** Score of the change that begins it; 0 for the first one. */
  readonly score: number;
}

/**
 * The series cut at every change whose score is above `threshold`, by recursive binary segmentation as LUCI does it.
 * @param failed results from oldest to newest
 */
export function segmentsOf(failed: readonly boolean[], threshold = 0): Segment[] {
  const segments: Segment[] = [];
  const cut = (from: number, to: number, score: number): void => {
    const part = failed.slice(from, to);
    const rise = findRegression(part);
    const fall = findRecovery(part);
    const best = rise && fall ? (rise.score >= fall.score ? rise : fall) : (rise ?? fall);
    if (best && best.score > threshold) {
      cut(from, from + best.at, score);
      cut(from + best.at, to, best.score);
    } else segments.push({ from, to, failures: count(failed, from, to), score });
  };
  cut(0, failed.length, 0);
  return segments;
}

export interface Position {
  /** Likeliest index of the first result after the change. */
  readonly best: number;
  /** Indices that hold the change with 95 % probability, oldest first. */
  readonly set: readonly number[];
  /** LUCI's own range, for comparison: the central 99 % of the posterior. */
  readonly range99: readonly [number, number];
}

/**
 * Where a rise of the failure rate came in: the posterior over every position (a pass after the break is possible, so
 * no position is ruled out; the break may come slowly), its highest-density 95 % set and the central 99 % range (`science.md` 2.5).
 * The best guess is never later than the first of the failures that are going on: by then it fails.
 * @returns null when no position has a higher rate after it
 */
export function locateRise(failed: readonly boolean[], mass = SET_MASS): Position | null {
  const n = failed.length;
  const total = count(failed, 0, n);
  const sums = new Uint32Array(n + 1);
  for (let i = 0; i < n; i += 1) sums[i + 1] = (sums[i] ?? 0) + (failed[i] === true ? 1 : 0);
  const constant: Logged[] = [];
  const logs: Logged[] = [];
  let before = 0;
  for (let t = 1; t < n; t += 1) {
    if (failed[t - 1] === true) before += 1;
    if ((total - before) / (n - t) <= before / t) continue;
    const own = segmentLikelihood(before, t);
    const steady = segmentLikelihood(total - before, n - t);
    constant.push({ at: t, value: own + steady });
    logs.push({ at: t, value: own + lnSum([steady, ...ramps(failed, t, sums)]) });
  }
  if (logs.length === 0) return null;
  const ranked = posterior(logs).sort((a, b) => b.weight - a.weight || b.at - a.at);
  const latest = failed.at(-1) === true ? failed.lastIndexOf(false) + 1 : n;
  const best = ranked.find(({ at }) => at <= latest)?.at ?? latest;
  const set = new Set<number>();
  let held = 0;
  for (const { at, weight } of ranked) {
    if (held >= mass) break;
    set.add(at);
    held += weight;
  }
  return { best, set: [...set.add(best)].sort((a, b) => a - b), range99: central(posterior(constant)) };
}

interface Logged {
  readonly at: number;
  readonly value: number;
}

interface Weighted {
  readonly at: number;
  readonly weight: number;
}

/** Log likelihoods under a uniform prior as weights that sum to 1. */
function posterior(logs: readonly Logged[]): Weighted[] {
  const total = lnSum(logs.map(({ value }) => value));
  return logs.map(({ at, value }) => ({ at, weight: Math.exp(value - total) }));
}

/** Runs a slow break may take until the test fails nearly always, and the rate it begins with. */
const RAMP_RUNS = [4, 7, 10, 14];
const RAMP_START = 0.15;
const RAMP_END = 0.95;
/**
 * Prior weight of all slow breaks together, against one of constant rate: with more of it slow breaks are covered better
 * and sudden ones located less sharply (`npm run eval:grids` prints both).
 */
const LN_RAMP_PRIOR = Math.log(0.05 / RAMP_RUNS.length);

/**
 * Log likelihoods of the results from `t` on if the test breaks slowly, with the prior of each speed.
 * @param before failures before each index: past its end a ramp is a steady break, of which only the counts matter
 */
function ramps(failed: readonly boolean[], t: number, before: Uint32Array): number[] {
  const n = failed.length;
  return RAMP_RUNS.map((runs) => {
    const end = Math.min(n, t + runs);
    let sum = LN_RAMP_PRIOR;
    for (let i = t; i < end; i += 1) {
      const rate = RAMP_START + ((RAMP_END - RAMP_START) * (i - t)) / runs;
      sum += Math.log(failed[i] === true ? rate : 1 - rate);
    }
    const late = (before[n] ?? 0) - (before[end] ?? 0);
    return sum + late * Math.log(RAMP_END) + (n - end - late) * Math.log(1 - RAMP_END);
  });
}

function lnSum(values: readonly number[]): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

function central(weights: readonly Weighted[]): readonly [number, number] {
  let low = weights[0]?.at ?? 0;
  let high = low;
  let held = 0;
  for (const { at, weight } of weights) {
    if (held <= 0.005) low = at;
    held += weight;
    high = at;
    if (held >= 0.995) break;
  }
  return [low, high];
}

function count(failed: readonly boolean[], from: number, to: number): number {
  let failures = 0;
  for (let i = from; i < to; i += 1) if (failed[i] === true) failures += 1;
  return failures;
}
