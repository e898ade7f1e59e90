// A made day: jobs with events planted in them at random, and what a summary of that day must say, once each.
import type { Section } from '../../src/digest/digest.ts';
import type { JobScript } from '../../src/sources/demo/job.ts';
import type { BadTest, Complaint, Episode, Halt } from '../../src/sources/demo/model.ts';
import { Random } from '../../src/sources/demo/random.ts';
import { junitName, suiteOf } from '../../src/sources/demo/suites.ts';
import { TEST_STEP } from '../../src/sources/demo/workflow.ts';
import { failed, flaky, nightly, OCP_INFORMING } from '../../src/sources/demo/scenarios/script.ts';

/** An item that the summary must have. */
export interface Planted {
  readonly section: Section;
  readonly jobs: readonly string[];
  /** Part of the name of a test that it must name; null for one without. */
  readonly test: string | null;
  readonly kind: string;
}

export interface PlannedDay {
  readonly jobs: readonly JobScript[];
  readonly planted: readonly Planted[];
  readonly dashboard: string;
}

const RUNS = 40;
const HEALTHY = 6;
const WINDOW_HOURS = 24;

/** Reasons of failures, each its own: two planted failures never say the same. */
const REASONS = [
  'volume pvc-data is still attached to the drained node',
  'endpoint slice has no ready address for the backend',
  'route admitted without a certificate for its host',
  'expected quota to refuse the second claim',
  'webhook denied an object that has no such label',
  'token was accepted for an audience it was not issued for',
  'replica set kept its old pods after the rollout',
  'preemption evicted a pod of higher priority',
  'dns answered for a service that was deleted',
  'image stream import lost its scheduled tag',
];

const complaint = (message: string, line: number): Complaint => ({
  message,
  at: `github.com/openshift/origin/test/extended/util/made.go:${line}`,
  said: [],
  stack: [`\tgithub.com/openshift/origin/test/extended/util/made.go:${line} +0x44b`],
});

const lease = (target: string): Halt => ({
  at: 'ci-operator',
  minutes: 95,
  junitCase: `Run multi-stage test ${target}`,
  log: ['error: Failed to acquire resource, current capacity: 0 free, 70 leased'],
  problem: `step ${target} failed: failed to acquire lease for "made-quota-slice": resources not found`,
  reason: 'utilizing_lease:acquiring_lease',
});

const REGISTRY_AWAY: Halt = {
  at: 'step',
  step: TEST_STEP,
  minutes: 31,
  exit: 1,
  log: [],
  podProblem:
    'pod pending for more than 30m0s: containers have not started in 30m0.2s: test: Container test is not ready with reason ImagePullBackOff and message Back-off pulling image "registry.made.example/ci/tests:4.22": ErrImagePull: received unexpected HTTP status: 503 Service Unavailable',
};

/** Builds the jobs of one day, and keeps account of what was planted in them. */
class Plan {
  readonly jobs: JobScript[] = [];
  readonly planted: Planted[] = [];
  readonly random: Random;
  readonly #reasons: string[];

  constructor(seed: number) {
    this.random = new Random('planned day', seed);
    this.#reasons = this.random.shuffle(REASONS);
  }

  reason(): Complaint {
    const message = this.#reasons.pop();
    if (message === undefined) throw new RangeError('more failures than reasons');
    return complaint(message, this.random.int(60, 900));
  }

  /** A name that no other job of the day has, and a job of that name that is green. */
  job(everyHours: number): { target: string; base: JobScript } {
    const target = `e2e-made-${this.jobs.length + 1}-${this.random.suffix(4)}`;
    return {
      target,
      base: { ...nightly(target, { stepGraph: false }), dashboard: OCP_INFORMING, runs: RUNS, everyHours },
    };
  }

  /** One of the job's own tests, as JUnit has it. */
  test({ layout, name, tests }: JobScript): string {
    return this.random.pick(suiteOf(layout, name, tests).run);
  }

  add(script: JobScript): string {
    this.jobs.push(script);
    return script.name;
  }

  expect(kind: string, section: Section, jobs: readonly string[], test: string | null = null): void {
    this.planted.push({ kind, section, jobs, test });
  }
}

const hours = (plan: Plan): number => plan.random.pick([4, 6, 8]);
/** How many of the newest runs began within the window. */
const inWindow = (everyHours: number): number => Math.floor(WINDOW_HOURS / everyHours);

/** @param seed the same seed makes the same day */
export function planDay(seed: number): PlannedDay {
  const plan = new Plan(seed);
  for (let i = 0; i < HEALTHY; i += 1) plan.add(plan.job(hours(plan)).base);
  broke(plan);
  sameInSeveralJobs(plan);
  stillFailing(plan);
  recovered(plan);
  flakyTest(plan);
  once(plan);
  newTest(plan);
  outage(plan, 'outage that goes on', 0, lease);
  outage(plan, 'outage that is over', 1, () => REGISTRY_AWAY);
  stale(plan);
  return { jobs: plan.jobs, planted: plan.planted, dashboard: OCP_INFORMING };
}

const failing = (from: number, to: number, tests: readonly BadTest[]): ((index: number) => Episode) => {
  return (index) => (index >= from && index < to ? { tests } : {});
};

function broke(plan: Plan): void {
  const every = hours(plan);
  const { base } = plan.job(every);
  const test = plan.test(base);
  const runs = plan.random.int(2, inWindow(every) - 1);
  const name = plan.add({ ...base, episode: failing(0, runs, [failed(test, plan.reason())]) });
  plan.expect('broke', 'broke', [name], test);
}

/** The same test breaks for the same reason in some jobs: one failure. */
function sameInSeveralJobs(plan: Plan): void {
  const why = plan.reason();
  const test = junitName('openshift', '[sig-arch] Made should be the same everywhere');
  const names = Array.from({ length: plan.random.int(2, 4) }, () => {
    const every = hours(plan);
    const { base } = plan.job(every);
    return plan.add({ ...base, episode: failing(0, plan.random.int(2, inWindow(every) - 1), [failed(test, why)]) });
  });
  plan.expect('the same in several jobs', 'broke', names, test);
}

function stillFailing(plan: Plan): void {
  const every = hours(plan);
  const { base } = plan.job(every);
  const test = plan.test(base);
  const runs = inWindow(every) + plan.random.int(2, 8);
  const name = plan.add({ ...base, episode: failing(0, runs, [failed(test, plan.reason())]) });
  plan.expect('still failing', 'still failing', [name], test);
}

function recovered(plan: Plan): void {
  const every = hours(plan);
  const { base } = plan.job(every);
  const test = plan.test(base);
  const green = plan.random.int(1, inWindow(every) - 1);
  const runs = plan.random.int(3, 8);
  const name = plan.add({ ...base, episode: failing(green, green + runs, [failed(test, plan.reason())]) });
  plan.expect('recovered', 'recovered', [name], test);
}

function flakyTest(plan: Plan): void {
  const every = hours(plan);
  const { base } = plan.job(every);
  const test = plan.test(base);
  const why = plan.reason();
  const share = 0.15 + 0.2 * plan.random.next();
  const lucky = Array.from({ length: RUNS }, () => plan.random.next());
  const retried = Array.from({ length: RUNS }, () => plan.random.chance(0.5));
  const episode = (index: number): Episode => {
    // It is green now, failed in the window, and never twice in a row: a flake, not a break.
    if (index === 0 || (index > 1 && ((lucky[index - 1] ?? 1) < share || index === 2))) return {};
    if (index !== 1 && (lucky[index] ?? 1) >= share) return {};
    return { tests: [retried[index] === true ? flaky(test, why) : failed(test, why)] };
  };
  plan.expect('flaky', 'flaky', [plan.add({ ...base, episode })], test);
}

function once(plan: Plan): void {
  const every = hours(plan);
  const { base } = plan.job(every);
  const test = plan.test(base);
  const at = plan.random.int(1, inWindow(every) - 1);
  const name = plan.add({ ...base, episode: failing(at, at + 1, [failed(test, plan.reason())]) });
  plan.expect('once', 'flaky', [name], test);
}

function newTest(plan: Plan): void {
  const every = hours(plan);
  const { base } = plan.job(every);
  const test = junitName('openshift', `[sig-arch] Made should be new ${plan.random.suffix(4)}`);
  const runs = plan.random.int(3, 8);
  const name = plan.add({
    ...base,
    reports: { [test]: (index) => index < runs },
    episode: failing(0, runs, [failed(test, plan.reason())]),
  });
  plan.expect('new test', 'new test failing', [name], test);
}

/** One thing is away for some jobs at once, in the newest run or the one before it. */
function outage(plan: Plan, kind: string, at: number, halt: (target: string) => Halt): void {
  const names = Array.from({ length: plan.random.int(3, 8) }, () => {
    const { target, base } = plan.job(6);
    return plan.add({ ...base, episode: (index) => (index === at ? { halt: halt(target) } : {}) });
  });
  plan.expect(kind, 'infrastructure', names);
}

function stale(plan: Plan): void {
  const { base } = plan.job(24);
  plan.expect('stale', 'stale', [plan.add({ ...base, lastEndedAgo: plan.random.int(9, 20) * 86_400_000 })]);
}
