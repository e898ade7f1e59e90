// Where a break came in: how often the 95 % set holds the true run, and how wide it is beside LUCI's 99 % range.
import { isBroken } from '../../src/grids/broken.ts';
import { locateRise } from '../../src/grids/changepoint.ts';
import { inject, type Break } from './injections.ts';
import { seeded } from './series.ts';

export interface Located {
  readonly n: number;
  readonly covered: number;
  readonly width: number;
  readonly luciCovered: number;
  readonly luciWidth: number;
  /** The single likeliest run is the true one. */
  readonly exact: number;
}

const REPEATS = 4;
const FIRST = 3;
const LAST = 20;

/** Over rows whose break is alarmed of, broken 3 to 20 runs ago. */
export function locate(rows: readonly (readonly boolean[])[], kind: Break, seed: number): Located {
  const random = seeded(seed);
  const sum = { n: 0, covered: 0, width: 0, luciCovered: 0, luciWidth: 0, exact: 0 };
  for (let repeat = 0; repeat < REPEATS; repeat += 1)
    for (const row of rows) {
      const runs = FIRST + Math.floor(random() * (LAST - FIRST + 1));
      if (runs > row.length - 10) continue;
      const series = inject(row, kind, runs, random);
      const position = isBroken(series) ? locateRise(series) : null;
      if (!position) continue;
      const truth = series.length - runs;
      const [low, high] = position.range99;
      sum.n += 1;
      sum.covered += Number(position.set.includes(truth));
      sum.width += position.set.length;
      sum.luciCovered += Number(low <= truth && truth <= high);
      sum.luciWidth += high - low + 1;
      sum.exact += Number(position.best === truth);
    }
  return sum;
}
