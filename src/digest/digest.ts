// The summary of a day: what broke, still fails, recovered or is only flaky, each thing once, whatever jobs it is in.
import type { Gap } from '../ci/evidence.ts';
import type { RunPoint } from '../ci/failure.ts';
import type { Locus, Recurrence } from '../ci/verdict.ts';
import type { ShownEvidence } from '../answer/shown.ts';
import type { Rate } from '../grids/findings.ts';

/** Sections, what needs a person first. */
export const SECTIONS = [
  'broke',
  'infrastructure',
  'new test failing',
  'still failing',
  'flaky',
  'recovered',
  'stale',
] as const;
export type Section = (typeof SECTIONS)[number];

/** From when to when, ms since the epoch. A run belongs to the window in which it ended, as far as that is known. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Runs by how they ended; the testable ones are `passed` and `failed`. */
export interface RunCounts {
  readonly passed: number;
  readonly failed: number;
  /** Failed without test results: the installation or the CI, not what is tested. */
  readonly infrastructure: number;
  readonly aborted: number;
  readonly running: number;
}

/** Testable runs of one day (UTC), all jobs together. */
export interface DayCount {
  /** `2026-11-20` */
  readonly day: string;
  readonly passed: number;
  readonly testable: number;
}

/** A job that an item is about. */
export interface ItemJob {
  readonly name: string;
  /** Where its grid, or its history, is seen. */
  readonly url: string;
  /** First failing run of the series; for a flaky test its newest failure. */
  readonly since: RunPoint | null;
  readonly lastGood: RunPoint | null;
  /** The first passing run after it, where it is over. */
  readonly recovered: RunPoint | null;
  /** True where it began within the window. */
  readonly isNew: boolean;
  /** Failing runs in a row, or in the window where there is no series. */
  readonly failed: number;
}

export interface DigestItem {
  /** The same on every day on which this fails in this way. */
  readonly key: string;
  readonly section: Section;
  /** What fails, in one line of ours; names of tests and steps in it are cleaned. */
  readonly title: string;
  /** What it says, cleaned (untrusted text); null where nothing that was read says why. */
  readonly message: string | null;
  /** Null where the grid alone tells of it. */
  readonly locus: Locus | null;
  readonly recurrence: Recurrence | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly jobs: readonly ItemJob[];
  /** The first ones, and how many there are. */
  readonly tests: readonly string[];
  readonly testCount: number;
  /** How often it fails, of the runs of all its jobs; of flaky tests alone. */
  readonly rate: Rate | null;
  /** True where it came and went within the window. */
  readonly isOver: boolean;
  /** What moved between last good and first bad: [of what, from, to]. */
  readonly changes: readonly (readonly [string, string, string])[];
  /** Ids of the digest's evidence. */
  readonly evidence: readonly string[];
  /** What a reader must know of how it was told; null where there is nothing. */
  readonly note: string | null;
}

/** A job as the summary counts it. */
export interface JobLine {
  readonly name: string;
  readonly url: string;
  readonly state: 'failing' | 'passing' | 'flaky' | 'stale' | 'no completed runs' | 'unknown';
  readonly headline: string;
  readonly runs: RunCounts;
}

/** What became of the previous summary's open items. */
export interface Handover {
  /** When the previous summary ended, ms since the epoch. */
  readonly since: number;
  readonly added: number;
  readonly kept: number;
  /** Titles of items that were open and are not any more. */
  readonly gone: readonly string[];
}

export interface Digest {
  /** What it is of, as it was asked for. */
  readonly of: string;
  readonly window: Window;
  /** In the order of the sections, and in each the most urgent first. */
  readonly items: readonly DigestItem[];
  readonly jobs: readonly JobLine[];
  readonly runs: RunCounts;
  /** Share of testable runs that passed in the window, and in the seven days before it; null without any. */
  readonly health: { readonly now: Rate | null; readonly before: Rate | null };
  /** Of the last two weeks, oldest first. */
  readonly days: readonly DayCount[];
  readonly handover: Handover | null;
  readonly evidence: readonly ShownEvidence[];
  readonly gaps: readonly Gap[];
}
