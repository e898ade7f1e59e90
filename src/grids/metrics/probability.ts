// Metric 26: how likely the next run of a test fails, from its results so far, the newer the weightier.
import type { Grid, Row } from '../grid.ts';
import { overallRow } from '../rows.ts';
import { betaQuantile } from '../beta.ts';
import { completedResults, type Metric, type MetricOptions } from './metric.ts';

/** LUCI's prior, as in `changepoint.ts`: most tests either pass or fail. */
const ALPHA = 0.3;
const BETA = 0.5;
/** Completed results after which one counts half. */
const HALF_LIFE = 10;

export interface ProbabilityOptions extends MetricOptions {
  /** Completed results after which one counts half; Infinity weighs all the same. */
  readonly halfLife?: number;
}

/**
 * Probability that the next completed result of a row fails: mean and 95 % credible interval of a Beta posterior with
 * prior Beta(.3, .5), in which a result counts half for every `halfLife` completed results after it. A flaky result
 * did not fail in the end. `n` is the completed results, unweighted.
 * Replaces the seed's metric 26 (`seed-analyses.md` 3.3), a support vector machine on the duration alone, whose
 * oversampling leaked and whose first column was P(pass); it did worse than always saying "passes".
 */
export function failureProbability(row: Row, options: ProbabilityOptions = {}): Metric {
  const results = completedResults(row, options.exclude);
  const halfLife = options.halfLife ?? HALF_LIFE;
  let a = ALPHA;
  let b = BETA;
  for (const [i, { outcome }] of results.entries()) {
    const weight = 0.5 ** ((results.length - 1 - i) / halfLife);
    if (outcome === 'fail') a += weight;
    else b += weight;
  }
  return {
    name: 'probability to fail',
    kpi: 26,
    value: a / (a + b),
    unit: 'share',
    n: results.length,
    interval: [betaQuantile(0.025, a, b), betaQuantile(0.975, a, b)],
  };
}

/** Probability that the next run of the job fails (metric 26 of its overall row). */
export function probabilityMetrics(grid: Grid, options: ProbabilityOptions = {}): readonly Metric[] {
  const row = overallRow(grid);
  const name = 'probability that the next run fails';
  if (row === null) return [{ name, kpi: 26, value: null, unit: 'share', n: 0, interval: null }];
  return [{ ...failureProbability(row, options), name }];
}
