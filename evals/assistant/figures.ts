// Figures of the evals: a value with its n, its interval and its bar; tests hand them to the scoreboard.
import type { TestContext } from 'vitest';
import { shareOf } from '../../src/grids/beta.ts';

export interface Figure {
  /** By which the committed score knows it. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'share' | 'count' | 'amount';
  readonly value: number;
  readonly n: number;
  /** 95 %, of the share (of a count: of its share in `n`); null for an amount. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Null for what tells how hard a measure is, and is neither good nor bad. */
  readonly better: 'higher' | 'lower' | null;
  /** What it must reach, or not exceed; null for one that is only told. */
  readonly bar: number | null;
  /** Share by which it may be worse than its committed score. */
  readonly slack: number;
}

interface Told {
  readonly bar?: number;
  readonly better?: Figure['better'];
  readonly slack?: number;
}

/** `k` of `n`, by Jeffreys' interval. */
export function share(id: string, name: string, k: number, n: number, told: Told = {}): Figure {
  const { rate, low, high } = shareOf(k, n);
  const { bar = null, better = 'higher', slack = 0 } = told;
  return { id, name, kind: 'share', value: rate, n, interval: [low, high], better, bar, slack };
}

/** How often something happened in `n` that must not happen more than `bar` times. */
export function count(id: string, name: string, value: number, n: number, bar: number | null = 0): Figure {
  const { low, high } = shareOf(value, n);
  return { id, name, kind: 'count', value, n, interval: [low, high], better: 'lower', bar, slack: 0 };
}

/** A size that should be small. */
export function amount(id: string, name: string, value: number, n: number, told: Told = {}): Figure {
  const { bar = null, better = 'lower', slack = 0 } = told;
  return { id, name, kind: 'amount', value, n, interval: null, better, bar, slack };
}

/** Hands figures to the scoreboard; a share without cases is no figure. */
export function tell({ task }: TestContext, figures: readonly Figure[]): void {
  task.meta.figures = [...(task.meta.figures ?? []), ...figures.filter(({ n }) => n > 0)];
}

export const meets = ({ value, bar, better }: Figure): boolean =>
  bar === null || (better === 'lower' ? value <= bar : value >= bar);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figure[];
  }
}
