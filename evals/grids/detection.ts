// How many injected breaks each rule sees within so many runs: at the last of them, or at any.
import type { Detector } from './detectors.ts';
import { inject, type Break } from './injections.ts';
import { seeded } from './series.ts';

export interface Detected {
  readonly now: number;
  readonly ever: number;
  readonly n: number;
}

/** Breaks that are tried at least: a group of few rows is broken several times. */
const LEAST = 2_000;

export function detected(
  rows: readonly (readonly boolean[])[],
  { says }: Detector,
  kind: Break,
  runs: number,
  seed: number,
): Detected {
  const random = seeded(seed);
  const sum = { now: 0, ever: 0, n: 0 };
  for (let repeat = 0; sum.n < LEAST; repeat += 1)
    for (const row of rows) {
      const series = inject(row, kind, runs, random);
      const said = Array.from({ length: runs }, (_, i) => says(series.slice(0, series.length - runs + i + 1)));
      if (said.at(-1) === true) sum.now += 1;
      if (said.includes(true)) sum.ever += 1;
      sum.n += 1;
    }
  return sum;
}
