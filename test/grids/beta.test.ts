import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfNone, shareOf } from '../../src/grids/beta.ts';

describe('a share', () => {
  it('lies in its 95 % interval, which lies between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (a, b) => {
        const [k, n] = [Math.min(a, b), Math.max(a, b)];
        const { rate, low, high } = shareOf(k, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(rate).toBeGreaterThanOrEqual(low - 1e-12);
        expect(rate).toBeLessThanOrEqual(high + 1e-12);
      }),
    );
    expect(shareOf(2, 20).low).toBeCloseTo(0.0215, 3);
    expect(shareOf(2, 20).high).toBeCloseTo(0.2843, 3);
  });
});

describe('a stretch without an event', () => {
  it('is as likely as the products of the predictive chances say, and less likely the longer and the more frequent', () => {
    // By hand: Beta(2.5, 8.5) of 2 in 10; 8.5/11 · 9.5/12 · 10.5/13.
    expect(chanceOfNone(2, 10, 3)).toBeCloseTo((8.5 / 11) * (9.5 / 12) * (10.5 / 13), 12);
    expect(chanceOfNone(2, 10, 0)).toBe(1);
    expect(chanceOfNone(2, 10, 20)).toBeLessThan(chanceOfNone(2, 10, 10));
    expect(chanceOfNone(4, 10, 10)).toBeLessThan(chanceOfNone(2, 10, 10));
  });
});
