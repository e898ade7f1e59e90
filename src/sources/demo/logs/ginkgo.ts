// The build log of a Kubernetes style e2e job: cluster up, a Ginkgo v2 suite with its timelines, cluster down.
import { ginkgoTime, goDuration, klogTime, stamped } from '../clock.ts';
import type { Complaint, DemoJob, DemoRun, TestResult } from '../model.ts';
import { Random } from '../random.ts';
import { failedTests, passCount, resultsSoFar, testResults } from '../results.ts';
import { BENIGN, KLOG, KUBECTL, TIMELINE, namespace, noise } from './noise.ts';

const RULE = '------------------------------';
/** Share of the specs that had run when a pod was lost. */
const SEEN_BEFORE_LOSS = 0.3;

/** `[It] [sig-x] Subject should …` of JUnit as the log has it: `[sig-x] Subject [It] should …`. */
const spoken = (name: string): string => name.replace(/^\[It\] /, '').replace(/ should /, ' [It] should ');

export function ginkgoLog(job: DemoJob, run: DemoRun): string[] {
  const random = new Random(job.seed, job.name, run.build, 'ginkgo');
  const lost = run.episode.halt?.at === 'pod';
  const results = lost ? resultsSoFar(job, run, SEEN_BEFORE_LOSS) : testResults(job, run);
  const ran = results.filter(({ outcome }) => outcome !== 'skipped');
  const asideAt = Math.floor(ran.length * 0.7);
  const lines = clusterUp(random, job, run, ran[0]?.from ?? run.ended);
  if (run.episode.halt?.at === 'step') return [...lines, ...run.episode.halt.log];
  ran.forEach((result, i) => {
    if (i === asideAt) lines.push(...stamped(run.episode.asides ?? [], result.from));
    lines.push(...specLines(random, result));
  });
  // A log whose pod was lost stops in the middle of a line.
  if (lost) return [...lines.slice(0, -1), `I${klogTime(run.ended)} 10912 util.go:5`];
  return [...lines, ...summary(results, run), ...clusterDown(random, run)];
}

function clusterUp(random: Random, job: DemoJob, run: DemoRun, until: number): string[] {
  const zone = `us-central1-${random.pick(['a', 'b', 'c', 'f'])}`;
  return [
    `+ WRAPPED_COMMAND_PID=23`,
    `I${klogTime(run.started)}      18 main.go:44] checking out ${job.layout.repo} at ${run.commit}`,
    `++ kubetest2 gce -v 2 --repo-root /home/prow/go/src/k8s.io/kubernetes --up --down --test=ginkgo`,
    `I${klogTime(run.started)}      23 up.go:44] About to run "up" for boskos project k8s-infra-e2e-gce-${random.int(1, 120)} in ${zone}`,
    ...noise(random, random.int(250, 400), [run.started, until], KUBECTL, KLOG),
    `Cluster validation succeeded`,
    `Done, listing cluster services: 0 errors`,
    `Running Suite: Kubernetes e2e suite - /home/prow/go/src/k8s.io/kubernetes/test/e2e`,
    '==============================================================================',
    `Random Seed: ${random.int(1_700_000_000, 1_799_999_999)} - will randomize all specs`,
    '',
    `Will run ${run.tests.length} of 7312 specs`,
    'Running in parallel across 25 processes',
  ];
}

function specLines(random: Random, result: TestResult): string[] {
  const { from, to } = result;
  const lines = [RULE];
  const ns = namespace(random);
  const timeline = [
    `STEP: Creating a kubernetes client @ ${ginkgoTime(from)}`,
    `STEP: Building a namespace api object, basename ${ns.slice(4, -5)} @ ${ginkgoTime(from)}`,
    ...noise(random, random.int(15, 70), [from, to], TIMELINE, TIMELINE, KLOG, BENIGN),
  ];
  if (result.complaint) lines.push(...failureLines(result, result.complaint, timeline, to));
  if (result.outcome === 'flaky') lines.push(`Attempt #1 Failed.  Retrying ↺ @ ${ginkgoTime(to)}`, RULE);
  if (result.outcome !== 'failed')
    lines.push(
      `• [${result.seconds.toFixed(3)} seconds]`,
      spoken(result.name).replace('[It] ', ''),
      ...timeline.map((line) => `  ${line}`),
    );
  return lines;
}

function failureLines(result: TestResult, complaint: Complaint, timeline: readonly string[], at: number): string[] {
  const [first = '', ...more] = complaint.message.split('\n');
  return [
    `• [FAILED] [${result.seconds.toFixed(3)} seconds]`,
    spoken(result.name),
    complaint.at,
    '',
    '  Timeline >>',
    ...[...timeline, ...complaint.said].map((line) => `  ${line}`),
    `  [FAILED] in [It] - ${complaint.at} @ ${ginkgoTime(at)}`,
    '  << Timeline',
    '',
    `  [FAILED] ${first}`,
    ...more.map((line) => `  ${line}`),
    `  In [It] at: ${complaint.at} @ ${ginkgoTime(at)}`,
    '',
    '  Full Stack Trace',
    ...complaint.stack.map((line) => `    ${line}`),
  ];
}

function summary(results: readonly TestResult[], run: DemoRun): string[] {
  const failed = failedTests(results);
  const passed = passCount(results);
  const flaked = results.filter(({ outcome }) => outcome === 'flaky').length;
  const seconds = ((run.ended - run.started) * 0.8) / 1000;
  const list = failed.flatMap((test) => [`  [FAIL] ${spoken(test.name)}`, `  ${test.complaint?.at ?? ''}`]);
  return [
    RULE,
    '',
    ...(failed.length === 0
      ? []
      : [`Summarizing ${failed.length} Failure${failed.length > 1 ? 's' : ''}:`, ...list, '']),
    `Ran ${failed.length + passed} of 7312 Specs in ${seconds.toFixed(3)} seconds`,
    `${failed.length === 0 ? 'SUCCESS!' : 'FAIL!'} -- ${passed} Passed | ${failed.length} Failed | ${flaked} Flaked | 0 Pending | ${7312 - passed - failed.length} Skipped`,
    ...(failed.length === 0 ? ['PASS'] : [`--- FAIL: TestE2E (${seconds.toFixed(2)}s)`, 'FAIL']),
    '',
    `Ginkgo ran 1 suite in ${goDuration(seconds * 1000)}`,
    failed.length === 0 ? 'Test Suite Passed' : 'Test Suite Failed',
  ];
}

function clusterDown(random: Random, run: DemoRun): string[] {
  return [
    'Dumping logs from nodes to GCS: gs://sig-scalability-logs/ is not set, skipping',
    ...noise(random, 90, [run.ended - 240_000, run.ended], KUBECTL),
    'Cleaning up after cluster: 0 leaked resources, 0 errors',
    ...(run.state === 'failed' ? ['+ EXIT_VALUE=255', '+ set +o xtrace'] : ['+ EXIT_VALUE=0', '+ set +o xtrace']),
  ];
}
