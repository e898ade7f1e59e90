// The alarm rules that are compared: does this series, read to its newest result, say "broken"?
import { findRegression } from '../../src/grids/changepoint.ts';
import { isBroken } from '../../src/grids/broken.ts';

export interface Detector {
  readonly name: string;
  /** @param failed results oldest first */
  readonly says: (failed: readonly boolean[]) => boolean;
}

const inARow = (failed: readonly boolean[]): number => failed.length - 1 - failed.lastIndexOf(false);
const luci = (above: number) => (failed: readonly boolean[]) => (findRegression(failed)?.score ?? -Infinity) > above;

export const DETECTORS: readonly Detector[] = [
  { name: 'whyred', says: isBroken },
  { name: 'LUCI > -3', says: luci(-3) },
  { name: 'LUCI default', says: luci(0) },
  { name: 'TestGrid, 3 in a row', says: (failed) => inARow(failed) >= 3 },
  { name: 'Fisher on 7 runs, 95 %', says: (failed) => fisher(failed, 7) < 0.05 },
  { name: 'seed: naive > 30 %', says: (failed) => failed.filter(Boolean).length > 0.3 * failed.length },
  { name: 'seed: flips > 30 %', says: flips },
];

/** One-sided Fisher exact: are failures more frequent in the newest `window` runs than before? */
function fisher(failed: readonly boolean[], window: number): number {
  const recent = failed.slice(-window).filter(Boolean).length;
  if (recent === 0) return 1;
  const total = failed.filter(Boolean).length;
  const n = failed.length;
  let p = 0;
  for (let k = recent; k <= Math.min(window, total); k += 1)
    p += Math.exp(lnChoose(total, k) + lnChoose(n - total, window - k) - lnChoose(n, window));
  return p;
}

const lnFactorials = [0];
function lnFactorial(n: number): number {
  for (let i = lnFactorials.length; i <= n; i += 1) lnFactorials.push((lnFactorials[i - 1] ?? 0) + Math.log(i));
  return lnFactorials[n] ?? 0;
}
const lnChoose = (n: number, k: number): number =>
  k < 0 || k > n ? -Infinity : lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);

/** The seed's flip score on completed results: pass-to-fail changes, newest first, of all runs. */
function flips(failed: readonly boolean[]): boolean {
  let count = 0;
  for (let i = 0; i + 1 < failed.length; i += 1) if (failed[i] === true && failed[i + 1] === false) count += 1;
  return count > 0.3 * failed.length;
}
