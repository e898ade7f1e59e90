import { describe, expect, it } from 'vitest';
import { findRegression, locateRise } from '../../src/grids/changepoint.ts';

const series = (text: string): boolean[] => Array.from(text, (char) => char === 'F');

describe('a regression', () => {
  it('is found where passing turns to failing', () => {
    const change = findRegression(series('PPPPPPPPPPPPPPPPPPPPFFFFF'));

    expect(change?.at).toBe(20);
    expect(change?.score).toBeGreaterThan(0);
  });

  it.each(['', 'F', 'P', 'FFFF', 'PPPP', 'FFFFPPPP'])('is not in %j', (text) => {
    expect(findRegression(series(text))).toBeNull();
  });

  it('is not claimed of one failure among many passes', () => {
    expect(findRegression(series(`${'P'.repeat(40)}F`))?.score).toBeLessThan(0);
  });

  it('is not claimed of failures that come and go', () => {
    expect(findRegression(series('PPFPPPFPPPPFPPFPPPFP'))?.score ?? -Infinity).toBeLessThan(-3);
  });

  it('is the same statistic whatever the order of evaluation: it matches the closed form', () => {
    // ln B(x + .3, n - x + .5) - ln B(.3, .5), by Stirling-free products for small n.
    const lnBeta = (x: number, n: number): number => {
      let sum = 0;
      for (let i = 0; i < x; i += 1) sum += Math.log(i + 0.3);
      for (let i = 0; i < n - x; i += 1) sum += Math.log(i + 0.5);
      for (let i = 0; i < n; i += 1) sum -= Math.log(i + 0.8);
      return sum;
    };

    expect(findRegression(series('PPPPPFFF'))?.score).toBeCloseTo(
      lnBeta(0, 5) + lnBeta(3, 3) - lnBeta(3, 8) + Math.log(1e-4),
      10,
    );
  });
});

describe('where a rise came in', () => {
  it.each(['FFFFPFF', 'FFFFFPFFF', 'FFPFFFFPFF'])(
    'is guessed no later than the first of the failures that are going on (%s), with the guess in the set',
    (text) => {
      const position = locateRise(series(text));

      expect(position?.best).toBeLessThanOrEqual(text.lastIndexOf('P') + 1);
      expect(position?.set).toContain(position?.best);
    },
  );
});
