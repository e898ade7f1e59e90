// A draft of an item: what one job has to say of one failure, before those of other jobs are put beside it.
import { shortName } from '../answer/heatmap/names.ts';
import type { Verified } from '../answer/verify.ts';
import type { Failure, RunPoint, Since } from '../ci/failure.ts';
import { oneLine } from '../ci/text.ts';
import type { Verdict } from '../ci/verdict.ts';
import type { Rate } from '../grids/findings.ts';
import { signatureOf, type Signature } from '../logs/signature.ts';
import type { ItemJob, Section } from './digest.ts';
import type { DayRun, DayTest, JobDay } from './job-day.ts';

/** What was found out about a job's runs, beside its grid. */
export interface Found {
  /** About the run that makes the job red; null where none does, or it was not asked for. */
  readonly red: Verified | null;
  /** About the newest run of the window that failed without test results, where that is another one. */
  readonly event: Verified | null;
}

/** A piece of evidence where it was found: ids are unique in each alone. */
export interface Cited {
  readonly from: JobDay | Verified;
  readonly ids: readonly string[];
}

export interface Draft {
  readonly section: Section;
  readonly title: string;
  readonly message: string | null;
  readonly verdict: Verdict | null;
  /** What the failure is known by in other jobs: its words, or its tests. */
  readonly signature: Signature | null;
  readonly job: ItemJob;
  readonly tests: readonly DayTest[];
  readonly rate: Rate | null;
  readonly isOver: boolean;
  readonly cited: readonly Cited[];
  readonly note: string | null;
}

const TITLE_CHARS = 200;

/** A message that says less is no name of a failure. */
const TELLING_CHARS = 12;

/** True while the newest completed run failed. */
export const isRed = ({ since }: JobDay): boolean => since !== null && since.recovered === null;

/** Failures that are nobody's code: the CI, or a cluster that many runs could not get. */
export const isOutage = (verdict: Verdict | null): boolean =>
  verdict !== null &&
  (verdict.locus === 'ci infrastructure' || (verdict.locus === 'cluster install' && verdict.recurrence === 'outage'));

export const isInstall = (run: DayRun | undefined): boolean => run?.class === 'install or ci failure';

export const newestOf = (runs: readonly DayRun[]): DayRun | undefined =>
  runs.find(({ state }) => state === 'passed' || state === 'failed');

export const runAt = ({ runs }: JobDay, point: RunPoint | null): DayRun | undefined =>
  runs.find((run) => run.point.build === point?.build && run.point.time === point.time);

/** The runs of the newest series of failures, newest first. */
export function seriesOf({ runs, since }: JobDay): DayRun[] {
  const completed = runs.filter(({ state }) => state === 'passed' || state === 'failed');
  const newest = completed.findIndex(({ state }) => state === 'failed');
  return newest < 0 ? [] : completed.slice(newest, newest + (since?.in_a_row ?? 0));
}

export const itemJob = (day: JobDay, since: Since | null, isNew: boolean): ItemJob => ({
  name: day.name,
  url: day.url,
  since: since?.first_failing ?? null,
  lastGood: since?.last_passing ?? null,
  recovered: since?.recovered ?? null,
  isNew,
  failed: since?.in_a_row ?? 0,
});

export const causeOf = (found: Verified | null): Failure | null =>
  found?.investigation.failures.find(({ secondary }) => !secondary) ?? null;

export const CITED = 2;

export function citedFailure(found: Verified | null): Cited[] {
  const cause = causeOf(found);
  const known = cause?.known?.[0]?.evidence.slice(0, 1) ?? [];
  return found ? [{ from: found, ids: [...(cause?.evidence ?? []).slice(0, CITED), ...known] }] : [];
}

/** The issue that the failure is known as; null where it is none. */
export function knownNote(cause: Failure | null): string | null {
  const known = cause?.known?.[0];
  return known ? `known: ${known.issue} (${known.state})` : null;
}

/** By what the newest failing cell says. */
export const ownSignature = (test: DayTest | undefined): Signature | null =>
  test !== undefined && test.message.length >= TELLING_CHARS ? signatureOf(test.message) : null;

export function testsTitle(tests: readonly DayTest[]): string {
  const [first, ...rest] = tests;
  const name = titleOf(first?.name ?? '');
  return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}

/** A test or a step by its name; what hit the run as a whole by what it says, for its step says nothing. */
export function causeTitle(cause: Failure | null, { headline }: JobDay, isInfra: boolean): string {
  if (cause?.test != null) return titleOf(cause.test);
  const step = cause?.step == null ? null : titleOf(cause.step).replace(/^(?!step )/, 'step ');
  const said = oneLine(cause?.message ?? '', TITLE_CHARS).replace(/^\* /, '') || null;
  return (isInfra ? (said ?? step) : (step ?? said)) ?? headline;
}

const titleOf = (name: string): string => shortName(name, (text) => text.length <= TITLE_CHARS);
