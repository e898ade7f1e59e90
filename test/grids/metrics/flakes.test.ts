import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridMetrics } from '../../../src/grids/metrics/all.ts';
import { flipRate } from '../../../src/grids/metrics/flakes.ts';
import type { Metric } from '../../../src/grids/metrics/metric.ts';
import { micro } from '../../support/golden.ts';
import { gridOf, of, named } from './support.ts';

describe('flakes', () => {
  const flips = (pattern: string | Uint8Array): Metric => {
    const row = gridOf({ test: pattern }).rows[0];
    if (!row) throw new Error('no row');
    return flipRate(row);
  };

  it.each<[keyof typeof micro, number | null, number]>([
    ['gap1', 0, 2], // three failures in a row, whatever is empty between them
    ['gap2', 0, 4],
    ['X1', null, 0],
    ['X2', 1, 1],
    ['X3', 2 / 3, 3], // the running cell is no result
    ['dir1', 3 / 4, 4],
    ['dir2', 3 / 4, 4],
    ['F24', null, 0],
    ['P24', 0, 24],
    ['B1', 0, 13],
    ['G3', 4 / 10, 10],
    ['empty', null, 0],
  ])('of %s', (id, value, n) => {
    const found = flips(micro[id]);
    expect([found.value, found.n]).toEqual([value, n]);
  });

  it('flip as often read from either end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 4, 12, 13), { maxLength: 40 }), (codes) => {
        const forward = flips(Uint8Array.from(codes));
        expect(flips(Uint8Array.from(codes.toReversed()))).toEqual(forward);
        expect(flips(Uint8Array.from(codes.filter((code) => code !== 0)))).toEqual(forward);
        if (forward.value !== null) expect(forward.value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are counted by result and by test', () => {
    const metrics = gridMetrics(gridOf({ Overall: 'KKKKK', a: 'KPKP.', b: 'PPPF.', c: '.5' }));

    expect(of(metrics, 12)).toEqual([2, 8]);
    expect(of(metrics, 13)).toEqual([0.25, 8]);
    expect(named(metrics, 'tests with a flaky result')).toBe(1);
  });
});
