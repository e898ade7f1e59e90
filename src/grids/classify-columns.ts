// Events of whole runs: a cluster that never installed, many tests failing at once, a run that is not over.
import type { ColumnClass, ColumnFinding } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { isJobLevel, isStep } from './rows.ts';
import { FAILED, KIND, KINDS, outcomeOf, PASSED, type Outcome } from './status.ts';

/** Runs on either side that a run is compared with. */
const NEIGHBOURS = 5;
/** Below this share of what neighbouring runs ran, a run stopped before its tests. */
const NEARLY_EMPTY = 0.5;
/** Fewer usual tests than this tell nothing about a run by their absence. */
const ENOUGH_TESTS = 5;
/** Standard deviations above what independent failures would give (`seed-analyses.md` 2.12). */
const UNEXPECTED_Z = 3;
/**
 * A mass is at least this many tests, and this share of those that ran. Of a few tests it takes more: three of four that
 * fail together are what these tests say, and as likely one feature that broke.
 */
const MASS = 3;
const MASS_OF_FEW = 5;
const FEW_TESTS = 20;
const MASS_SHARE = 0.05;

/**
 * A class for every column. Independent of the order of the rows.
 * @param tests rows of single tests
 * @param jobRows rows about the run as a whole
 * @param counts of the tests' cells, where they are known already
 */
export function classifyColumns(
  grid: Grid,
  tests: readonly Row[],
  jobRows: readonly Row[],
  counts: ColumnCounts = countColumns(tests, grid.columns.length),
): ColumnFinding[] {
  const unexpected = unexpectedness(tests, grid.columns.length);
  const named = jobRows.filter(({ name }) => name.endsWith('Overall'));
  const overall = named.length > 0 ? named : jobRows;
  return grid.columns.map(({ build, time }, index) => {
    const job = overall.map((row) => outcomeOf(row.statuses[index] ?? 0));
    const usual = usualNear(counts.ran, index);
    const surprise = unexpected[index] ?? { z: 0, failed: 0 };
    const judged = judge(job, counts, index, usual, surprise);
    return {
      index,
      build,
      time,
      class: judged.class,
      confidence: Math.round(100 * judged.confidence) / 100,
      reasons: judged.reason === null ? [] : [judged.reason],
      tests: { ran: counts.ran[index] ?? 0, usual, failed: surprise.failed },
    };
  });
}

/** What the column of one run says; null when the grid has no such run. */
export function columnOf(grid: Grid, build: string): ColumnFinding | null {
  const { jobRows, tests, counts } = findJobRows(grid);
  return classifyColumns(grid, tests, [...jobRows], counts).find((column) => column.build === build) ?? null;
}

/** Cells by column: completed, pending, and with any result at all. */
export interface ColumnCounts {
  readonly ran: Uint32Array;
  readonly pending: Uint32Array;
  readonly filled: Uint32Array;
}

function countColumns(rows: readonly Row[], columns: number): ColumnCounts {
  const counts = { ran: new Uint32Array(columns), pending: new Uint32Array(columns), filled: new Uint32Array(columns) };
  const { ran, pending, filled } = counts;
  let passing = 0;
  for (const { statuses, codes } of rows) {
    // Most rows pass in every run: they are counted as one.
    if (codes === (codes & PASSED)) {
      passing += 1;
      continue;
    }
    for (let c = 0; c < columns; c += 1) {
      const kind = KINDS[statuses[c] ?? 0] ?? 0;
      if (kind === KIND.none) continue;
      filled[c] = (filled[c] ?? 0) + 1;
      if (kind <= KIND.flaky) ran[c] = (ran[c] ?? 0) + 1;
      else if (kind === KIND.pending) pending[c] = (pending[c] ?? 0) + 1;
    }
  }
  for (let c = 0; c < columns; c += 1) {
    filled[c] = (filled[c] ?? 0) + passing;
    ran[c] = (ran[c] ?? 0) + passing;
  }
  return counts;
}

interface Judged {
  readonly class: ColumnClass;
  readonly confidence: number;
  readonly reason: string | null;
}

function judge(
  job: readonly Outcome[],
  counts: ColumnCounts,
  column: number,
  usual: number,
  { z, failed }: Unexpected,
): Judged {
  const ran = counts.ran[column] ?? 0;
  if (job.every((outcome) => outcome === 'none') && counts.filled[column] === 0)
    return { class: 'empty', confidence: 1, reason: 'no row has a result' };
  if (job.includes('pending') || (ran === 0 && (counts.pending[column] ?? 0) > 0))
    return { class: 'running', confidence: 1, reason: 'the run is not over' };
  const isOver = job.some((outcome) => outcome === 'pass' || outcome === 'fail' || outcome === 'flaky');
  if (!isOver && ran === 0) return { class: 'aborted', confidence: 0.9, reason: 'the run was aborted' };
  const isNearlyEmpty = usual >= ENOUGH_TESTS && ran <= NEARLY_EMPTY * usual;
  if (isNearlyEmpty && !job.includes('pass')) {
    const says = job.includes('fail') ? ', and the run as a whole failed' : '';
    return {
      class: 'install or ci failure',
      confidence: job.includes('fail') ? 0.95 : 0.75,
      reason: `${ran} of about ${usual} usual tests have a result${says}`,
    };
  }
  if (z > UNEXPECTED_Z && failed >= Math.max(ran < FEW_TESTS ? MASS_OF_FEW : MASS, MASS_SHARE * ran))
    return {
      class: 'mass failure',
      confidence: Math.min(0.95, 0.6 + 0.05 * (z - UNEXPECTED_Z) + 0.02 * failed),
      reason: `${failed} of ${ran} tests failed at once, ${z.toFixed(1)} standard deviations above what they do by themselves`,
    };
  return { class: 'normal', confidence: 1, reason: null };
}

/** How many tests runs nearby ran: the upper quartile, since several of them may be empty themselves. */
function usualNear(ran: Uint32Array, index: number): number {
  const near: number[] = [];
  for (let step = 1; step < ran.length && near.length < 2 * NEIGHBOURS; step += 1)
    for (const at of [index - step, index + step]) {
      const value = ran[at];
      if (value !== undefined && value > 0) near.push(value);
    }
  const sorted = near.sort((a, b) => a - b);
  return sorted[Math.floor(0.75 * (sorted.length - 1))] ?? 0;
}

interface Unexpected {
  readonly z: number;
  readonly failed: number;
}

/** Failures in a row from which a test is broken and fails as expected, with a rate of its own. */
const BROKEN_RUNS = 4;
const BROKEN_RATE = 0.9;

/**
 * Conditional unexpectedness of each column: Σ −ln p over its failed tests, against the mean and variance that
 * independent failures of the rows with a result in that column would give (`seed-analyses.md` 2.12). p is a row's
 * own failure rate; but a test that is broken for a week is no news on its third day, so within a long series of
 * failures p is that of a broken test.
 */
function unexpectedness(tests: readonly Row[], columns: number): Unexpected[] {
  const score = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  const count = new Uint32Array(columns);
  const at = new Uint32Array(columns);
  const bad = new Uint8Array(columns);
  for (const { statuses, codes } of tests) {
    if ((codes & FAILED) === 0) continue;
    let n = 0;
    let failed = 0;
    for (let c = 0; c < columns; c += 1) {
      const kind = KINDS[statuses[c] ?? 0] ?? 0;
      if (kind === KIND.none || kind > KIND.flaky) continue;
      at[n] = c;
      bad[n] = kind === KIND.fail ? 1 : 0;
      failed += bad[n] ?? 0;
      n += 1;
    }
    if (failed === n) continue;
    const rate = failed / n;
    for (let i = 0; i < n;) {
      let end = i + 1;
      while (bad[i] === 1 && end < n && bad[end] === 1) end += 1;
      const p = end - i >= BROKEN_RUNS ? Math.max(rate, BROKEN_RATE) : rate;
      const surprise = -Math.log(p);
      for (; i < end; i += 1) {
        const c = at[i] ?? 0;
        mean[c] = (mean[c] ?? 0) + p * surprise;
        variance[c] = (variance[c] ?? 0) + p * (1 - p) * surprise * surprise;
        if (bad[i] !== 1) continue;
        score[c] = (score[c] ?? 0) + surprise;
        count[c] = (count[c] ?? 0) + 1;
      }
    }
  }
  return Array.from(score, (sum, c) => {
    const spread = Math.sqrt(variance[c] ?? 0);
    return { z: spread === 0 ? 0 : (sum - (mean[c] ?? 0)) / spread, failed: count[c] ?? 0 };
  });
}

/**
 * Rows about the run as a whole: by name (`Overall`, `<job>.Overall`, `Pod`), and by structure:
 * rows that have a result in nearly every column in which nearly all other rows have none.
 */
export function findJobRows(grid: Grid): JobRows {
  const named = new Set(grid.rows.filter(({ name }) => isJobLevel(name)));
  const others = grid.rows.filter((row) => !named.has(row));
  const counts = countColumns(others, grid.columns.length);
  const found = others.length < 2 * ENOUGH_TESTS ? [] : findByStructure(others, counts.filled);
  const jobRows = new Set([...named, ...found]);
  const isTest = (row: Row): boolean => !jobRows.has(row) && !isStep(row.name);
  const tests = others.filter(isTest);
  const noTests = countColumns(
    others.filter((row) => !isTest(row)),
    grid.columns.length,
  );
  // Taken off, since they are few: counting all tests once more would take as long as the first time.
  for (const what of ['ran', 'pending', 'filled'] as const)
    noTests[what].forEach((n, c) => (counts[what][c] = (counts[what][c] ?? 0) - n));
  return { jobRows, tests, counts };
}

/** A grid's rows told apart, and the counts of its tests. */
export interface JobRows {
  readonly jobRows: ReadonlySet<Row>;
  readonly tests: readonly Row[];
  readonly counts: ColumnCounts;
}

function findByStructure(rows: readonly Row[], filled: Uint32Array): Row[] {
  const usual = filled.toSorted()[Math.floor(0.75 * (filled.length - 1))] ?? 0;
  const bare = Array.from(filled.keys()).filter(
    (c) => (filled[c] ?? 0) > 0 && (filled[c] ?? 0) <= NEARLY_EMPTY * usual,
  );
  if (bare.length < 3) return [];
  return rows.filter(({ statuses }) => {
    if (bare.some((c) => statuses[c] === 0)) return false;
    let cells = 0;
    for (const code of statuses) if (code !== 0) cells += 1;
    return cells >= 0.95 * statuses.length;
  });
}
