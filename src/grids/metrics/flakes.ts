// Metrics 12 and 13: results that failed and passed in one run, and how often a test changes its mind.
import type { Grid, Row } from '../grid.ts';
import { completedResults, count, share, testRows, type Metric, type MetricOptions, type Result } from './metric.ts';

/** So many failures in a row are a break, not a flake (the seed's `ignore_failures_in_a_row`). */
const BREAK = 3;

/**
 * Flaky results of all tests (`seed-analyses.md` 3.1, 12 and 13): the seed's count of cells and their share, of
 * completed results instead of all cells; and the number of tests that have one, which is what its name promised.
 */
export function flakeMetrics(grid: Grid, options: MetricOptions = {}): readonly Metric[] {
  const tests = testRows(grid).map((row) => completedResults(row, options.exclude));
  const ran = tests.filter((results) => results.length > 0);
  const flaky = ran.map(flakyOf);
  const all = ran.reduce((sum, results) => sum + results.length, 0);
  const sum = flaky.reduce((total, own) => total + own, 0);
  return [
    count(12, 'flaky results', sum, all),
    share(13, 'share of results flaky', sum, all),
    count(null, 'tests with a flaky result', flaky.filter((own) => own > 0).length, ran.length),
  ];
}

/** Flake severity of one test: the share of its completed results that are flaky (metric 13; the seed: of cells). */
export function flakeSeverity(row: Row, options: MetricOptions = {}): Metric {
  const results = completedResults(row, options.exclude);
  return share(13, 'share of results flaky', flakyOf(results), results.length);
}

/**
 * How often a test changes its mind, as flips by completed result: a change between pass and fail in either direction
 * is one, a flaky result is one of its own. Three failures in a row or more, whatever is empty between them, are a
 * break and taken out first. Corrects the seed's flip score (`seed-analyses.md` 2.3, 2.13): that counts one direction,
 * is misled by empty cells, and throws on an empty row.
 */
export function flipRate(row: Row, options: MetricOptions = {}): Metric {
  const results = withoutBreaks(completedResults(row, options.exclude));
  let flips = flakyOf(results);
  for (const [i, { outcome }] of results.entries()) {
    const before = results[i - 1]?.outcome;
    if (before !== undefined && before !== outcome && before !== 'flaky' && outcome !== 'flaky') flips += 1;
  }
  return share(null, 'flips by result', flips, results.length);
}

const flakyOf = (results: readonly Result[]): number => results.filter(({ outcome }) => outcome === 'flaky').length;

function withoutBreaks(results: readonly Result[]): readonly Result[] {
  const kept: Result[] = [];
  let failures: Result[] = [];
  const close = (): void => {
    if (failures.length < BREAK) kept.push(...failures);
    failures = [];
  };
  for (const result of results) {
    if (result.outcome === 'fail') failures.push(result);
    else {
      close();
      kept.push(result);
    }
  }
  close();
  return kept;
}
