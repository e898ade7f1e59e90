import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from '../../../src/grids/beta.ts';
import { failureProbability, probabilityMetrics } from '../../../src/grids/metrics/probability.ts';
import { cells, gridC, madeRow } from '../../support/golden.ts';

describe('the beta distribution', () => {
  it('is known in closed form where a parameter is 1, or both are a half', () => {
    for (const x of [0.01, 0.2, 0.5, 0.77, 0.99]) {
      expect(betaCdf(x, 1, 1)).toBeCloseTo(x, 12);
      expect(betaCdf(x, 3, 1)).toBeCloseTo(x ** 3, 12);
      expect(betaCdf(x, 1, 0.3)).toBeCloseTo(1 - (1 - x) ** 0.3, 12);
      expect(betaCdf(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12);
      expect(betaCdf(x, 2, 3)).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 12);
    }
    expect([betaCdf(0, 2, 3), betaCdf(1, 2, 3)]).toEqual([0, 1]);
  });

  it('has quantiles that are its inverse', () => {
    const parameter = fc.double({ min: 0.3, max: 200, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, p) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 6);
      }),
    );
  });
});

describe('the probability to fail', () => {
  const probability = (pattern: string, halfLife?: number): ReturnType<typeof failureProbability> =>
    failureProbability(madeRow('test', cells(pattern)), halfLife === undefined ? {} : { halfLife });

  it('is the mean of a Beta posterior with prior Beta(.3, .5)', () => {
    const all = probability('FP.PPR', Infinity);

    expect(all.value).toBeCloseTo(1.3 / 4.8, 12);
    expect(all.n).toBe(4);
    expect(all.interval?.[0]).toBeCloseTo(betaQuantile(0.025, 1.3, 3.5), 12);
    expect(probability('...').value).toBeCloseTo(0.3 / 0.8, 12);
  });

  it('weighs the newer results more', () => {
    expect(probability('FP', 1).value).toBeCloseTo(1.3 / 2.3, 12);
    expect(probability('PF', 1).value).toBeCloseTo(0.8 / 2.3, 12);
    expect(probability('F5P20').value ?? 0).toBeGreaterThan(probability('P20F5').value ?? 1);
    expect(probability('KKKK').value ?? 1).toBeLessThan(0.1);
  });

  it('is high for the next run of grid C, and unknown without a row for the run', () => {
    expect(probabilityMetrics(gridC())[0]?.value).toBeGreaterThan(0.9);
    expect(probabilityMetrics({ ...gridC(), rows: [] })[0]?.value).toBeNull();
  });
});
