// Small grids and look-ups for the tests of metrics.
import type { Grid } from '../../../src/grids/grid.ts';
import type { Metric } from '../../../src/grids/metrics/metric.ts';
import { cells, madeRow } from '../../support/golden.ts';

export const HOUR = 3_600_000;

/** A grid of named rows, its columns an hour apart. */
export function gridOf(rows: Readonly<Record<string, string | Uint8Array>>): Grid {
  const own = Object.entries(rows).map(([name, pattern]) =>
    madeRow(name, typeof pattern === 'string' ? cells(pattern) : pattern),
  );
  const columns = Array.from({ length: own[0]?.statuses.length ?? 0 }, (_, i) => ({
    build: String(999 - i),
    time: (1000 - i) * HOUR,
    headers: new Map<string, string>(),
  }));
  return { dashboard: 'd', tab: 't', query: null, overall: null, columns, rows: own, corrupt: [] };
}

export const kpi = (metrics: readonly Metric[], number: number): Metric | undefined =>
  metrics.find((metric) => metric.kpi === number);
/** Value and n. */
export const of = (metrics: readonly Metric[], number: number): [number | null | undefined, number | undefined] => [
  kpi(metrics, number)?.value,
  kpi(metrics, number)?.n,
];
export const named = (metrics: readonly Metric[], name: string): number | null | undefined =>
  metrics.find((metric) => metric.name === name)?.value;
