// The stages of a run that the CI system itself reports beside the tests: ci-operator's steps, kubetest's phases.
import type { DemoJob, DemoRun } from './model.ts';
import { TEST_STEP } from './workflow.ts';

/** One stage, as JUnit has it. */
export interface Stage {
  readonly suite: string;
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly message: string;
}

/** The stages of a run: ci-operator's steps, or kubetest's phases. */
export function stagesOf(job: DemoJob, run: DemoRun): Stage[] {
  if (run.state === 'pending') return [];
  return job.layout.kind === 'openshift'
    ? multiStage(run, job.layout.target, job.layout.images)
    : kubetest(run, job.layout.work);
}

function multiStage(run: DemoRun, target: string, images: readonly string[]): Stage[] {
  const { halt } = run.episode;
  const stage = (name: string, passed: boolean, ms: number, message = ''): Stage => ({
    suite: 'step graph',
    name,
    passed,
    seconds: ms / 1000,
    message,
  });
  const head = [
    stage('Find the input image root and tag it into the pipeline', true, 1000),
    ...images
      .map((image) => `Build image ${image} from the repository`)
      .filter((name) => name !== (halt?.at === 'ci-operator' ? halt.junitCase : ''))
      .map((name) => stage(name, true, 95_000)),
    stage('Import the release payload "latest" from an external source', true, 64_000),
  ];
  if (halt?.at === 'ci-operator') return [...head, stage(halt.junitCase, false, halt.minutes * 60_000, halt.problem)];
  const steps = run.steps.map(({ name, passed, started, ended }) =>
    stage(
      `Run multi-stage test ${target} - ${target}-${name} container test`,
      passed,
      ended - started,
      passed ? '' : containerTail(run, name),
    ),
  );
  const phases = (['pre', 'test', 'post'] as const).flatMap((phase) => {
    const own = run.steps.filter((step) => step.phase === phase);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const passed = own.every((step) => step.passed);
    return [
      stage(
        `Run multi-stage test ${phase} phase`,
        passed,
        last.ended - first.started,
        passed ? '' : `"${target}" ${phase} steps failed`,
      ),
    ];
  });
  return [...head, ...steps, ...phases];
}

/** What ci-operator's JUnit says about a failed step, as short as TestGrid shows it. */
function containerTail(run: DemoRun, step: string): string {
  const { halt, tests } = run.episode;
  if (halt?.at === 'step' && halt.step === step)
    return [...halt.log.slice(-3), `Container test exited with code ${halt.exit}, reason Error`].join('\n');
  if (halt?.at === 'deadline' && halt.step === step)
    return `Process did not finish before ${halt.limit} timeout\nContainer test exited with code 143, reason Error`;
  if (step === TEST_STEP) {
    const failed = tests?.filter(({ outcome }) => outcome === 'failed').length ?? 0;
    return `error: ${failed} fail, ${run.tests.length - failed} pass\nContainer test exited with code 1, reason Error`;
  }
  return 'error: unable to connect to the cluster\nContainer test exited with code 1, reason Error';
}

function kubetest(run: DemoRun, work: 'e2e' | 'go'): Stage[] {
  if (work === 'go' || run.episode.halt) return [];
  const failed = run.state === 'failed';
  const test = (run.ended - run.started) / 1000;
  const stage = (name: string, passed: boolean, seconds: number): Stage => ({
    suite: 'kubetest2',
    name,
    passed,
    seconds,
    message: passed ? '' : 'exit status 255',
  });
  return [stage('Up', true, 410.2), stage('Test', !failed, Math.max(60, test - 600)), stage('Down', true, 180.7)];
}
