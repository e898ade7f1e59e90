// The rows of a job's TestGrid table: run-length statuses, compacted messages, alerts.
import { STATUS, type Status } from '../../../grids/status.ts';
import type { DemoJob, DemoRun } from '../model.ts';
import { testResults } from '../results.ts';
import { stagesOf } from '../stages.ts';
import { suiteName } from '../suites.ts';

interface Cell {
  readonly status: Status;
  readonly message: string;
  readonly short: string;
}

interface Alert {
  readonly 'fail-cl': string;
  readonly 'pass-cl': string;
  readonly 'fail-count': number;
  readonly 'fail-time': number;
  readonly 'pass-time': number;
  readonly text: string;
  readonly message: string;
  readonly 'test-name': string;
  readonly [other: string]: unknown;
}

export interface GridRow {
  readonly name: string;
  readonly 'original-name': string;
  readonly target: string;
  readonly alert: Alert | null;
  readonly linked_bugs: readonly string[];
  readonly user_property: null;
  readonly statuses: readonly { readonly count: number; readonly value: Status }[];
  /** One entry for each cell that has a result, not for each column. */
  readonly messages: readonly string[];
  readonly short_texts: readonly string[];
}

/** A row as it is served, and its codes one for each column. */
export interface Row {
  readonly served: GridRow;
  readonly codes: readonly Status[];
}

const PASS: Cell = { status: STATUS.PASS, message: '', short: '' };
const EMPTY: Cell = { status: STATUS.NO_RESULT, message: '', short: '' };
const fail = (message: string): Cell => ({ status: STATUS.FAIL, message: shorten(message), short: 'F' });

/** Failures in a row from which TestGrid alerts. */
const ALERT_AFTER = 3;
const MESSAGE_LIMIT = 160;

/** The rows in TestGrid's order: those that failed most recently first, then by name. */
export function gridOf(job: DemoJob): Row[] {
  const cells = new Map<string, (Cell | undefined)[]>();
  job.runs.forEach((run, column) => {
    for (const [name, cell] of cellsOf(job, run)) {
      const row = cells.get(name) ?? [];
      row[column] = cell;
      cells.set(name, row);
    }
  });
  const rows = [...cells].map(([name, row]) =>
    rowOf(
      job,
      name,
      job.runs.map((_, column) => row[column] ?? EMPTY),
    ),
  );
  const failedAt = (row: Row): number => {
    const index = row.codes.findIndex((code) => code === STATUS.FAIL || code === STATUS.FLAKY);
    return index < 0 ? Infinity : index;
  };
  const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return rows
    .map((row) => ({ row, at: failedAt(row) }))
    .sort((a, b) => (a.at === b.at ? compareNames(a.row.served.name, b.row.served.name) : a.at - b.at))
    .map(({ row }) => row);
}

/** The cells of one column. */
function cellsOf(job: DemoJob, run: DemoRun): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const suite = suiteName(job.layout);
  for (const { name, outcome, complaint } of testResults(job, run)) {
    if (outcome === 'skipped') continue;
    const message = complaint?.message ?? '';
    const flaky: Cell = { status: STATUS.FLAKY, message: shorten(`1/2 runs passed: ${message}`), short: '1/2' };
    cells.set(`${suite}.${name}`, outcome === 'passed' ? PASS : outcome === 'flaky' ? flaky : fail(message));
  }
  for (const stage of stagesOf(job, run))
    cells.set(`${stage.suite}.${stage.name}`, stage.passed ? PASS : fail(stage.message));
  const explained = [...cells.values()].some((cell) => cell.status === STATUS.FAIL);
  cells.set(`${job.name}.Overall`, overallCell(run, explained));
  if (job.layout.kind === 'kubernetes') cells.set(`${job.name}.Pod`, podCell(run));
  return cells;
}

function overallCell(run: DemoRun, explained: boolean): Cell {
  if (run.state === 'pending') return { status: STATUS.RUNNING, message: 'Build still running...', short: 'R' };
  if (run.state === 'passed') return PASS;
  return explained ? { status: STATUS.FAIL, message: '', short: '' } : fail('Build failed outside of test results');
}

function podCell(run: DemoRun): Cell {
  if (run.state === 'pending') return EMPTY;
  return run.episode.halt?.at === 'pod' ? fail(run.episode.halt.row) : PASS;
}

/** TestGrid keeps the two ends of a long message. */
function shorten(message: string): string {
  if (message.length <= MESSAGE_LIMIT) return message;
  const half = Math.floor((MESSAGE_LIMIT - 3) / 2);
  return `${message.slice(0, half)}...${message.slice(-half)}`;
}

function rowOf(job: DemoJob, name: string, cells: readonly Cell[]): Row {
  const statuses: { count: number; value: Status }[] = [];
  for (const { status } of cells) {
    const last = statuses.at(-1);
    if (last?.value === status) last.count += 1;
    else statuses.push({ count: 1, value: status });
  }
  const filled = cells.filter(({ status }) => status !== STATUS.NO_RESULT);
  const served: GridRow = {
    name,
    'original-name': name,
    target: name,
    alert: alertOf(job, name, cells),
    linked_bugs: [],
    user_property: null,
    statuses,
    messages: filled.map(({ message }) => message),
    short_texts: filled.map(({ short }) => short),
  };
  return { served, codes: cells.map(({ status }) => status) };
}

/** TestGrid's alert: failures in a row from the newest column on, columns without a result passed over. */
function alertOf(job: DemoJob, name: string, cells: readonly Cell[]): Alert | null {
  const results = cells.flatMap((cell, i) => {
    const run = job.runs[i];
    return run && cell.status !== STATUS.NO_RESULT && cell.status !== STATUS.RUNNING ? [{ cell, run }] : [];
  });
  const past = results.findIndex(({ cell }) => cell.status !== STATUS.FAIL);
  const count = past < 0 ? results.length : past;
  const [newest, oldest, before] = [results[0], results[count - 1], results[count]];
  if (count < ALERT_AFTER || !newest || !oldest) return null;
  const label = (run: DemoRun | undefined): string =>
    run === undefined ? '' : job.layout.kind === 'openshift' ? 'main' : (run.pull?.sha ?? run.commit).slice(0, 9);
  return {
    'fail-cl': label(oldest.run),
    'pass-cl': label(before?.run),
    'fail-count': count,
    'fail-time': oldest.run.started,
    'pass-time': before?.run.started ?? 0,
    text: `Alert: ${count} failures`,
    message: newest.cell.message,
    'link-text': `(Between ${label(before?.run)} and ${label(oldest.run)})`,
    link: '',
    'url-text': 'Changes',
    'test-id': '',
    'pass-count': 0,
    'code-search-path': '',
    'test-name': name,
    properties: null,
    hotlist_ids: null,
  };
}
