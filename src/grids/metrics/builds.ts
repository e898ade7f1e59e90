// Metrics 5 to 9: how many runs of the job passed and failed, and whether that changed.
import { shareOf } from '../beta.ts';
import type { Grid } from '../grid.ts';
import { overallRow } from '../rows.ts';
import { completedResults, count, share, type Metric, type MetricOptions, type Result } from './metric.ts';

/** Runs on either side of the comparison, as TestGrid's summary looks at the newest ten. */
const RECENT = 10;

/**
 * Runs passed and failed as counts and shares of the completed runs, and the change of the passing share from the runs
 * before to the newest ten (or the halves of fewer), with Newcombe's interval (`seed-analyses.md` 3.1, 5 to 9).
 * The seed divided by every cell, empty and running ones too, counted a run twice where a second row is called
 * `….Overall`, and never computed the change. `exclude` should not name failed installs here: they are failed runs.
 */
export function buildMetrics(grid: Grid, options: MetricOptions = {}): readonly Metric[] {
  const row = overallRow(grid);
  const runs = row === null ? [] : completedResults(row, options.exclude);
  const passed = passes(runs);
  const failed = runs.filter(({ outcome }) => outcome === 'fail').length;
  return [
    count(5, 'runs passed', passed, runs.length),
    share(6, 'share of runs passed', passed, runs.length),
    count(7, 'runs failed', failed, runs.length),
    share(8, 'share of runs failed', failed, runs.length),
    change(runs),
  ];
}

const passes = (runs: readonly Result[]): number => runs.filter(({ outcome }) => outcome === 'pass').length;

function change(runs: readonly Result[]): Metric {
  const size = Math.min(RECENT, runs.length >> 1);
  const name = 'change of the share of runs passed';
  if (size === 0) return { name, kpi: 9, value: null, unit: 'share', n: 0, interval: null };
  const now = shareOf(passes(runs.slice(-size)), size);
  const then = shareOf(passes(runs.slice(-2 * size, -size)), size);
  const value = now.rate - then.rate;
  const low = value - Math.hypot(now.rate - now.low, then.high - then.rate);
  const high = value + Math.hypot(now.high - now.rate, then.rate - then.low);
  return { name, kpi: 9, value, unit: 'share', n: 2 * size, interval: [low, high] };
}
