// Breaks put into real rows: the row's own results in random order, then failures with probability q from a run on.
import { seeded, shuffled, type Series } from './series.ts';

/** How a break behaves: the probability of failure `i` runs after it came in. */
export interface Break {
  readonly name: string;
  readonly rate: (i: number) => number;
}

export const BREAKS: readonly Break[] = [
  { name: 'q = 1', rate: () => 1 },
  { name: 'q = .7', rate: () => 0.7 },
  { name: 'q = .4', rate: () => 0.4 },
  { name: 'ramp .2 to 1', rate: (i) => Math.min(1, 0.2 + 0.1 * i) },
];

export interface Group {
  readonly name: string;
  readonly takes: (rate: number, runs: number) => boolean;
}

/** Rows by how often they fail by themselves. */
export const GROUPS: readonly Group[] = [
  { name: 'never failed', takes: (rate) => rate === 0 },
  { name: 'under 5 %', takes: (rate) => rate > 0 && rate < 0.05 },
  { name: '5 to 20 %', takes: (rate, runs) => rate >= 0.05 && rate <= 0.2 && runs >= 50 },
];

const ENOUGH = 25;

/** At most `count` rows of a group, the same ones for the same seed; events are masked. */
export function rowsOf(rows: readonly Series[], { takes }: Group, count: number, seed: number): (readonly boolean[])[] {
  const fitting = rows
    .map(({ masked }) => masked)
    .filter((row) => row.length >= ENOUGH && takes(row.filter(Boolean).length / row.length, row.length));
  return shuffled(fitting, seeded(seed)).slice(0, count);
}

/** The row in random order, broken `runs` runs before its end. */
export function inject(row: readonly boolean[], { rate }: Break, runs: number, random: () => number): boolean[] {
  const mixed = shuffled(row, random);
  const from = mixed.length - runs;
  for (let i = from; i < mixed.length; i += 1) if (random() < rate(i - from)) mixed[i] = true;
  return mixed;
}
