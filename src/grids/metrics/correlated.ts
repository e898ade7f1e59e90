// Metrics 10 and 11: how many groups of tests fail together, and how large they are.
import { correlatedGroups } from '../correlation.ts';
import type { GroupFinding } from '../findings.ts';
import type { Grid } from '../grid.ts';
import { count, mean, type Metric, type MetricOptions } from './metric.ts';

/**
 * Groups of tests that fail together and their mean size in tests (`seed-analyses.md` 3.1, 10 and 11).
 * The seed gave one overlapping set a test and took the size of a set to be the characters of its printed list.
 */
export function correlationMetrics(
  grid: Grid,
  options: MetricOptions = {},
  groups: readonly GroupFinding[] = correlatedGroups(grid, options),
): readonly Metric[] {
  const tests = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return [
    count(10, 'groups of tests that fail together', groups.length, tests),
    mean(11, 'mean size of a group', 'tests', tests, groups.length),
  ];
}
