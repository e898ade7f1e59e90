// Is a test broken now? The change-point score, and for tests that fail now and then a sum too high for their rate.
import { findRegression } from './changepoint.ts';

/**
 * Score above which a rise of the failure rate is an alarm, and failures it needs after it. LUCI's own bar is 0, the
 * pilot's -3 (`science.md` 2.5); these and the constants below were chosen on a third of the recorded jobs
 * (`npm run eval:grids` scores the others).
 */
export const LIKELY = -2;
const FAILURES_AFTER = 3;
/** Background failure rate above which a test counts as noisy. */
const NOISY = 0.05;
/** A broken test fails at about this rate; the likelihood ratio is taken against it. */
const BROKEN_RATE = 0.6;
/** Cumulative log likelihood ratio, broken against as before, at which a noisy test counts as broken. */
const NOISY_ALARM = 7.1;
/** The newest results, left out when the background rate is taken. */
const NEWEST = 10;

/**
 * True when the newest results say that the test is broken. For noisy tests a cumulative sum (CUSUM) of log likelihood
 * ratios is used beside the change-point score, whose prior asks too much of them.
 * @param failed completed results, oldest first
 */
export function isBroken(failed: readonly boolean[]): boolean {
  const change = findRegression(failed);
  if (change !== null && change.score > LIKELY && failed.slice(change.at).filter(Boolean).length >= FAILURES_AFTER)
    return true;
  return isNoisyAndBroken(failed);
}

function isNoisyAndBroken(failed: readonly boolean[]): boolean {
  const background = failed.slice(0, Math.max(NEWEST, failed.length - NEWEST));
  const rate = (background.filter(Boolean).length + 0.3) / (background.length + 0.8);
  if (rate <= NOISY || rate >= BROKEN_RATE) return false;
  const onFail = Math.log(BROKEN_RATE / rate);
  const onPass = Math.log((1 - BROKEN_RATE) / (1 - rate));
  let sum = 0;
  for (const bad of failed) sum = Math.max(0, sum + (bad ? onFail : onPass));
  return sum > NOISY_ALARM;
}
