import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridMetrics, rowMetrics } from '../../../src/grids/metrics/all.ts';
import { fixesPerRun } from '../../../src/grids/metrics/fixes.ts';
import { persistenceMetrics } from '../../../src/grids/metrics/persistence.ts';
import { gridC } from '../../support/golden.ts';
import { HOUR, gridOf, kpi, of, named } from './support.ts';

describe('persistence', () => {
  it('ignores empty cells, and counts what still fails as at risk, not as fixed', () => {
    // Oldest first: P F . F P, then F F to now. Runs an hour apart.
    const metrics = persistenceMetrics(gridOf({ test: 'FFPF.FP' }));

    // Two series: two failures fixed 3 hours after the first; two failures so far, 1 hour apart.
    expect(of(metrics, 15)).toEqual([4, 1]);
    expect(of(metrics, 16)).toEqual([4 * HOUR, 1]);
    expect(of(metrics, 17)).toEqual([1, 2]);
    expect(of(metrics, 18)).toEqual([1, 2]);
    expect(of(metrics, 19)).toEqual([1 / 3, 3]);
    expect(named(metrics, 'tests failing now')).toBe(1);
  });

  it('does not decide on a single failure that is the newest', () => {
    const metrics = persistenceMetrics(gridOf({ test: 'FP.FP' }));

    expect(of(metrics, 17)).toEqual([0, 1]);
    expect(of(metrics, 16)).toEqual([2 * HOUR, 1]);
  });

  it('leaves columns out, and is not measured where nothing failed', () => {
    const metrics = persistenceMetrics(gridOf({ test: 'PPFPP' }), { exclude: new Set([2]) });

    expect(of(metrics, 15)).toEqual([null, 0]);
    expect(of(metrics, 16)).toEqual([null, 0]);
    expect(of(metrics, 17)).toEqual([null, 0]);
    expect(of(metrics, 18)).toEqual([0, 3]);
    expect(of(metrics, 19)).toEqual([null, 0]);
  });

  it('of grid C: authentication never was fixed, where the seed saw four fixes', () => {
    const authentication = rowMetrics(gridC(), 8);
    const containerTest = rowMetrics(gridC(), 1);

    expect(of(authentication, 15)).toEqual([null, 0]);
    expect(of(authentication, 16)).toEqual([null, 0]);
    expect(of(authentication, 17)).toEqual([1, 1]);
    // One fix in column 21: 8 failures before it, 19 since.
    expect(of(containerTest, 15)).toEqual([27, 1]);
    const time = (column: number): number => gridC().columns[column]?.time ?? 0;
    expect(of(containerTest, 16)).toEqual([time(21) - time(29) + time(0) - time(20), 1]);
    expect(rowMetrics(gridC(), 99)).toEqual([]);
  });

  it('says the same of a row without its empty cells, but for time', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 12, 13), { maxLength: 40 }), (codes) => {
        const metrics = persistenceMetrics(gridOf({ test: Uint8Array.from(codes) }));
        const squeezed = persistenceMetrics(gridOf({ test: Uint8Array.from(codes.filter((code) => code !== 0)) }));
        for (const number of [15, 17, 18, 19]) expect(of(squeezed, number)).toEqual(of(metrics, number));
        expect(kpi(metrics, 16)?.value ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('fixes', () => {
  it('are seen over runs without a result', () => {
    const grid = gridOf({ Overall: 'PFFF', a: 'P.FP', b: 'F.FP', c: '..FP', d: 'PPFP' });

    expect(fixesPerRun(grid).map(({ fixed, n }) => [fixed, n])).toEqual([
      [1, 2],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    expect(of(gridMetrics(grid), 14)).toEqual([1 / 2, 2]);
  });

  it('of grid C do not jump where an install failed', () => {
    const found = fixesPerRun(gridC());

    // The seed has .5 here: `Pod` "fixed", of the two failures of the failed install.
    for (const column of [12, 14]) expect([found[column]?.fixed, found[column]?.n]).toEqual([0, 0]);
    expect([found[0]?.fixed, found[0]?.n]).toEqual([1, 10]);
    expect([found[21]?.fixed, found[21]?.n]).toEqual([1, 1]);
  });
});
