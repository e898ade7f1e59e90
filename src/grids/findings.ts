// What a grid says once it is understood: events of whole runs, a class for each test, tests that fail together.
import type { OverallStatus } from './grid.ts';
import type { Drift } from './survival.ts';

export const COLUMN_CLASSES = [
  'normal',
  'install or ci failure',
  'mass failure',
  'running',
  'aborted',
  'empty',
] as const;
export type ColumnClass = (typeof COLUMN_CLASSES)[number];

export const ROW_CLASSES = [
  'passing',
  'regression',
  'likely regression',
  'consistently failing',
  'never passed',
  'new test failing',
  'flaky',
  'green but flaky',
  'one-off',
  'only reported on failure',
  'recovered',
  'stale',
  'too little data',
] as const;
export type RowClass = (typeof ROW_CLASSES)[number];

/** Classes that say that a test fails now. */
export const FAILING_NOW: ReadonlySet<RowClass> = new Set<RowClass>([
  'regression',
  'likely regression',
  'consistently failing',
  'never passed',
  'new test failing',
]);

/** A test, or a step or image of the run that carries the tests: steps are judged likewise, and counted apart. */
export type RowKind = 'test' | 'step';

/** A run as a grid names it. */
export interface RunRef {
  readonly build: string;
  /** Start, ms since the epoch; null where the table has none. */
  readonly time: number | null;
}

/** What a run's column says as a whole. Anything but `normal` is an event, taken out of the statistics of tests. */
export interface ColumnFinding extends RunRef {
  /** Index of the column, 0 the newest. */
  readonly index: number;
  readonly class: ColumnClass;
  readonly confidence: number;
  readonly reasons: readonly string[];
  /** Tests with a completed result here; usually, in runs nearby; and that failed here but not in every run. */
  readonly tests: { readonly ran: number; readonly usual: number; readonly failed: number };
}

/** A share `failures / n` with its 95 % interval. */
export interface Rate {
  readonly failures: number;
  readonly n: number;
  readonly low: number;
  readonly high: number;
}

/** Counts over the completed results of a row, events taken out. */
export interface RowStats {
  /** Completed results. */
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  /** Failed and passed in one run. */
  readonly flaky: number;
  /** Failed or flaky, of all. */
  readonly rate: Rate;
  /** Changes between pass and fail, in either direction, flaky cells counting as one. */
  readonly flips: number;
  /** Failures in a row up to the newest completed result. */
  readonly in_a_row: number;
  readonly last_failed: RunRef | null;
}

export interface RowFinding {
  /** Index of the row in the grid. */
  readonly index: number;
  readonly name: string;
  readonly kind: RowKind;
  readonly class: RowClass;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly stats: RowStats;
  /** False where it fails in runs that pass as a whole: whatever it says, it is not what turns the job red. */
  readonly turns_red: boolean;
  /** Newest runs, all of them one mass failure, in which it failed too: they count as an event, and in no figure here. */
  readonly in_event: number;
  /** First run of the current series of failures: a fact, not always the culprit. */
  readonly first_bad: RunRef | null;
  /** The likeliest run at which the break came in. */
  readonly best_guess: RunRef | null;
  /** Runs that hold the break with 95 % probability, newest first; empty where no break is claimed. */
  readonly set: readonly RunRef[];
  readonly last_good: RunRef | null;
  /** What moved between last good and first bad, where the table's headers tell: header name → [from, to]. */
  readonly changes: ReadonlyMap<string, readonly [string, string]>;
}

/** Tests that fail in the same runs more often than chance. */
export interface GroupFinding {
  /** Indices of the rows. */
  readonly rows: readonly number[];
  /** Runs in which at least two of them failed. */
  readonly runs: readonly RunRef[];
  /** Largest adjusted p-value of a link that holds the group together (Benjamini-Hochberg). */
  readonly p: number;
}

export interface GridHealth {
  readonly state: 'passing' | 'failing' | 'flaky' | 'stale' | 'no completed runs';
  readonly reasons: readonly string[];
  /** TestGrid's own overall status; null where the table has none. */
  readonly testgrid: OverallStatus | null;
  /** What a stale tab was when it last ran; null for one that still runs. */
  readonly was: 'passing' | 'failing' | 'flaky' | null;
  /** Why that is another one; null where it is the same, or there is none. */
  readonly disagrees: string | null;
}

/** How long runs take, where that says something. */
export interface DurationFinding {
  /** The newest passing runs against the passing ones before: told when far off. */
  readonly drift: Drift | null;
  /** Minutes at which runs that did not pass seem to be cut off, and these runs; of `n` with a duration. */
  readonly limit: { readonly minutes: number; readonly runs: readonly RunRef[]; readonly n: number } | null;
}

export interface GridFindings {
  readonly columns: readonly ColumnFinding[];
  /** Tests and steps; rows about the run as a whole are used for the columns. */
  readonly rows: readonly RowFinding[];
  /** Names of the rows about the run as a whole. */
  readonly jobRows: readonly string[];
  readonly groups: readonly GroupFinding[];
  /** Null where the table has no durations, or they say nothing. */
  readonly durations: DurationFinding | null;
  readonly health: GridHealth;
}
