// A failure: one thing that went wrong in a run, a step or a test (or the whole run when it has neither).

/** One run as an answer names it. */
export interface RunPoint {
  readonly build: string;
  /** RFC 3339, UTC; null when no source told it. */
  readonly time: string | null;
  readonly url: string;
}

/** Since when something fails, counted over completed runs (aborted and pending ones are left out). */
export interface Since {
  /** The oldest run of the unbroken series of failures. */
  readonly first_failing: RunPoint | null;
  /** The newest passing run before it; null when none is in the window that was read. */
  readonly last_passing: RunPoint | null;
  /** Failing runs among `of_runs`. */
  readonly failing_runs: number;
  /** Completed runs in the window that was read. */
  readonly of_runs: number;
  /** Failing runs in the unbroken series. */
  readonly in_a_row: number;
  /** The first passing run after the series, when the failure is over. */
  readonly recovered: RunPoint | null;
}

/** Lines of a log that say something and are not quoted, by their common form (untrusted text, without secrets). */
export interface Unquoted {
  readonly family: string;
  readonly count: number;
  /** The family's first and last line in the log. */
  readonly first: number;
  readonly last: number;
}

/** An issue that a failure is known as. */
export interface KnownAs {
  /** `org/repo#123`. */
  readonly issue: string;
  readonly url: string;
  /** Untrusted text, cleaned. */
  readonly title: string;
  /** `open`, `reopened`, `fixed in v1.34` … */
  readonly state: string;
  /** 0 to 1. */
  readonly score: number;
  /** What made it match. */
  readonly by: 'test' | 'text';
  /** Rare words that both say. */
  readonly words: readonly string[];
  readonly evidence: readonly string[];
}

export interface Failure {
  readonly step: string | null;
  readonly test: string | null;
  /** The failure in its own words, cleaned for showing (untrusted text). */
  readonly message: string;
  readonly evidence: readonly string[];
  /** The same wherever something fails in this way, in any run, job and on any day; absent where nothing says why. */
  readonly signature?: string;
  /** What else the log of the cause says; the largest families. */
  readonly unquoted?: readonly Unquoted[];
  /** True for what fails after the cause and because of it: gathering, cleanup, later steps. */
  readonly secondary: boolean;
  /** Since when this very step or test fails, where a source tells it. */
  readonly since: Since | null;
  /** Issues it is known as, the best first; absent where none fits or none were looked at. */
  readonly known?: readonly KnownAs[];
}
