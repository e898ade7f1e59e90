// What one job's grid says of a window: its runs, the failures that last, what came and went, what is only flaky.
import { parseObjectPath } from '../ci/address.ts';
import { EvidenceList } from '../ci/evidence.ts';
import type { RunPoint, Since } from '../ci/failure.ts';
import { gridUrl, runUrl } from '../ci/links.ts';
import { historyPath, type Job } from '../ci/job.ts';
import type { RunState } from '../ci/run.ts';
import type { System } from '../ci/system.ts';
import { oneLine } from '../ci/text.ts';
import { headline } from '../answer/heatmap/headline.ts';
import { gridSvg } from '../answer/heatmap/svg.ts';
import { checkEvidence } from '../answer/verify.ts';
import type { ShownEvidence } from '../answer/shown.ts';
import { Quotes } from '../diagnose/quote.ts';
import { runsInGrid } from '../diagnose/read-history.ts';
import { FAILING_NOW, type ColumnClass, type GridHealth, type RowFinding, type RunRef } from '../grids/findings.ts';
import { cellText, type Grid } from '../grids/grid.ts';
import { testIdentity } from '../grids/identity.ts';
import { outcomeAt } from '../grids/rows.ts';
import { understand } from '../grids/understand.ts';
import { sinceOf } from '../history/since.ts';
import type { DayCount, RunCounts, Window } from './digest.ts';

/** A run as the summary sees it. */
export interface DayRun {
  readonly point: RunPoint;
  /** When it ended, or began where that is not known; null where neither is. */
  readonly at: number | null;
  readonly state: RunState;
  readonly class: ColumnClass;
  readonly column: number;
}

/** A test that is worth a word. */
export interface DayTest {
  readonly name: string;
  /** The same under another suite or version. */
  readonly identity: string;
  readonly finding: RowFinding;
  /** What its newest failing cell says, cleaned; empty where it says nothing. */
  readonly message: string;
  readonly firstBad: RunPoint | null;
  readonly lastGood: RunPoint | null;
  readonly lastFailed: RunPoint | null;
  /** When it passed first after its newest failure; null where it has not. */
  readonly passedAgain: { readonly point: RunPoint; readonly at: number | null } | null;
  /** Builds of the window in which it failed, or failed and passed. */
  readonly inWindow: readonly string[];
  /** Ids of `evidence`. */
  readonly evidence: readonly string[];
}

export interface JobDay {
  readonly name: string;
  readonly job: Job | null;
  readonly url: string;
  readonly system: System;
  readonly place: { readonly dashboard: string; readonly tab: string };
  readonly health: GridHealth;
  readonly headline: string;
  /** Newest first; up to the window's end. */
  readonly runs: readonly DayRun[];
  /** Of the runs as a whole. */
  readonly since: Since | null;
  readonly tests: readonly DayTest[];
  /** Tests and steps left out because there are too many. */
  readonly more: number;
  readonly evidence: readonly ShownEvidence[];
  /** Its heat map as an SVG document, where one was asked for and something fails. */
  readonly svg: string | null;
}

const TESTS = 60;
const PICTURE_ROWS = 25;
const NAME_CHARS = 300;
const MESSAGE_CHARS = 300;
const DAY = 86_400_000;

/**
 * @param table the grid as it came; what began after the window is cut away
 * @param draw true for a heat map of what fails
 */
export function jobDay(table: Grid, system: System, window: Window, draw = false): JobDay {
  const { grid, findings } = understand(gridUntil(table, window.to), window.to);
  const job = jobOf(grid, system);
  const { dashboard, tab } = grid;
  const url = gridUrl(system.sites, dashboard, tab);
  const pointOf = ({ build, time }: RunRef): RunPoint => ({
    build,
    time: time === null ? null : new Date(time).toISOString(),
    url: job ? runUrl(system.sites, { job, path: `${historyPath(job)}/${build}` }) : url,
  });
  const runs = runsOf(grid, findings.columns, pointOf, job);
  const quotes = new Quotes(new EvidenceList(), system.sites);
  const told = findings.rows.filter((row) => isTold(row, grid, runs, window)).sort(byUrgency);
  const tests = told.slice(0, TESTS).map((row) => testOf(row, grid, { runs, window, pointOf, quotes }));
  const completed = runs.filter(({ state }) => state === 'passed' || state === 'failed');
  return {
    name: tab,
    job,
    url,
    system,
    place: { dashboard, tab },
    health: findings.health,
    headline: headline(findings),
    runs,
    since: sinceOf(completed.map(({ point, state }) => ({ point, failed: state === 'failed' }))),
    tests,
    more: Math.max(0, told.length - TESTS),
    evidence: checkEvidence(quotes.list.items, quotes.list.texts),
    svg:
      draw && (findings.health.state === 'failing' || tests.length > 0)
        ? gridSvg(grid, findings, { sites: system.sites, job, rows: PICTURE_ROWS })
        : null,
  };
}

/** The grid without the newest columns that began after `to`, and without what TestGrid says of today. */
export function gridUntil(grid: Grid, to: number): Grid {
  const kept = grid.columns.findIndex(({ time }) => time === null || time <= to);
  const drop = kept < 0 ? grid.columns.length : kept;
  if (drop === 0) return grid;
  return {
    ...grid,
    overall: null,
    columns: grid.columns.slice(drop),
    minutes: grid.minutes?.slice(drop) ?? null,
    rows: grid.rows.map((row) => {
      const filled = row.statuses.subarray(0, drop).reduce((n, code) => n + Number(code !== 0), 0);
      return {
        ...row,
        statuses: row.statuses.subarray(drop),
        messages: row.messages.slice(filled),
        shortTexts: row.shortTexts.slice(filled),
        alert: null,
      };
    }),
  };
}

/** The job that a grid says it shows; null where it says none of the system. */
export function jobOf(grid: Grid, system: System): Job | null {
  const [bucket = '', ...path] = (grid.query ?? '').split('/');
  const place = parseObjectPath(system.name, bucket, path.join('/'));
  return place?.kind === 'job' ? place.job : null;
}

const NO_JOB: Job = { system: '', bucket: '', kind: 'periodic', name: '' };

/** The runs with how they ended; without a row for the whole run, one with a failed test has failed. */
function runsOf(
  grid: Grid,
  columns: readonly { readonly index: number; readonly class: ColumnClass }[],
  pointOf: (run: RunRef) => RunPoint,
  job: Job | null,
): DayRun[] {
  const classes = new Map(columns.map(({ index, class: name }) => [index, name]));
  return runsInGrid(grid, job ?? NO_JOB).map(({ build, started, state }, column) => {
    const minutes = grid.minutes?.[column] ?? null;
    const name = classes.get(column) ?? 'normal';
    return {
      point: pointOf({ build, time: started }),
      at: started === null ? null : started + (minutes ?? 0) * 60_000,
      state: state === 'unknown' ? stateByTests(grid, column, name) : state,
      class: name,
      column,
    };
  });
}

/** How a run ended where no row tells it of the whole run. */
export function stateByTests(grid: Grid, column: number, name: ColumnClass): RunState {
  if (name === 'running') return 'pending';
  if (name === 'aborted') return 'aborted';
  const outcomes = new Set(grid.rows.map((row) => outcomeAt(row, column)));
  if (outcomes.has('fail')) return 'failed';
  return outcomes.has('pass') || outcomes.has('flaky') ? 'passed' : 'unknown';
}

export const isWithin = (at: number | null, { from, to }: Window): boolean => at !== null && at >= from && at <= to;

const isBad = (outcome: string): boolean => outcome === 'fail' || outcome === 'flaky';

function badWithin({ index }: RowFinding, grid: Grid, runs: readonly DayRun[], window: Window): DayRun[] {
  const row = grid.rows[index];
  return row
    ? runs.filter((run) => run.class === 'normal' && isWithin(run.at, window) && isBad(outcomeAt(row, run.column)))
    : [];
}

/** Tests that fail now, and those that failed lately: within the window, or until a run of the window. */
function isTold(row: RowFinding, grid: Grid, runs: readonly DayRun[], window: Window): boolean {
  if (FAILING_NOW.has(row.class)) return true;
  if (row.stats.failed + row.stats.flaky === 0) return false;
  if (row.class === 'recovered') return isWithin(passAfter(row, grid, runs)?.at ?? null, window);
  return badWithin(row, grid, runs, window).length > 0;
}

/** The oldest run after the row's newest failure in which it passed. */
function passAfter({ index }: RowFinding, grid: Grid, runs: readonly DayRun[]): DayRun | null {
  const row = grid.rows[index];
  if (!row) return null;
  const over = runs.filter((run) => run.class === 'normal' && outcomeAt(row, run.column) !== 'none');
  const failed = over.findIndex((run) => isBad(outcomeAt(row, run.column)));
  return failed <= 0 ? null : (over[failed - 1] ?? null);
}

const URGENCY = ['new test failing', 'regression', 'likely regression', 'consistently failing', 'never passed'];
const urgency = ({ class: name }: RowFinding): number => (URGENCY.includes(name) ? URGENCY.indexOf(name) : 9);
const byUrgency = (a: RowFinding, b: RowFinding): number =>
  urgency(a) - urgency(b) || b.stats.failed + b.stats.flaky - a.stats.failed - a.stats.flaky || a.index - b.index;

interface TestContext {
  readonly runs: readonly DayRun[];
  readonly window: Window;
  readonly pointOf: (run: RunRef) => RunPoint;
  readonly quotes: Quotes;
}

function testOf(finding: RowFinding, grid: Grid, { runs, window, pointOf, quotes }: TestContext): DayTest {
  const row = grid.rows[finding.index];
  const bad = row ? runs.find((run) => run.class === 'normal' && isBad(outcomeAt(row, run.column))) : undefined;
  const cell = row && bad ? quotes.cell(grid, row, bad.column) : null;
  const { stats, first_bad: firstBad, best_guess: guess, last_good: lastGood } = finding;
  const counts = `${stats.failed + stats.flaky} of ${stats.runs} runs failed`;
  const again = passAfter(finding, grid, runs);
  const said = row && bad ? cellText(row, bad.column) : { message: '', short: '' };
  const start = firstBad ?? guess;
  return {
    name: oneLine(finding.name, NAME_CHARS),
    identity: testIdentity(finding.name),
    finding,
    message: oneLine(said.message, MESSAGE_CHARS),
    firstBad: start && pointOf(start),
    lastGood: lastGood && pointOf(lastGood),
    lastFailed: stats.last_failed && pointOf(stats.last_failed),
    passedAgain: again && { point: again.point, at: again.at },
    inWindow: badWithin(finding, grid, runs, window).map(({ point }) => point.build),
    evidence: [...(cell === null ? [] : [cell]), ...(row ? [quotes.row(grid, row, counts)] : [])],
  };
}

const NONE: RunCounts = { passed: 0, failed: 0, infrastructure: 0, aborted: 0, running: 0 };

/** The runs that ended between two times. */
export function countRuns(runs: readonly DayRun[], window: Window): RunCounts {
  const counts = { ...NONE };
  for (const { at, state, class: name } of runs) {
    if (!isWithin(at, window)) continue;
    if (state === 'passed') counts.passed += 1;
    else if (state === 'pending') counts.running += 1;
    else if (state === 'aborted') counts.aborted += 1;
    else if (state === 'unknown') continue;
    else if (name === 'install or ci failure') counts.infrastructure += 1;
    else counts.failed += 1;
  }
  return counts;
}

export const addCounts = (all: readonly RunCounts[]): RunCounts =>
  all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      infrastructure: sum.infrastructure + one.infrastructure,
      aborted: sum.aborted + one.aborted,
      running: sum.running + one.running,
    }),
    NONE,
  );

/** Testable runs of each of the last `days` days up to the window's end, oldest first. */
export function countDays(jobs: readonly JobDay[], { to }: Window, days = 14): DayCount[] {
  return Array.from({ length: days }, (_, i) => {
    const end = to - (days - 1 - i) * DAY;
    const window = { from: end - DAY + 1, to: end };
    const { passed, failed } = addCounts(jobs.map(({ runs }) => countRuns(runs, window)));
    return { day: new Date(end).toISOString().slice(0, 10), passed, testable: passed + failed };
  });
}
