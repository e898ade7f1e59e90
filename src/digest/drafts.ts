// What one job has to say in a summary: each failure a draft, which those of other jobs may be put together with.
import { shortName } from '../answer/heatmap/names.ts';
import type { Verified } from '../answer/verify.ts';
import type { Failure, RunPoint, Since } from '../ci/failure.ts';
import { oneLine } from '../ci/text.ts';
import type { Verdict } from '../ci/verdict.ts';
import { signatureOfFailure } from '../diagnose/similar.ts';
import { FAILING_NOW, type Rate, type RowClass } from '../grids/findings.ts';
import { signatureOf, type Signature } from '../logs/signature.ts';
import type { ItemJob, Section, Window } from './digest.ts';
import { isWithin, type DayRun, type DayTest, type JobDay } from './job-day.ts';

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

const NEW_TEST = 'new test failing' satisfies RowClass;
/** Classes of tests that fail at times. */
const AT_TIMES: ReadonlySet<RowClass> = new Set<RowClass>([
  'flaky',
  'green but flaky',
  'one-off',
  'too little data',
  'only reported on failure',
]);
const TITLE_CHARS = 200;
const CITED = 2;
/** A message that says less is no name of a failure. */
const TELLING_CHARS = 12;

export function draftsOf(day: JobDay, found: Found, window: Window): Draft[] {
  if (day.health.state === 'stale') return [staleDraft(day)];
  const lasting = lastingDrafts(day, found, window);
  const gone = goneDrafts(day, found, window);
  const told = new Set([...lasting, ...gone].flatMap(({ tests }) => tests.map(({ name }) => name)));
  const flaky = flakyDrafts(day, told);
  return [...lasting, ...gone, ...flaky, ...onceDrafts(day, window, [...gone, ...flaky])];
}

/** True while the newest completed run failed. */
export const isRed = ({ since }: JobDay): boolean => since !== null && since.recovered === null;

/** Failures that are nobody's code: the CI, or a cluster that many runs could not get. */
const isOutage = (verdict: Verdict | null): boolean =>
  verdict !== null &&
  (verdict.locus === 'ci infrastructure' || (verdict.locus === 'cluster install' && verdict.recurrence === 'outage'));

const isInstall = (run: DayRun | undefined): boolean => run?.class === 'install or ci failure';
const newestOf = (runs: readonly DayRun[]): DayRun | undefined =>
  runs.find(({ state }) => state === 'passed' || state === 'failed');
const runAt = ({ runs }: JobDay, point: RunPoint | null): DayRun | undefined =>
  runs.find((run) => run.point.build === point?.build && run.point.time === point.time);

/** What fails now. */
function lastingDrafts(day: JobDay, found: Found, window: Window): Draft[] {
  const groups = groupsOf(day);
  const newest = newestOf(day.runs);
  if (newest && !isRed(day))
    // A job that is green as a whole: tests that fail in it without turning it red are told while they are new.
    return groups
      .filter(({ tests: [first] }) => isWithin(runAt(day, first?.firstBad ?? null)?.at ?? null, window))
      .map((group) => groupDraft(day, group, null, window));
  // A run that says nothing of its tests is told beside what is known of them.
  const isApart = groups.length === 0 || isOutage(found.red?.investigation.verdict ?? null) || isInstall(newest);
  // A step fails because of a test in it, or of what is told of the run.
  const tests = groups.filter((group) => group.tests.some(({ finding }) => finding.kind === 'test'));
  const shown = isApart || tests.length > 0 ? tests : groups;
  const told = isApart ? null : groupOfCause(shown, causeOf(found.red), newest);
  return [
    ...(newest && isApart ? [jobDraft(day, found.red, window)] : []),
    ...shown.map((group) => groupDraft(day, group, group === told ? found.red : null, window)),
  ];
}

/** Tests that fail now and began to in the same run. */
interface Group {
  readonly isNewTest: boolean;
  readonly tests: readonly DayTest[];
}

function groupsOf({ tests }: JobDay): Group[] {
  const lasting = tests.filter(
    ({ finding: { class: name, turns_red: turnsRed } }) =>
      FAILING_NOW.has(name) && (turnsRed || name === 'regression' || name === NEW_TEST),
  );
  const groups = Map.groupBy(lasting, ({ finding, firstBad }) =>
    [finding.class === NEW_TEST, finding.turns_red, firstBad?.build ?? ''].join(' '),
  );
  return Array.from(groups.values(), (grouped) => ({
    isNewTest: grouped[0]?.finding.class === NEW_TEST,
    tests: grouped,
  }));
}

/** The group that the cause of the red run is in: by its test, else the largest that failed in that run. */
function groupOfCause(groups: readonly Group[], cause: Failure | null, newest: DayRun | undefined): Group | null {
  const named = groups.find(
    ({ tests }) => cause?.test != null && tests.some(({ name }) => name.endsWith(cause.test ?? '')),
  );
  if (named) return named;
  const failing = groups.filter(({ tests }) =>
    tests.some(({ lastFailed }) => lastFailed?.build === newest?.point.build),
  );
  return failing.sort((a, b) => b.tests.length - a.tests.length)[0] ?? null;
}

function groupDraft(day: JobDay, { isNewTest, tests }: Group, found: Verified | null, window: Window): Draft {
  const [first] = tests;
  const verdict = found?.investigation.verdict ?? null;
  const cause = causeOf(found);
  const began = runAt(day, first?.firstBad ?? null);
  const isNew = isWithin(began?.at ?? null, window);
  const isQuiet = first?.finding.turns_red === false;
  const failed = first?.finding.stats.in_a_row ?? 0;
  return {
    section: isNewTest ? NEW_TEST : isNew ? 'broke' : 'still failing',
    title: testsTitle(tests),
    message: oneLine(cause?.message ?? first?.message ?? '', 300) || null,
    verdict,
    signature: (cause && signatureOfFailure(cause)) ?? ownSignature(first),
    job: {
      name: day.name,
      url: day.url,
      since: first?.firstBad ?? null,
      lastGood: first?.lastGood ?? null,
      recovered: null,
      isNew,
      failed,
    },
    tests,
    rate: null,
    isOver: false,
    cited: [...citedFailure(found), { from: day, ids: (first?.evidence ?? []).slice(0, 1) }],
    note: isQuiet ? 'it does not turn the run red' : null,
  };
}

/** The job as a whole: nothing that its grid knows by name fails again and again. */
function jobDraft(day: JobDay, found: Verified | null, window: Window): Draft {
  const verdict = found?.investigation.verdict ?? null;
  const cause = causeOf(found);
  const newest = newestOf(day.runs);
  const isNew = isWithin(runAt(day, day.since?.first_failing ?? null)?.at ?? null, window);
  const isInfra = isOutage(verdict) || (verdict === null && isInstall(newest));
  const isFlaky = verdict?.recurrence === 'known flake';
  const tests = newest?.class === 'normal' && !isInfra ? testsFailedIn(day, newest) : [];
  return {
    section: isInfra ? 'infrastructure' : isFlaky ? 'flaky' : isNew ? 'broke' : 'still failing',
    title: tests.length > 0 ? testsTitle(tests) : causeTitle(cause, day),
    message: oneLine(cause?.message ?? tests[0]?.message ?? '', 300) || null,
    verdict,
    signature: (cause && signatureOfFailure(cause)) ?? ownSignature(tests[0]),
    job: itemJob(day, day.since, isNew),
    tests,
    rate: isFlaky ? (tests[0]?.finding.stats.rate ?? null) : null,
    isOver: false,
    cited: citedFailure(found),
    note: found === null ? 'its runs were not looked into' : null,
  };
}

/** The tests that failed in a run, the named cause first. */
const testsFailedIn = ({ tests }: JobDay, { point }: DayRun): DayTest[] =>
  tests.filter(({ finding, lastFailed }) => finding.kind === 'test' && lastFailed?.build === point.build);

/** What failed in the window and does so no more: recovered, an outage that is over, or once. */
function goneDrafts(day: JobDay, found: Found, window: Window): Draft[] {
  const { since } = day;
  const failed = day.runs.filter(({ at, state }) => state === 'failed' && isWithin(at, window));
  const inSeries = new Set(isRed(day) ? seriesOf(day).map(({ column }) => column) : []);
  const outages = failed.filter((run) => isInstall(run) && !inSeries.has(run.column));
  const back = since?.recovered ? runAt(day, since.recovered) : undefined;
  const series = since?.recovered ? seriesOf(day) : [];
  const isLong = series.length > 1 || (series[0]?.at ?? Infinity) < window.from;
  const isBack = isWithin(back?.at ?? null, window) && isLong && !series.every(isInstall);
  return [
    ...(outages.length > 0 ? [outageDraft(day, outages, found.event)] : []),
    ...(isBack ? [recoveredDraft(day, series)] : recoveredTests(day, window)),
  ];
}

/** The runs of the newest series of failures, newest first. */
function seriesOf({ runs, since }: JobDay): DayRun[] {
  const completed = runs.filter(({ state }) => state === 'passed' || state === 'failed');
  const newest = completed.findIndex(({ state }) => state === 'failed');
  return newest < 0 ? [] : completed.slice(newest, newest + (since?.in_a_row ?? 0));
}

function outageDraft(day: JobDay, runs: readonly DayRun[], found: Verified | null): Draft {
  const cause = causeOf(found);
  const verdict = found?.investigation.verdict ?? null;
  const isOver = newestOf(day.runs)?.column !== runs[0]?.column;
  return {
    // What did not build, say, and does now, is no outage: it failed and passed.
    section: verdict === null || isOutage(verdict) || verdict.locus === 'cluster install' ? 'infrastructure' : 'flaky',
    title: causeTitle(cause, day, 'ended without test results'),
    message: oneLine(cause?.message ?? '', 300) || null,
    verdict,
    signature: cause && signatureOfFailure(cause),
    job: {
      name: day.name,
      url: day.url,
      since: runs.at(-1)?.point ?? null,
      lastGood: null,
      recovered: isOver ? (day.runs.findLast(({ column }) => column < (runs[0]?.column ?? 0))?.point ?? null) : null,
      isNew: true,
      failed: runs.length,
    },
    tests: [],
    rate: null,
    isOver,
    cited: citedFailure(found),
    note: found === null ? 'its runs were not looked into' : null,
  };
}

function recoveredDraft(day: JobDay, series: readonly DayRun[]): Draft {
  const builds = new Set(series.map(({ point }) => point.build));
  const tests = day.tests.filter(
    ({ lastFailed, finding }) => finding.class === 'recovered' || builds.has(lastFailed?.build ?? ''),
  );
  const [first] = tests;
  return {
    section: 'recovered',
    title: tests.length > 0 ? testsTitle(tests) : 'the job as a whole',
    message: first?.message ?? null,
    verdict: null,
    signature: ownSignature(first),
    job: itemJob(day, day.since, false),
    tests,
    rate: null,
    isOver: true,
    cited: [{ from: day, ids: (first?.evidence ?? []).slice(0, CITED) }],
    note: null,
  };
}

/** Tests that pass again in a job that is red for another reason, or never was. */
function recoveredTests(day: JobDay, window: Window): Draft[] {
  return day.tests
    .filter(({ finding, passedAgain }) => finding.class === 'recovered' && isWithin(passedAgain?.at ?? null, window))
    .map((test) => ({
      section: 'recovered',
      title: testsTitle([test]),
      message: test.message || null,
      verdict: null,
      signature: ownSignature(test),
      job: {
        name: day.name,
        url: day.url,
        since: test.lastFailed,
        lastGood: null,
        recovered: test.passedAgain?.point ?? null,
        isNew: false,
        failed: test.finding.stats.failed,
      },
      tests: [test],
      rate: null,
      isOver: true,
      cited: [{ from: day, ids: test.evidence.slice(0, CITED) }],
      note: null,
    }));
}

/** Tests that failed in the window and are flaky, or failed once. */
function flakyDrafts(day: JobDay, told: ReadonlySet<string>): Draft[] {
  const isFlaky = ({ finding, inWindow }: DayTest): boolean =>
    inWindow > 0 && finding.kind === 'test' && AT_TIMES.has(finding.class);
  const series = new Set(isRed(day) ? seriesOf(day).map(({ point }) => point.build) : []);
  return (
    day.tests
      .filter((test) => isFlaky(test) && !told.has(test.name))
      // What failed in the red run alone is a part of why it is red, unless it is known to be flaky.
      .filter(({ finding, lastFailed }) => finding.class.includes('flaky') || !series.has(lastFailed?.build ?? ''))
      .map((test) => ({
        section: 'flaky',
        title: testsTitle([test]),
        message: test.message || null,
        verdict: null,
        signature: null,
        job: {
          name: day.name,
          url: day.url,
          since: test.lastFailed,
          lastGood: null,
          recovered: test.passedAgain?.point ?? null,
          isNew: test.finding.class === 'one-off',
          failed: test.inWindow,
        },
        tests: [test],
        rate: test.finding.stats.rate,
        isOver: test.passedAgain !== null,
        cited: [{ from: day, ids: test.evidence.slice(0, CITED) }],
        note: null,
      }))
  );
}

/** A run of the window that failed and was followed by one that passed, where no test tells why. */
function onceDrafts(day: JobDay, window: Window, told: readonly Draft[]): Draft[] {
  const series = new Set(seriesOf(day).filter((_, __, all) => isRed(day) || all.length > 1));
  const builds = new Set(
    told.flatMap(({ job, tests }) => [job.since?.build, ...tests.map(({ lastFailed }) => lastFailed?.build)]),
  );
  const once = day.runs.filter(
    (run) =>
      run.state === 'failed' &&
      run.class !== 'install or ci failure' &&
      isWithin(run.at, window) &&
      !series.has(run) &&
      !builds.has(run.point.build),
  );
  const [newest] = once;
  if (!newest) return [];
  return [
    {
      section: 'flaky',
      title: newest.class === 'mass failure' ? 'many tests at once' : 'the job as a whole',
      message: null,
      verdict: null,
      signature: null,
      job: { ...itemJob(day, null, true), since: newest.point, failed: once.length },
      tests: [],
      rate: null,
      isOver: true,
      cited: [],
      note: 'it failed and passed again; no test that is flaky tells why',
    },
  ];
}

const staleDraft = (day: JobDay): Draft => ({
  section: 'stale',
  title: 'not running any more',
  message: null,
  verdict: null,
  signature: null,
  job: { ...itemJob(day, null, false), since: day.runs[0]?.point ?? null },
  tests: [],
  rate: null,
  isOver: false,
  cited: [],
  note: day.health.was === null ? null : `${day.health.was} when it last ran`,
});

const itemJob = (day: JobDay, since: Since | null, isNew: boolean): ItemJob => ({
  name: day.name,
  url: day.url,
  since: since?.first_failing ?? null,
  lastGood: since?.last_passing ?? null,
  recovered: since?.recovered ?? null,
  isNew,
  failed: since?.in_a_row ?? 0,
});

const causeOf = (found: Verified | null): Failure | null =>
  found?.investigation.failures.find(({ secondary }) => !secondary) ?? null;

const citedFailure = (found: Verified | null): Cited[] =>
  found ? [{ from: found, ids: (causeOf(found)?.evidence ?? []).slice(0, CITED) }] : [];

/** By what the newest failing cell says. */
const ownSignature = (test: DayTest | undefined): Signature | null =>
  test !== undefined && test.message.length >= TELLING_CHARS ? signatureOf(test.message) : null;

function testsTitle(tests: readonly DayTest[]): string {
  const [first, ...rest] = tests;
  const name = titleOf(first?.name ?? '');
  return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}

function causeTitle(cause: Failure | null, { headline }: JobDay, otherwise = headline): string {
  if (cause?.test != null) return titleOf(cause.test);
  if (cause?.step != null) return titleOf(cause.step).replace(/^(?!step )/, 'step ');
  return oneLine(cause?.message ?? otherwise, TITLE_CHARS);
}

const titleOf = (name: string): string => shortName(name, (text) => text.length <= TITLE_CHARS);
