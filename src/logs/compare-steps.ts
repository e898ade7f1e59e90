// How long each step took in two runs of a job, side by side.
import type { CiOperatorLog, LoggedStep } from './ci-operator.ts';

/** A step that ran in both runs. */
export interface StepPair {
  /** In the failing run. */
  readonly step: LoggedStep;
  /** In the passing run. */
  readonly before: LoggedStep;
}

/** A duration has changed markedly by this factor and by this much, both. */
const MARKED_FACTOR = 1.5;
const MARKED_MS = 5 * 60_000;
const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** The steps that ran in both runs, in the failing run's order. */
export function compareSteps(failing: CiOperatorLog, passing: CiOperatorLog): StepPair[] {
  const known = new Map(passing.steps.map((step) => [step.name, step]));
  return failing.steps.flatMap((step) => {
    const before = known.get(step.name);
    return before ? [{ step, before }] : [];
  });
}

/** By how many milliseconds the step's duration differs. */
export const changeOf = ({ step, before }: StepPair): number =>
  Math.abs(millisecondsOf(step.took) - millisecondsOf(before.took));

/** True for a step that took much longer or shorter; that a failed step ended early says nothing. */
export function hasChangedMarkedly(pair: StepPair): boolean {
  const [now, then] = [millisecondsOf(pair.step.took), millisecondsOf(pair.before.took)];
  if (!pair.step.passed && now < then) return false;
  return changeOf(pair) >= MARKED_MS && Math.max(now, then) >= MARKED_FACTOR * Math.min(now, then);
}

/** Milliseconds of a duration as Go and ci-operator write it, e.g. `1h2m3.5s`. */
export function millisecondsOf(took: string): number {
  let sum = 0;
  for (const [, number = '', unit = ''] of took.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|h|m|s)/g))
    sum += Number(number) * (UNITS[unit] ?? 0);
  return sum;
}
