// What fails in a job now: groups of tests that began to fail in the same run, or the run as a whole.
import type { Verified } from '../answer/verify.ts';
import type { Failure } from '../ci/failure.ts';
import { oneLine } from '../ci/text.ts';
import { signatureOfFailure } from '../diagnose/similar.ts';
import { FAILING_NOW, type RowClass } from '../grids/findings.ts';
import type { Window } from './digest.ts';
import {
  type Found,
  type Draft,
  isRed,
  isOutage,
  isInstall,
  newestOf,
  runAt,
  itemJob,
  knownNote,
  causeOf,
  citedFailure,
  ownSignature,
  testsTitle,
  causeTitle,
} from './draft.ts';
import { isWithin, type DayRun, type DayTest, type JobDay } from './job-day.ts';

const NEW_TEST = 'new test failing' satisfies RowClass;

/** What fails now. */
export function lastingDrafts(day: JobDay, found: Found, window: Window): Draft[] {
  const groups = groupsOf(day);
  const newest = newestOf(day.runs);
  if (newest && !isRed(day))
    // A job that is green as a whole: tests that fail in it without turning it red are told while they are new.
    return groups
      .filter(
        ({ tests: [first] }) =>
          (first?.finding.stats.in_a_row ?? 0) > 0 && isWithin(runAt(day, first?.firstBad ?? null)?.at ?? null, window),
      )
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
    note: isQuiet ? 'it does not turn the run red' : knownNote(cause),
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
    title: tests.length > 0 ? testsTitle(tests) : causeTitle(cause, day, isInfra),
    message: oneLine(cause?.message ?? tests[0]?.message ?? '', 300) || null,
    verdict,
    signature: (cause && signatureOfFailure(cause)) ?? ownSignature(tests[0]),
    job: itemJob(day, day.since, isNew),
    tests,
    rate: isFlaky ? (tests[0]?.finding.stats.rate ?? null) : null,
    isOver: false,
    cited: citedFailure(found),
    note: found === null ? 'its runs were not looked into' : knownNote(cause),
  };
}

/** The tests that failed in a run, the named cause first. */
const testsFailedIn = ({ tests }: JobDay, { point }: DayRun): DayTest[] =>
  tests.filter(({ finding, lastFailed }) => finding.kind === 'test' && lastFailed?.build === point.build);
