// The beta distribution: shares with their intervals, and how likely so long a stretch without an event is.

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const STEPS = 300;
const TINY = 1e-300;
const MOST_STEPS = 100;
const PRECISE = 1e-12;

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const t = x + 6.5;
  const sum = LANCZOS.reduce((total, c, i) => (i === 0 ? c : total + c / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** P(X ≤ x) for X ~ Beta(a, b), a and b > 0: the regularised incomplete beta function (continued fraction, Lentz). */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= c * d;
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return front * value;
}

/** The x with P(X ≤ x) = p for X ~ Beta(a, b): Newton's steps, halving where one would leave what is left. */
export function betaQuantile(p: number, a: number, b: number): number {
  const lnBeta = lnGamma(a) + lnGamma(b) - lnGamma(a + b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let i = 0; i < MOST_STEPS && high - low > PRECISE; i += 1) {
    const off = betaCdf(x, a, b) - p;
    if (off < 0) low = x;
    else high = x;
    const next = x - off / Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - lnBeta);
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - x) < PRECISE) return inside;
    x = inside;
  }
  return x;
}

/** Jeffreys' prior of a share. */
const PRIOR = 0.5;

interface Share {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** Shares worked out already, by counts: a grid has thousands of rows and few different counts. */
const known = new Map<number, Share>();
const MOST_KNOWN = 50_000;
/** More results than a row has. */
const ROOM = 65_536;

/**
 * A share of `k` in `n` with its 95 % interval: the middle of the posterior under Jeffreys' prior, and 0 and 1
 * themselves where nothing or all was seen. The one interval of every share in this project.
 */
export function shareOf(k: number, n: number): Share {
  if (n === 0) return { rate: 0, low: 0, high: 1 };
  const key = n * ROOM + k;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const [a, b] = [k + PRIOR, n - k + PRIOR];
  const low = k <= 0 ? 0 : betaQuantile(0.025, a, b);
  const high = k >= n ? 1 : betaQuantile(0.975, a, b);
  const share = { rate: k / n, low, high };
  known.set(key, share);
  return share;
}

/**
 * The chance that `more` further results are all without the event that `k` of `n` had: with the share's posterior
 * Beta(a, b) it is B(a, b + more) / B(a, b) = Π (b + i) / (a + b + i), i from 0 to more - 1. A small one says that
 * the share is another by now.
 */
export function chanceOfNone(k: number, n: number, more: number): number {
  let chance = 1;
  for (let i = 0; i < more; i += 1) chance *= (n - k + PRIOR + i) / (n + 2 * PRIOR + i);
  return chance;
}
