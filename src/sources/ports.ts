// What an investigation needs from the outside, by need and not by service.
import type { Job, PullRequest } from '../ci/job.ts';
import type { Run, RunState } from '../ci/run.ts';
import type { Source } from '../ci/evidence.ts';
import type { KnownIssue } from '../ci/known-issue.ts';
import type { System } from '../ci/system.ts';
import type { Grid } from '../grids/grid.ts';
import type { Usage } from './meter.ts';

/** A value from a source; `staleMs` is its age when the service did not answer and an older copy is used. */
export interface From<T> {
  readonly value: T;
  readonly staleMs: number | null;
}

/** A page of a job's runs, newest first. */
export interface HistoryPage {
  readonly runs: readonly Run[];
  /** Entries of the page that name no run of this job. */
  readonly skipped: number;
  /** The build id to ask the next, older page with; null on the last one. */
  readonly older: string | null;
}

/** A job that ran lately, as the list of current Prow jobs knows it. */
export interface RecentJob {
  readonly job: Job;
  readonly build: string;
  readonly state: RunState;
}

/** The runs of one job on a pull request, newest first. */
export interface PullJob {
  readonly job: Job;
  readonly runs: readonly Run[];
}

/** One object of a run's folder. */
export interface Artifact {
  /** Full object name in the bucket. */
  readonly object: string;
  /** Path below the run's folder. */
  readonly path: string;
  /** Stored size in bytes (compressed where it is stored compressed). */
  readonly size: number;
}

export interface ArtifactList {
  readonly artifacts: readonly Artifact[];
  /** True when the listing was cut at our page limit. */
  readonly cut: boolean;
}

/** The bytes of one object. */
export interface Document {
  readonly source: Source;
  readonly bytes: Buffer;
  /** Why the bytes are not the whole object; null when they are. */
  readonly cut: 'too large' | 'cut off' | null;
}

/** Every method throws SourceError; `not found` for what does not exist. */
export interface Runs {
  /** A page of the job's history: the newest runs, or those from build `from` on and older. */
  history(job: Job, from?: string): Promise<From<HistoryPage>>;
  /** The jobs of about the last two days. */
  recent(): Promise<From<readonly RecentJob[]>>;
  /** The jobs that ran on a pull request's newest commit. */
  pull(pull: PullRequest): Promise<From<readonly PullJob[]>>;
}

export interface Grids {
  dashboards(): Promise<From<readonly string[]>>;
  tabs(dashboard: string): Promise<From<readonly string[]>>;
  /** @param options.durations ask for the runs' durations too: a larger answer */
  table(dashboard: string, tab: string, options?: { durations?: boolean }): Promise<From<Grid>>;
}

export interface Artifacts {
  /** What the run left that a diagnosis can use: metadata, logs, step results, JUnit. */
  list(run: Run): Promise<From<ArtifactList>>;
  /** True when the bucket holds runs of the job. */
  hasRuns(job: Job): Promise<boolean>;
  /** One run by its folder, as its own started.json and finished.json tell it. */
  run(job: Job, build: string, path: string): Promise<From<Run>>;
  /** The newest runs of the job as the bucket tells them, for when deck does not answer; newest first. */
  newestRuns(job: Job, count: number): Promise<From<readonly Run[]>>;
  /** One object, at most `maxBytes` decoded. */
  read(run: Run, object: string, maxBytes: number): Promise<From<Document>>;
}

/** One CI system with its sources. */
export interface CiSystem {
  readonly system: System;
  readonly runs: Runs;
  readonly grids: Grids;
  readonly artifacts: Artifacts;
}

/** What people already track. */
export interface KnownIssues {
  /** `org/repo`, or what else a person would call it. */
  readonly name: string;
  /** Throws SourceError. */
  issues(): Promise<From<readonly KnownIssue[]>>;
}

export interface Sources {
  readonly systems: readonly CiSystem[];
  /** None unless configured. */
  readonly known: readonly KnownIssues[];
  /** The cost of what was asked through these alone. */
  usage(): Usage;
  /** The same sources, connections and cache for one piece of work, which ends when `signal` aborts. */
  fork(signal: AbortSignal): Sources;
  /** Ends the connections of all forks. */
  close(): Promise<void>;
}
