// The classes on a few made grids with known truth; `npm run eval:grids` scores two hundred.
import { describe, expect, it } from 'vitest';
import { calibration, judge, macroF1, scores } from '../../evals/grids/made/score.ts';

/** Flake rates spread as those of real flaky tests are. */
const RATES = [0.0005, 0.002, 0.01, 0.03, 0.06, 0.1, 0.17, 0.25, 0.35, 0.5];
const SEEDS = Array.from({ length: 30 }, (_, i) => 5_000 + i);

describe('made grids', () => {
  const { rows, columns } = judge(SEEDS, RATES);

  it('have their rows told apart', () => {
    expect(rows.length).toBeGreaterThan(1_500);
    expect(macroF1(scores(rows))).toBeGreaterThanOrEqual(0.95);
  });

  it('have their columns told apart', () => {
    expect(macroF1(scores(columns))).toBeGreaterThanOrEqual(0.97);
  });

  it('are judged as surely as is stated', () => {
    expect(calibration(rows).error).toBeLessThanOrEqual(0.05);
    expect(calibration(columns).error).toBeLessThanOrEqual(0.05);
  });
});
