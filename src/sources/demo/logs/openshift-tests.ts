// The log of the step that runs the OpenShift suite: each test started and ended, what failed, and the count.
import { frameworkTime, goDuration, rfc3339, stamped } from '../clock.ts';
import type { DemoJob, DemoRun, StepResult, TestResult } from '../model.ts';
import { Random } from '../random.ts';
import { failedTests, passCount, resultsSoFar, testResults } from '../results.ts';
import { BENIGN, KLOG, KUBECTL, MONITOR, noise } from './noise.ts';

/** Tests that were seen to run before a step was interrupted. */
const SEEN_BEFORE_INTERRUPT = 0.8;

export function openshiftTestsLog(job: DemoJob, run: DemoRun, step: StepResult): string[] {
  const random = new Random(job.seed, job.name, run.build, 'openshift-tests');
  const { halt } = run.episode;
  if (halt?.at === 'step' && halt.step === step.name) return [...preface(random, step.started), ...halt.log];
  const results = halt?.at === 'deadline' ? resultsSoFar(job, run, SEEN_BEFORE_INTERRUPT) : testResults(job, run);
  const ran = results.filter(({ outcome }) => outcome !== 'skipped');
  const asideAt = Math.floor(ran.length * 0.7);
  const body = ran.flatMap((result, i) => [
    ...(i === asideAt ? stamped(run.episode.asides ?? [], result.from) : []),
    ...testLines(random, result, i, run.tests.length),
  ]);
  const end = halt?.at === 'deadline' ? cutOff(step, halt.limit) : summary(results, step);
  return [...preface(random, step.started), ...body, ...end];
}

function preface(random: Random, at: number): string[] {
  const release = `registry.build${random.int(1, 11)}.ci.openshift.org/ci-op-${random.suffix(8)}/release@sha256:${random.hex(64)}`;
  const info = (text: string): string => `time="${rfc3339(at)}" level=info msg="${text}"`;
  return [
    'Activated service account credentials for: [ci-provisioner@example-ci.iam.example.com]',
    '+ openshift-tests run openshift/conformance/parallel --provider aws -o /logs/artifacts/e2e.log --junit-dir /logs/artifacts/junit',
    info(`Using env RELEASE_IMAGE_LATEST for release image \\"${release}\\"`),
    info('Cleaning up older cached data...'),
    ...Array.from({ length: random.int(30, 60) }, () =>
      info(
        `Extracted /usr/bin/${random.suffix(6)}-tests-ext.gz from quay.io/example-release-dev/ocp-v4.0-art-dev@sha256:${random.hex(64)} (disk size ${random.int(1e7, 9e7)})`,
      ),
    ),
    info('Starting the monitor and waiting for the cluster to be stable'),
    ...noise(random, 120, [at, at + 60_000], KUBECTL, KLOG),
  ];
}

function testLines(random: Random, result: TestResult, index: number, total: number): string[] {
  const { name, outcome, seconds, complaint, from, to } = result;
  const clock = rfc3339(to).slice(0, 19);
  const took = `${seconds.toFixed(1)}s`;
  const lines = [`started: ${index}/${index + 1}/${total} "${name}"`, ''];
  lines.push(...noise(random, random.int(20, 90), [from, to], KLOG, KLOG, MONITOR, KUBECTL, BENIGN));
  if (complaint) {
    const [first = '', ...more] = complaint.message.split('\n');
    lines.push(
      ...complaint.said,
      `fail [${complaint.at}]: ${frameworkTime(to)}: ${first}`,
      ...more,
      ...complaint.stack,
    );
    lines.push(`failed: (${took}) ${clock} "${name}"`, '');
    if (outcome === 'flaky') lines.push('Retry of 1 failed test', `started: 0/1/1 "${name}"`, '');
  }
  if (outcome !== 'failed') lines.push(`passed: (${took}) ${clock} "${name}"`, '');
  return lines;
}

function summary(results: readonly TestResult[], step: StepResult): string[] {
  const failed = failedTests(results);
  const flaky = results.filter(({ outcome }) => outcome === 'flaky');
  const count = `${failed.length} fail, ${passCount(results)} pass, ${results.filter(({ outcome }) => outcome === 'skipped').length} skip (${goDuration(step.ended - step.started - 90_000)})`;
  const stamp = junitStamp(step);
  return [
    ...(flaky.length === 0 ? [] : ['Flaky tests:', '', ...flaky.map(({ name }) => name), '']),
    ...(failed.length === 0 ? [] : ['Failing tests:', '', ...failed.map(({ name }) => name).sort(), '']),
    `Writing JUnit report to /logs/artifacts/junit/junit_e2e__${stamp}.xml`,
    '',
    ...(failed.length === 0
      ? [count, 'Suite run completed without failures']
      : [
          `error: ${count}`,
          `{"component":"entrypoint","error":"wrapped process failed: exit status 1","file":"sigs.k8s.io/prow/pkg/entrypoint/run.go:84","func":"sigs.k8s.io/prow/pkg/entrypoint.Options.internalRun","level":"error","msg":"Error executing test process","severity":"error","time":"${rfc3339(step.ended)}"}`,
          'error: failed to execute wrapped command: exit status 1',
        ]),
  ];
}

/** The time in the name of the suite's JUnit file. */
export const junitStamp = (step: StepResult): string =>
  new Date(step.started).toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);

function cutOff(step: StepResult, limit: string): string[] {
  const entry = (msg: string, ms: number): string =>
    `{"component":"entrypoint","file":"sigs.k8s.io/prow/pkg/entrypoint/run.go:173","func":"sigs.k8s.io/prow/pkg/entrypoint.Options.ExecuteProcess","level":"error","msg":"${msg}","severity":"error","time":"${rfc3339(ms)}"}`;
  return [
    entry(`Process did not finish before ${limit} timeout`, step.ended - 15_000),
    'Interrupted, terminating tests',
    entry('Process gracefully exited before 15m0s grace period', step.ended),
  ];
}
