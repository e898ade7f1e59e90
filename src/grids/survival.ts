// Durations of runs: how likely a run that still runs ends red, whether runs got slower, whether a time limit cuts them.
import { shareOf } from './beta.ts';

export interface TimedRun {
  readonly minutes: number;
  /** `cut off`: timed out, aborted or still running; how it would have ended is not known. */
  readonly end: 'passed' | 'failed' | 'cut off';
}

/** What is known of a run that still runs, from `minutes` until the next step. */
export interface StillRunning {
  readonly minutes: number;
  /** P(ends red | still running after this time), with its 95 % interval. */
  readonly red: number;
  readonly low: number;
  readonly high: number;
  /** Runs that took longer than this. */
  readonly atRisk: number;
  /** Of these, the ones whose end is known: the interval is of so many. */
  readonly known: number;
}

/**
 * P(red | still running) as a step function, first step at 0 minutes, last before the longest run with a known end.
 *
 * Kaplan-Meier for a run still running, Aalen-Johansen for red and green as competing ends: a run cut off counts as at
 * risk until then and for neither end after it. Without such runs a step is the plain share of red ones among the
 * runs that took longer. What lies behind the longest known end is not guessed at. Replaces the seed's stopping point
 * (`seed-analyses.md` 6.1): one family fitted to passing and failing durations, each on a scale of its own.
 */
export function redIfStillRunning(runs: readonly TimedRun[]): readonly StillRunning[] {
  const timed = runs.filter(({ minutes }) => Number.isFinite(minutes) && minutes >= 0);
  const ends = [...new Set(timed.filter(({ end }) => end !== 'cut off').map(({ minutes }) => minutes))];
  const hazards = ends
    .sort((a, b) => a - b)
    .map((minutes) => {
      const now = timed.filter((run) => run.minutes === minutes);
      const running = timed.filter((run) => run.minutes >= minutes).length;
      const count = (end: TimedRun['end']): number => now.filter((run) => run.end === end).length;
      return { minutes, red: count('failed') / running, green: count('passed') / running };
    });
  const steps: StillRunning[] = [];
  // Backwards: of the runs alive just before an end, the shares that will be seen to end red and green.
  let red = 0;
  let green = 0;
  for (const [i, hazard] of [...hazards.entries()].reverse()) {
    const alive = 1 - hazard.red - hazard.green;
    red = hazard.red + alive * red;
    green = hazard.green + alive * green;
    const after = hazards[i - 1]?.minutes ?? Math.min(0, hazard.minutes);
    if (after < hazard.minutes) steps.push(step(timed, after, red / (red + green)));
  }
  return steps.reverse();
}

function step(runs: readonly TimedRun[], minutes: number, red: number): StillRunning {
  const longer = runs.filter((run) => run.minutes > minutes);
  const known = longer.filter(({ end }) => end !== 'cut off').length;
  const { low, high } = shareOf(red * known, known);
  return { minutes, red, low, high, atRisk: longer.length, known };
}

/**
 * Minutes after which a run may be stopped: the first step at which red is at least this certain by the lower end of
 * its interval (the share of stopped runs that would have been red). Null when there is none.
 */
export const stoppingPoint = (steps: readonly StillRunning[], certainty = 0.95): number | null =>
  steps.find(({ low }) => low >= certainty)?.minutes ?? null;

export interface Drift {
  /** The latest duration by the usual one; the geometric median of several. */
  readonly ratio: number;
  /** How many robust standard deviations (of log durations) that is off. */
  readonly z: number;
  /** Earlier runs compared with. */
  readonly n: number;
}

/** Earlier runs without which nothing is said. */
const ENOUGH = 5;
/** Spread of log durations that is always there: 1 %. Runs of a constant time would make every second significant. */
const LEAST_SPREAD = 0.01;

/**
 * Whether the latest runs took longer or shorter than earlier passing ones (durations in one unit, any): median of log
 * durations against median and MAD of the earlier ones. Null with fewer than five earlier ones or no latest one.
 */
export function durationDrift(latest: readonly number[], earlierPassing: readonly number[]): Drift | null {
  const now = logs(latest);
  const before = logs(earlierPassing);
  if (now.length === 0 || before.length < ENOUGH) return null;
  const usual = median(before);
  const spread = Math.max(LEAST_SPREAD, 1.4826 * median(before.map((own) => Math.abs(own - usual))));
  const off = median(now) - usual;
  return { ratio: Math.exp(off), z: off / spread, n: before.length };
}

const logs = (durations: readonly number[]): number[] =>
  durations.filter((duration) => duration > 0 && Number.isFinite(duration)).map(Math.log);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  return ((sorted[(n - 1) >> 1] ?? 0) + (sorted[n >> 1] ?? 0)) / 2;
}

export interface TimeLimit {
  /** Longest of the runs that reached it. */
  readonly minutes: number;
  /** Indices of the runs that did not pass and ended within 1 % of it. */
  readonly runs: readonly number[];
  /** Runs with a duration. */
  readonly n: number;
}

/** Width of the band below the limit, of its minutes. */
const BAND = 0.01;
const REACHED = 3;

/**
 * A time limit that runs reach: at least three that did not pass end within 1 % of the longest, three times as many
 * as in the 1 % below, and no run passes as late. Null without. A guess from durations alone: a job that always fails
 * at the same step looks so too; the log tells.
 */
export function timeLimit(runs: readonly TimedRun[]): TimeLimit | null {
  const timed = [...runs.entries()].filter(([, { minutes }]) => Number.isFinite(minutes) && minutes > 0);
  const longest = timed.reduce((most, [, { minutes }]) => Math.max(most, minutes), 0);
  const reached = timed.filter(([, { minutes }]) => minutes >= longest * (1 - BAND));
  const near = timed.filter(([, { minutes }]) => minutes >= longest * (1 - 2 * BAND));
  if (reached.some(([, { end }]) => end === 'passed')) return null;
  if (reached.length < REACHED * Math.max(1, near.length - reached.length)) return null;
  return { minutes: longest, runs: reached.map(([i]) => i), n: timed.length };
}
