// What fails in a job at times: tests that are flaky, tests and runs that failed once.
import type { RowClass } from '../grids/findings.ts';
import type { Window } from './digest.ts';
import { type Draft, isRed, seriesOf, itemJob, CITED, testsTitle } from './draft.ts';
import { isWithin, type DayTest, type JobDay } from './job-day.ts';

/** Classes of tests that fail at times. */
const AT_TIMES: ReadonlySet<RowClass> = new Set<RowClass>([
  'flaky',
  'green but flaky',
  'one-off',
  'too little data',
  'only reported on failure',
]);

/** Tests that failed in the window and are flaky, or failed once. */
export function flakyDrafts(day: JobDay, told: ReadonlySet<string>): Draft[] {
  const isFlaky = ({ finding, inWindow }: DayTest): boolean =>
    inWindow.length > 0 && finding.kind === 'test' && AT_TIMES.has(finding.class);
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
          failed: test.inWindow.length,
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
export function onceDrafts(day: JobDay, window: Window, told: readonly Draft[]): Draft[] {
  const series = new Set(seriesOf(day).filter((_, __, all) => isRed(day) || all.length > 1));
  const builds = new Set(
    told.flatMap(({ job, tests }) => [job.since?.build, ...tests.flatMap(({ inWindow }) => inWindow)]),
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
