// The numbers of each test of a tab, of the tab's runs, and of all runs of a dashboard.
import { safeText } from '../ci/text.ts';
import { dashboardHealth } from '../grids/dashboard.ts';
import { isOver } from '../grids/events.ts';
import { FAILING_NOW, type GridHealth, type RowClass, type RowFinding } from '../grids/findings.ts';
import { rowMetrics } from '../grids/metrics/all.ts';
import { completedResults, share, type Completed, type Metric } from '../grids/metrics/metric.ts';
import { overallRow } from '../grids/rows.ts';
import { namedRow } from './columns.ts';
import { before } from './runs-of.ts';
import type { Tab, TableRows } from './table.ts';

/** Completed results, by how they ended. */
type Counts = Readonly<Record<Completed, number>>;

export interface MetricRow {
  readonly level: 'test' | 'tab' | 'dashboard';
  readonly dashboard: string;
  readonly tab: string | null;
  readonly test: string | null;
  readonly testId: string | null;
  readonly kind: 'test' | 'step' | null;
  readonly class: RowClass | GridHealth['state'] | 'unknown';
  readonly reasons: readonly string[];
  /** Null for what is no single test. */
  readonly finding: RowFinding | null;
  readonly counts: Counts;
  /** By the core's names. */
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Tests below it; null for a test. */
  readonly tests: { readonly all: number; readonly failing: number; readonly flaky: number } | null;
}

interface TabRow extends MetricRow {
  readonly health: GridHealth;
  readonly tests: NonNullable<MetricRow['tests']>;
}

/** Tests and steps in TestGrid's order, then the tab; at the end the dashboard. */
export function metricRows(): TableRows<MetricRow> {
  const tabs: TabRow[] = [];
  return {
    *of(tab) {
      yield* testRows(tab);
      const own = tabRow(tab);
      tabs.push(own);
      yield own;
    },
    *end() {
      const whole = dashboardRow(tabs);
      if (whole) yield whole;
    },
  };
}

function* testRows(tab: Tab): Generator<MetricRow> {
  const { grid, findings } = tab;
  const old = before(tab);
  const without = (isOut: (column: (typeof findings.columns)[number]) => boolean): ReadonlySet<number> =>
    new Set([...old, ...findings.columns.filter(isOut).map(({ index }) => index)]);
  // A failed install is an event to the tests, and a step's own result.
  const out = { test: without(({ class: kind }) => kind !== 'normal'), step: without((column) => !isOver(column)) };
  for (const finding of findings.rows) {
    const { test, testId } = namedRow(finding.name, finding.kind);
    yield {
      level: 'test',
      dashboard: safeText(grid.dashboard),
      tab: safeText(grid.tab),
      test,
      testId,
      kind: finding.kind,
      class: finding.class,
      reasons: finding.reasons,
      finding,
      ...measured(tab, finding.index, out[finding.kind]),
      tests: null,
    };
  }
}

/** The runs of the job: a failed install is a failed run, so none is left out. */
function tabRow(tab: Tab): TabRow {
  const { grid, findings } = tab;
  const overall = overallRow(grid);
  const { health } = findings;
  const tests = findings.rows.filter(({ kind }) => kind === 'test');
  const count = (is: (row: RowFinding) => boolean): number => tests.filter(is).length;
  return {
    level: 'tab',
    dashboard: safeText(grid.dashboard),
    tab: safeText(grid.tab),
    test: null,
    testId: null,
    kind: null,
    class: health.state,
    reasons: health.reasons,
    finding: null,
    ...measured(tab, overall ? grid.rows.indexOf(overall) : -1, before(tab)),
    tests: {
      all: tests.length,
      failing: count((row) => FAILING_NOW.has(row.class)),
      flaky: count((row) => row.class === 'flaky' || row.class === 'green but flaky'),
    },
    health,
  };
}

/** Sums over the tabs. What needs the order of runs is of no sense over several jobs. */
function dashboardRow(tabs: readonly TabRow[]): MetricRow | null {
  const [first] = tabs;
  if (!first) return null;
  const sum = (of: (row: TabRow) => number): number => tabs.reduce((total, row) => total + of(row), 0);
  const counts = {
    pass: sum((row) => row.counts.pass),
    fail: sum((row) => row.counts.fail),
    flaky: sum((row) => row.counts.flaky),
  };
  const named = tabs.map(({ tab, health }) => ({ tab: tab ?? '', health, headline: '', problem: null }));
  const health = dashboardHealth(named);
  return {
    ...first,
    level: 'dashboard',
    tab: null,
    class: health.state,
    reasons: Array.from(health.counts, ([state, n]) => `${n} ${state}`),
    counts,
    metrics: new Map(shares(counts).map((metric) => [metric.name, metric])),
    tests: {
      all: sum(({ tests }) => tests.all),
      failing: sum(({ tests }) => tests.failing),
      flaky: sum(({ tests }) => tests.flaky),
    },
  };
}

/** @param row index of the row; -1 for none */
function measured({ grid }: Tab, row: number, exclude: ReadonlySet<number>): Pick<MetricRow, 'counts' | 'metrics'> {
  const own = grid.rows[row];
  const counts = { pass: 0, fail: 0, flaky: 0 };
  for (const { outcome } of own ? completedResults(own, exclude) : []) counts[outcome] += 1;
  const all = [...rowMetrics(grid, row, { exclude }), ...shares(counts)];
  return { counts, metrics: new Map(all.map((metric) => [metric.name, metric])) };
}

/** Name of the one metric of a row that the core has for whole grids only. */
export const PASSING = 'share of results passing';
export const FLAKY = 'share of results flaky';

function shares({ pass, fail, flaky }: Counts): Metric[] {
  const n = pass + fail + flaky;
  return [share(null, PASSING, pass, n), share(13, FLAKY, flaky, n)];
}
