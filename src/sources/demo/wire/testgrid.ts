// TestGrid: dashboards, tabs, summaries and tables in its JSON.
import { STATUS } from '../../../grids/status.ts';
import { DAY } from '../clock.ts';
import type { DemoJob } from '../model.ts';
import { gridOf, type GridRow, type Row } from './grid.ts';
import { html, json, type WireResponse } from './response.ts';

export function testgrid(jobs: readonly DemoJob[], path: readonly string[], query: URLSearchParams): WireResponse {
  const [first = '', second, third, fourth, fifth] = path;
  if (first === 'api' && second === 'v1' && third === 'dashboards') return listing(jobs, fourth, fifth);
  const tabs = jobs.filter((job) => job.dashboard === first);
  if (tabs.length === 0) return html(`<html><body>Dashboard ${encodeURIComponent(first)} not found</body></html>`, 404);
  if (second === 'summary') return json(Object.fromEntries(tabs.map((job) => [job.tab, summaryOf(job)])));
  if (second !== 'table') return html('<html><body>not found</body></html>', 404);
  const tab = query.get('tab') ?? '';
  const job = tabs.find((candidate) => candidate.tab === tab);
  return job
    ? json(tableOf(job, query.has('graph-metrics')))
    : html(`<html><body>Tab ${encodeURIComponent(tab)} not found</body></html>`, 404);
}

function listing(jobs: readonly DemoJob[], dashboard: string | undefined, page: string | undefined): WireResponse {
  if (dashboard === undefined) {
    const names = [...new Set(jobs.map((job) => job.dashboard))].sort();
    return json({ dashboards: names.map((name) => ({ name, link: `/dashboards/${name}` })) });
  }
  const tabs = jobs.filter((job) => job.dashboard === dashboard).map((job) => job.tab);
  if (tabs.length === 0 || page !== 'tabs') return html('not found', 404);
  return json({ dashboard_tabs: tabs.sort().map((name) => ({ name, link: `/dashboards/${dashboard}/tabs/${name}` })) });
}

/** How many of the newest columns a summary speaks of. */
const RECENT = 10;
const STALE_AFTER = 7 * DAY;

/** @param durations whether the run's own row has how long each run took */
export function tableOf(job: DemoJob, durations = false): object {
  const { runs, layout } = job;
  const rows = gridOf(job);
  const cells = rows.reduce((sum, row) => sum + row.served.messages.length, 0);
  const openshift = layout.kind === 'openshift';
  const took = runs.map((run) => (run.state === 'pending' ? null : (run.ended - run.started) / 60_000));
  const graphs = [{ metric: ['test-duration-minutes'], values: [took] }];
  const link = (url: string, options: Record<string, string> = {}): object => ({ url, name: '', options });
  const site = openshift ? 'https://prow.ci.openshift.org' : 'https://prow.k8s.io';
  return {
    'test-group-name': job.name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''),
    query: `${job.bucket}/${job.history}`,
    status: `Served ${cells} results in 0.14 seconds`,
    'phase-timer': { phases: ['config load', 'table querying'], delta: [0.00004, 0.14], total: 0.14004 },
    cached: false,
    summary: '',
    bugs: {},
    changelists: runs.map((run) => run.build),
    column_ids: runs.map((run) => (openshift ? `\ue000${run.build}` : run.build)),
    'custom-columns': openshift
      ? [runs.map(() => 'main'), runs.map(() => '')]
      : [runs.map((run) => (run.pull?.sha ?? run.commit).slice(0, 9)), runs.map((run) => run.infraCommit)],
    'column-header-names': ['Date', 'Time', 'Build Number', 'Commit', openshift ? 'Infra-Commit' : 'infra-commit'],
    groups: runs.map(() => ''),
    metrics: ['test-duration-minutes'],
    tests: rows.map(({ served }) => (durations && served.name.endsWith('.Overall') ? { ...served, graphs } : served)),
    row_ids: rows.map((row) => row.served.name),
    timestamps: runs.map((run) => run.started),
    clusters: null,
    test_id_map: null,
    idMap: {},
    'test-metadata': {},
    'stale-test-threshold': 10,
    'num-stale-tests': 0,
    'add-tabular-names-option': false,
    'show-tabular-names': false,
    description: '',
    'bug-component': 0,
    'code-search-path': `https://github.com/${layout.repo}/search`,
    'open-test-template': link(`${site}/view/gs/<gcs_prefix>/<changelist>`),
    'file-bug-template': link(`https://github.com/${layout.repo}/issues/new`, {
      body: '<test-url>',
      title: 'E2E: <test-name>',
    }),
    'attach-bug-template': link(''),
    'results-url-template': link(`${site}/job-history/<gcs_prefix>`),
    'code-search-url-template': link(`https://github.com/${layout.repo}/compare/<start-custom-0>...<end-custom-0>`),
    'about-dashboard-url': '',
    'open-bug-template': link(`https://github.com/${layout.repo}/issues/`),
    'context-menu-template': link(''),
    'column-diff-link-templates': null,
    'results-text': 'See these results on Prow',
    'latest-green': '',
    'triage-enabled': false,
    notifications: [],
    'overall-status': OVERALL[overallOf(job, rows)],
  };
}

/** TestGrid's codes for the state of a tab. */
const OVERALL = { PASSING: 2, FAILING: 3, FLAKY: 4, STALE: 5 } as const;

function overallOf(job: DemoJob, rows: readonly Row[]): keyof typeof OVERALL {
  const recent = job.runs.filter((run) => run.state !== 'pending').slice(0, RECENT);
  const [newest, next] = recent;
  if (!newest) return 'STALE';
  if (job.idleMs > STALE_AFTER) return 'STALE';
  if (rows.some((row) => row.served.alert !== null)) return 'FAILING';
  if (newest.state === 'failed' && next?.state === 'failed') return 'FAILING';
  return recent.every((run) => run.state === 'passed') ? 'PASSING' : 'FLAKY';
}

function summaryOf(job: DemoJob): object {
  const rows = gridOf(job);
  const recent = job.runs.filter((run) => run.state !== 'pending').slice(0, RECENT);
  const passed = recent.filter((run) => run.state === 'passed').length;
  const codes = rows.flatMap((row) => row.codes.slice(0, RECENT)).filter((code) => code !== STATUS.NO_RESULT);
  const good = codes.filter((code) => code === STATUS.PASS).length;
  const share = (k: number, n: number): string => ((100 * k) / Math.max(1, n)).toFixed(1);
  const newest = job.runs[0];
  return {
    alert: '',
    last_run_timestamp: newest?.started ?? 0,
    last_update_timestamp: Math.floor((newest?.ended ?? 0) / 1000),
    latest_green: job.runs.find((run) => run.state === 'passed')?.build ?? 'no recent greens',
    overall_status: overallOf(job, rows),
    overall_status_icon: '',
    status: `${passed} of ${recent.length} (${share(passed, recent.length)}%) recent columns passed (${good} of ${codes.length} or ${share(good, codes.length)}% cells)`,
    tests: rows.flatMap(({ served }) => (served.alert ? [alertOf(served, served.alert)] : [])),
    dashboard_name: job.dashboard,
    healthiness: null,
  };
}

const alertOf = (row: GridRow, alert: NonNullable<GridRow['alert']>): object => ({
  display_name: row.name,
  test_name: row.name,
  fail_count: alert['fail-count'],
  fail_timestamp: Math.floor(alert['fail-time'] / 1000),
  pass_timestamp: Math.floor(alert['pass-time'] / 1000),
  build_link: '',
  build_url_text: '',
  build_link_text: '',
  failure_message: alert.message,
  linked_bugs: [],
  fail_test_link: '',
});
