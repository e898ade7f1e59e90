// Does a series of results change from passing to failing, and where? LUCI's Bayesian two-segment statistic.

/** LUCI's prior for a first attempt, Beta(.3, .5) (luci-go analysis/internal/changepoints; `science.md` 2.2). */
const ALPHA = 0.3;
const BETA = 0.5;
/** Prior log odds that a change happened at all. */
const LN_CHANGE_PRIOR = Math.log(1e-4);

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

/** Log likelihood of k failures in n results under the beta-binomial prior. */
const segment = (k: number, n: number): number => risingAlpha(k) + risingBeta(n - k) - risingBoth(n);

export interface ChangePoint {
  /** Log odds that the failure rate rose: above 0 a regression, -3 to 0 likely (`science.md` 2.5). */
  readonly score: number;
  /** Index of the first result of the failing segment at the best position. */
  readonly at: number;
}

/**
 * The best position at which the failure rate rises.
 * @param failed results from oldest to newest, true for a failure
 * @returns null when no pass is followed by a failure with a higher rate after it
 */
export function findRegression(failed: readonly boolean[]): ChangePoint | null {
  const n = failed.length;
  const total = failed.filter(Boolean).length;
  let before = 0;
  let best: ChangePoint | null = null;
  for (let t = 1; t < n; t += 1) {
    if (failed[t - 1] === true) before += 1;
    if (failed[t - 1] === true || failed[t] !== true) continue;
    if ((total - before) / (n - t) <= before / t) continue;
    const score = segment(before, t) + segment(total - before, n - t) - segment(total, n) + LN_CHANGE_PRIOR;
    if (!best || score > best.score) best = { score, at: t };
  }
  return best;
}

/** A share of `k` in `n` with its 95 % interval (Wilson). */
export function wilson(k: number, n: number): { rate: number; low: number; high: number } {
  if (n === 0) return { rate: 0, low: 0, high: 1 };
  const z = 1.959964;
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { rate: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
