// How many injected breaks each rule sees within so many runs: at the last of them, or at any.
import type { Detector } from './detectors.ts';
import { inject, type Break } from './injections.ts';
import { seeded } from './series.ts';

export interface Detected {
  readonly now: number;
  readonly ever: number;
  readonly n: number;
}

export function detected(
  rows: readonly (readonly boolean[])[],
  { says }: Detector,
  kind: Break,
  runs: number,
  seed: number,
): Detected {
  const random = seeded(seed);
  let now = 0;
  let ever = 0;
  for (const row of rows) {
    const series = inject(row, kind, runs, random);
    const said = Array.from({ length: runs }, (_, i) => says(series.slice(0, series.length - runs + i + 1)));
    if (said.at(-1) === true) now += 1;
    if (said.includes(true)) ever += 1;
  }
  return { now, ever, n: rows.length };
}
