import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../src/grids/beta.ts';
import { gridMetrics, rowMetrics } from '../../../src/grids/metrics/all.ts';
import { buildMetrics } from '../../../src/grids/metrics/builds.ts';
import { correlationMetrics } from '../../../src/grids/metrics/correlated.ts';
import { failuresPerRun, testMetrics } from '../../../src/grids/metrics/tests.ts';
import { timeMetrics } from '../../../src/grids/metrics/time.ts';
import { durationsC, gridC } from '../../support/golden.ts';
import { gridOf, kpi, of, named } from './support.ts';

describe('runs of the job', () => {
  it('are counted over completed ones, with an interval', () => {
    const metrics = buildMetrics(gridOf({ Overall: 'RFP.FP2.P', 'job.Overall': 'FFFFFFFFF' }));

    expect(of(metrics, 5)).toEqual([4, 6]);
    expect(of(metrics, 6)).toEqual([4 / 6, 6]);
    expect(of(metrics, 7)).toEqual([2, 6]);
    expect(of(metrics, 8)).toEqual([2 / 6, 6]);
    const { low, high } = shareOf(4, 6);
    expect(kpi(metrics, 6)?.interval).toEqual([low, high]);
  });

  it('change from the ten before to the newest ten', () => {
    const change = kpi(buildMetrics(gridOf({ Overall: 'P10F5P5F9' })), 9);

    expect([change?.value, change?.n]).toEqual([0.5, 20]);
    expect(change?.interval?.[0]).toBeGreaterThan(0);
    expect(change?.interval?.[1]).toBeLessThan(1);
    expect(kpi(buildMetrics(gridOf({ Overall: 'P' })), 9)?.value).toBeNull();
  });

  it('are 29 failed of 30 in grid C', () => {
    const metrics = buildMetrics(gridC());

    expect(of(metrics, 5)).toEqual([1, 30]);
    expect(of(metrics, 8)).toEqual([29 / 30, 30]);
  });

  it('are not measured without their row', () => {
    expect(of(buildMetrics(gridOf({ test: 'PF' })), 6)).toEqual([null, 0]);
    expect(kpi(buildMetrics(gridOf({ test: 'PF' })), 6)?.interval).toBeNull();
  });
});

describe('results of tests', () => {
  it('are shares of the completed ones; blocked, aborted and pending stand apart', () => {
    const codes = Uint8Array.from([0, 1, 2, 3, 15, 12, 10, 9, 13, 8, 8, 5, 4]);
    const metrics = testMetrics(gridOf({ test: codes, Overall: Uint8Array.from(codes, () => 12) }));

    // Completed: 1, 2, 3, 15 pass; 12, 10, 9 fail; 13 flaky. Ended: those and 8, 8, 5.
    expect(of(metrics, 20)).toEqual([8, 8]);
    expect(of(metrics, 21)).toEqual([4, 8]);
    expect(of(metrics, 22)).toEqual([3, 8]);
    expect(of(metrics, 23)).toEqual([4 / 8, 8]);
    expect(of(metrics, 24)).toEqual([3 / 8, 8]);
    expect(of(metrics, 1)).toEqual([2, 11]);
    expect(of(metrics, 2)).toEqual([2 / 11, 11]);
    expect(of(metrics, 3)).toEqual([1, 8]);
    expect(of(metrics, 4)).toEqual([1 / 8, 8]);
    expect(named(metrics, 'aborted results')).toBe(3);
    expect(named(metrics, 'pending results')).toBe(1);
  });

  it('are those of grid C without `Overall` and `Pod`', () => {
    const metrics = testMetrics(gridC());

    // Of 1174 results 30 are Overall's (1 passed), 30 Pod's (28 passed); 882 passed, 292 failed in all.
    expect(of(metrics, 20)).toEqual([1174 - 60, 1174 - 60]);
    expect(of(metrics, 21)[0]).toBe(882 - 29);
    expect(of(metrics, 22)[0]).toBe(292 - 31);
    expect(of(testMetrics(gridC(), { exclude: new Set([12, 14]) }), 20)[0]).toBe(1174 - 60);
  });

  it('fail in the columns of grid C as the seed counts, less the rows about the run', () => {
    const seed = [
      10, 11, 12, 9, 11, 13, 10, 11, 11, 10, 11, 11, 2, 10, 2, 10, 9, 10, 10, 12, 10, 0, 11, 9, 11, 10, 11, 11, 12, 12,
    ];
    const found = failuresPerRun(gridC());

    expect(found.map(({ failed }) => failed)).toEqual(
      seed.map((count, column) => count - (column === 21 ? 0 : 1) - (column === 12 || column === 14 ? 1 : 0)),
    );
    expect([found[12]?.n, found[0]?.n]).toEqual([0, 41]);
  });
});

describe('groups, time and probability', () => {
  it('have a size in tests', () => {
    const grid = gridOf({ a: 'P9F3P9F', b: 'P9F3P9F', c: 'PF3P18', d: 'PF3P18', e: 'PF3P18' });
    const metrics = correlationMetrics(grid);

    expect(of(metrics, 10)).toEqual([2, 5]);
    expect(of(metrics, 11)).toEqual([2.5, 2]);
    expect(of(correlationMetrics(grid, {}, []), 11)).toEqual([null, 0]);
  });

  it('take the mean and median of completed runs with a duration', () => {
    const metrics = timeMetrics(gridOf({ Overall: 'RFPPFP' }), {
      minutes: [1, 10, 20, null, 60],
      exclude: new Set([5]),
    });

    expect(of(metrics, 25)).toEqual([30, 3]);
    expect(named(metrics, 'median time of a run')).toBe(20);
    expect(of(timeMetrics(gridC()), 25)).toEqual([null, 0]);
  });

  it('of grid C take 164.1 minutes; with the two failed installs it seems less', () => {
    const options = { minutes: durationsC, exclude: new Set([12, 14]) };

    expect(kpi(timeMetrics(gridC(), options), 25)?.value).toBeCloseTo(164.117, 3);
    expect(kpi(timeMetrics(gridC(), { minutes: durationsC }), 25)?.value).toBeLessThan(157);
  });
});

describe('all metrics of a grid', () => {
  it('are the 26, each once and in order, with n', () => {
    const metrics = gridMetrics(gridC(), { exclude: new Set([12, 14]), minutes: durationsC });
    const numbers = metrics.flatMap(({ kpi: number }) => (number === null ? [] : [number]));

    expect(numbers).toEqual(Array.from({ length: 26 }, (_, i) => i + 1));
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
  });

  it('hold for any grid: shares within bounds and intervals, nothing not a number', () => {
    const row = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.boolean(), (rows, overall) => {
        const named = rows.map((codes, i) => [i === 0 && overall ? 'Overall' : `test ${i}`, Uint8Array.from(codes)]);
        const grid = gridOf(Object.fromEntries(named) as Record<string, Uint8Array>);
        for (const { name, value, unit, n, interval } of [...gridMetrics(grid), ...rowMetrics(grid, 0)]) {
          expect(n, name).toBeGreaterThanOrEqual(0);
          if (value === null) continue;
          expect(Number.isFinite(value), name).toBe(true);
          if (unit === 'share') expect(Math.abs(value), name).toBeLessThanOrEqual(1);
          if (interval === null) continue;
          expect(value, name).toBeGreaterThanOrEqual(interval[0] - 1e-9);
          expect(value, name).toBeLessThanOrEqual(interval[1] + 1e-9);
        }
      }),
    );
  });
});
