// The top-level build log of a multi-stage job: what ci-operator prints, the tails of failed containers included.
import { goDuration, rfc3339, SECOND } from '../clock.ts';
import type { DemoJob, DemoRun, OpenShiftLayout, StepResult } from '../model.ts';
import { Random } from '../random.ts';
import { hasLog, stepLog } from './step.ts';

const TAIL_LINES = 20;
/** logrus pads a short message up to here. */
const PAD = 44;

const CODE = { INFO: 36, WARN: 33, ERRO: 31 } as const;

const entry = (level: keyof typeof CODE, at: number, text: string): string =>
  `\u001b[${CODE[level]}m${level}\u001b[0m[${rfc3339(at)}] ${text.padEnd(PAD)} `;

export function ciOperatorLog(job: DemoJob, run: DemoRun, layout: OpenShiftLayout): string[] {
  const random = new Random(job.seed, job.name, run.build, 'ci-operator');
  const lines = opening(random, run, layout);
  const { halt } = run.episode;
  if (halt?.at === 'ci-operator') {
    lines.push(...halt.log.map((line) => entry('INFO', run.ended - 3 * SECOND, line)));
    return [...lines, ...ending(run, [halt.problem], halt.reason)];
  }
  const problems: string[] = [];
  for (const phase of ['pre', 'test', 'post'] as const) {
    const steps = run.steps.filter((step) => step.phase === phase);
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last) continue;
    lines.push(entry('INFO', first.started, `Running multi-stage phase ${phase}`));
    for (const step of steps) lines.push(...stepLines(job, run, layout, step));
    const failed = steps.filter((step) => !step.passed);
    const verb = failed.length > 0 ? 'failed' : 'succeeded';
    lines.push(
      entry('INFO', last.ended, `Step phase ${phase} ${verb} after ${goDuration(last.ended - first.started)}.`),
    );
    problems.push(...failed.map((step) => problemOf(job, run, layout, step)));
  }
  const wrapped = problems.length === 0 ? [] : [`step ${layout.target} failed: ${problems.join('\n  * ')}`];
  return [...lines, ...ending(run, wrapped, 'utilizing_lease:executing_test:executing_multi_stage_test')];
}

function opening(random: Random, run: DemoRun, { target, repo, version, lease, images }: OpenShiftLayout): string[] {
  const at = run.started + 4 * SECOND;
  const info = (text: string, later = 0): [number, string] => [later, entry('INFO', at + later * SECOND, text)];
  const [org = '', name = ''] = repo.split('/');
  const lost = run.episode.halt?.at === 'ci-operator' ? run.episode.halt.buildLog?.image : undefined;
  const lines = [
    info(`ci-operator version v20261116-${random.hex(9)}`),
    info(`Loading configuration from https://config.ci.openshift.org for ${org}/${name}@main [nightly-${version}]`),
    info(`Resolved source https://github.com/${repo} to main@${run.commit.slice(0, 8)}`),
    info(`Resolved release latest to registry.ci.openshift.org/ocp/release:${run.payload}`, 1),
    info(
      `Using namespace https://console-openshift-console.apps.build${random.int(1, 11)}.example.dev/k8s/cluster/projects/ci-op-${random.suffix(8)}`,
      1,
    ),
    info(`Running [input:root], [release:latest]${images.map((image) => `, ${image}`).join('')}, ${target}`, 2),
    info('Tagging ocp/builder:rhel-9-golang-1.25 into pipeline:root.', 3),
    ...images.flatMap((image, i) => [
      info(`Building ${image}`, 5 + 60 * i),
      ...(image === lost ? [] : [info(`Build ${image} succeeded after ${random.int(48, 55)}s`, 60 + 60 * i)]),
    ]),
    info(
      `Importing release ${run.payload} created at ${rfc3339(run.started)} with ${random.int(190, 205)} images to tag release:latest ...`,
      20,
    ),
    info(`Snapshot integration stream into release ${run.payload} to tag release:latest `, 55),
    ...(lost === undefined ? [info(`Acquiring leases for test ${target}: [${lease}]`, 100)] : []),
    ...(run.steps.length > 0
      ? [
          info(`Acquired 1 lease(s) for ${lease}: [us-east-1--${lease}-${random.int(10, 40)}]`, 101),
          info(`Running multi-stage test ${target}`, 102),
        ]
      : []),
  ];
  // Builds and imports go on side by side.
  return lines.sort(([a], [b]) => a - b).map(([, line]) => line);
}

function stepLines(job: DemoJob, run: DemoRun, { target }: OpenShiftLayout, step: StepResult): string[] {
  const name = `${target}-${step.name}`;
  const lines = [entry('INFO', step.started, `Running step ${name}.`)];
  if (!step.passed && hasLog(run, step)) {
    lines.push(entry('INFO', step.ended, `Logs for container test in pod ${name}:`));
    const tail = stepLog(job, run, step).slice(-TAIL_LINES);
    lines.push(entry('INFO', step.ended, tail[0] ?? ''), ...tail.slice(1));
  }
  const verb = step.passed ? 'succeeded' : 'failed';
  return [...lines, entry('INFO', step.ended, `Step ${name} ${verb} after ${goDuration(step.ended - step.started)}.`)];
}

function problemOf(job: DemoJob, run: DemoRun, { target, repo }: OpenShiftLayout, step: StepResult): string {
  const pod = `${target}-${step.name}`;
  const { halt } = run.episode;
  const own = halt?.at === 'step' && halt.step === step.name ? halt : null;
  const head = `"${target}" ${step.phase} steps failed: "${target}" pod "${pod}" failed: `;
  if (own?.podProblem !== undefined) return head + own.podProblem;
  const exit = own?.exit ?? (halt?.at === 'deadline' && halt.step === step.name ? 143 : 1);
  const took = goDuration(step.ended - step.started);
  return [
    `${head}could not watch pod: the pod ${pod} failed after ${took} (failed containers: test): ContainerFailed one or more containers exited`,
    '',
    `Container test exited with code ${exit}, reason Error`,
    '---',
    ...stepLog(job, run, step).slice(-TAIL_LINES),
    '---',
    `Link to step on registry info site: https://steps.ci.openshift.org/reference/${step.name}`,
    `Link to job on registry info site: https://steps.ci.openshift.org/job?org=${repo.replace('/', '&repo=')}&branch=main&test=${target}`,
  ].join('\n');
}

function ending(run: DemoRun, problems: readonly string[], reason: string): string[] {
  const at = run.ended - 2 * SECOND;
  const ran = entry('INFO', at, `Ran for ${goDuration(run.ended - run.started - 6 * SECOND)}`);
  if (problems.length === 0) return [ran, entry('INFO', at, "Reporting job state 'succeeded'")];
  return [
    entry('ERRO', at, 'Some steps failed:'),
    `\u001b[31mERRO\u001b[0m[${rfc3339(at)}] `,
    ...problems.flatMap((problem) => `  * could not run steps: ${problem} `.split('\n')),
    ran,
    entry('INFO', at, `Reporting job state 'failed' with reason 'executing_graph:step_failed:${reason}'`),
  ];
}
