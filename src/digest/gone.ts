// What failed in a job and does so no more: outages that are over, recovered runs and tests.
import type { Verified } from '../answer/verify.ts';
import { oneLine } from '../ci/text.ts';
import { signatureOfFailure } from '../diagnose/similar.ts';
import type { Window } from './digest.ts';
import {
  type Found,
  type Draft,
  isRed,
  isOutage,
  isInstall,
  newestOf,
  runAt,
  seriesOf,
  itemJob,
  causeOf,
  CITED,
  citedFailure,
  ownSignature,
  testsTitle,
  causeTitle,
} from './draft.ts';
import { isWithin, type DayRun, type JobDay } from './job-day.ts';

/** What failed in the window and does so no more: recovered, an outage that is over, or once. */
export function goneDrafts(day: JobDay, found: Found, window: Window): Draft[] {
  const { since } = day;
  const failed = day.runs.filter(({ at, state }) => state === 'failed' && isWithin(at, window));
  const inSeries = new Set(isRed(day) ? seriesOf(day).map(({ column }) => column) : []);
  const outages = failed.filter((run) => isInstall(run) && !inSeries.has(run.column));
  const back = since?.recovered ? runAt(day, since.recovered) : undefined;
  const series = since?.recovered ? seriesOf(day) : [];
  // One failure is no series: what fails once and passes is no more than flaky.
  const isBack = isWithin(back?.at ?? null, window) && series.length > 1 && !series.every(isInstall);
  return [
    ...(outages.length > 0 ? [outageDraft(day, outages, found.event)] : []),
    ...(isBack ? [recoveredDraft(day, series)] : recoveredTests(day, window)),
  ];
}

function outageDraft(day: JobDay, runs: readonly DayRun[], found: Verified | null): Draft {
  const cause = causeOf(found);
  const verdict = found?.investigation.verdict ?? null;
  const isOver = newestOf(day.runs)?.column !== runs[0]?.column;
  return {
    // What did not build, say, and does now, is no outage: it failed and passed.
    section: verdict === null || isOutage(verdict) || verdict.locus === 'cluster install' ? 'infrastructure' : 'flaky',
    title: cause ? causeTitle(cause, day, true) : 'ended without test results',
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
