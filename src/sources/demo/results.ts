// What each test of a run came to, and when; tables, JUnit and logs are projections of this.
import { SECOND, stamped } from './clock.ts';
import type { DemoJob, DemoRun, TestResult } from './model.ts';
import { Random } from './random.ts';
import { TEST_STEP } from './workflow.ts';

/** True when the run came as far as running its tests and writing their JUnit. */
export const testsRan = (run: DemoRun): boolean => run.state !== 'pending' && run.episode.halt === undefined;

/** The part of the run in which its tests ran. */
function testWindow(run: DemoRun): readonly [from: number, to: number] {
  const step = run.steps.find(({ name }) => name === TEST_STEP);
  if (step) return [step.started, step.ended];
  const took = run.ended - run.started;
  return [run.started + took * 0.12, run.started + took * 0.95];
}

/** The run's tests one after the other in the order in which they ran. */
function schedule(job: DemoJob, run: DemoRun): { name: string; from: number; to: number; seconds: number }[] {
  const random = new Random(job.seed, job.name, run.build, 'tests');
  const [from, to] = testWindow(run);
  const slot = (to - from) / (run.tests.length + 1);
  return random.shuffle(run.tests).map((name, i) => ({
    name,
    from: from + slot * (i + 0.5),
    to: from + slot * (i + 1.5),
    seconds: Math.round(10 ** (random.next() * 2.2) * 1000) / 1000,
  }));
}

/** The tests of a run in the order in which they ran; empty when the run did not get to their end. */
export function testResults(job: DemoJob, run: DemoRun): TestResult[] {
  if (!testsRan(run)) return [];
  const bad = new Map(run.episode.tests?.map((test) => [test.test, test]));
  const ran = schedule(job, run).map((test): TestResult => {
    const trouble = bad.get(test.name);
    if (!trouble) return { ...test, outcome: 'passed', complaint: null };
    const { outcome, complaint } = trouble;
    const said = stamped(complaint.said, test.to - complaint.said.length * SECOND);
    return { ...test, outcome, seconds: test.seconds + 60, complaint: { ...complaint, said } };
  });
  const unseen = { outcome: 'skipped', from: run.ended, to: run.ended, seconds: 0, complaint: null } as const;
  return [...ran, ...job.skipped.map((name): TestResult => ({ name, ...unseen }))];
}

/** The tests that had passed when a run was interrupted, `share` of them all: only its log speaks of them. */
export function resultsSoFar(job: DemoJob, run: DemoRun, share: number): TestResult[] {
  const tests = schedule(job, run);
  const seen = tests.slice(0, Math.floor(tests.length * share));
  // All of the time is theirs, as the others never started.
  const [start] = testWindow(run);
  return seen.map(({ name, from, to, seconds }) => ({
    name,
    outcome: 'passed',
    from: start + (from - start) / share,
    to: start + (to - start) / share,
    seconds,
    complaint: null,
  }));
}

export const failedTests = (results: readonly TestResult[]): TestResult[] =>
  results.filter(({ outcome }) => outcome === 'failed');

/** How many tests passed; a flaky one did in the end. */
export const passCount = (results: readonly TestResult[]): number =>
  results.filter(({ outcome }) => outcome === 'passed' || outcome === 'flaky').length;
