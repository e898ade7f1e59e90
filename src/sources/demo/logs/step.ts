// The log of any step of a multi-stage test.
import { rfc3339 } from '../clock.ts';
import type { DemoJob, DemoRun, StepResult } from '../model.ts';
import { Random } from '../random.ts';
import { INSTALL_STEP, TEST_STEP } from '../workflow.ts';
import { installLog } from './install.ts';
import { KUBECTL, namespace, node, noise } from './noise.ts';
import { openshiftTestsLog } from './openshift-tests.ts';

export function stepLog(job: DemoJob, run: DemoRun, step: StepResult): string[] {
  if (step.name === INSTALL_STEP) return installLog(job, run, step);
  if (step.name === TEST_STEP) return openshiftTestsLog(job, run, step);
  const random = new Random(job.seed, job.name, run.build, step.name);
  if (!step.passed) return failedGather(random, step);
  return step.phase === 'pre' ? configure(random, step) : gather(random, step);
}

/** True when the step's container ran, so that it left a log. */
export function hasLog(run: DemoRun, step: StepResult): boolean {
  const { halt } = run.episode;
  return halt?.at !== 'step' || halt.step !== step.name || halt.log.length > 0;
}

const configure = (random: Random, step: StepResult): string[] =>
  step.name === 'ipi-conf-aws'
    ? [
        'AWS region: us-east-1 (zones: [ us-east-1a,us-east-1b ])',
        'Using control plane instance type: m6a.xlarge',
        'Using compute node replicas: 3',
      ]
    : [
        `Installing from release registry.build05.ci.openshift.org/ci-op-${random.suffix(8)}/release@sha256:${random.hex(64)}`,
      ];

function gather(random: Random, step: StepResult): string[] {
  const count = step.name === 'gather-aws-console' ? 12 : random.int(150, 420);
  return [
    `Running ${step.name}...`,
    ...Array.from({ length: count }, () =>
      random.pick([
        `Gathering data for ns/${namespace(random)}...`,
        `Collecting journal of node ${node(random)}`,
        `INFO: audit logs of ${node(random)}: 0 errors`,
        `[must-gather-${random.suffix(5)}] POD ${rfc3339(step.started)} Wrote inspect data to must-gather.`,
      ]),
    ),
    ...noise(random, 10, [step.started, step.ended], KUBECTL),
    'Done.',
  ];
}

/** Gathering from a cluster that is no longer there: after the fact, whatever the reason. */
const failedGather = (random: Random, step: StepResult): string[] => [
  `Running ${step.name}...`,
  `error getting cluster version: Get "https://api.ci-op-${random.suffix(8)}.example.dev:6443/apis/config.openshift.io/v1/clusterversions/version": dial tcp 10.0.0.1:6443: i/o timeout`,
  `error getting cluster operators: Get "https://api.ci-op-${random.suffix(8)}.example.dev:6443/apis/config.openshift.io/v1/clusteroperators": dial tcp 10.0.0.1:6443: i/o timeout`,
  'error: unable to connect to image repository: the cluster did not answer',
  `{"component":"entrypoint","error":"wrapped process failed: exit status 1","level":"error","msg":"Error executing test process","severity":"error","time":"${rfc3339(step.ended)}"}`,
  'error: failed to execute wrapped command: exit status 1',
];
