// The objects of a run: which there are, and the bytes of each, made when they are asked for.
import { goDuration, rfc3339, unixSeconds } from '../clock.ts';
import { ciOperatorLog } from '../logs/ci-operator.ts';
import { ginkgoLog } from '../logs/ginkgo.ts';
import { goLog } from '../logs/go.ts';
import { junitStamp } from '../logs/openshift-tests.ts';
import { hasLog, stepLog } from '../logs/step.ts';
import type { DemoJob, DemoRun, KubernetesLayout, OpenShiftLayout } from '../model.ts';
import { testsRan } from '../results.ts';
import { TEST_STEP } from '../workflow.ts';
import { stageJunit, testJunit } from './junit.ts';
import { cloneRecords, finishedJson, prowJob, startedJson } from './metadata.ts';
import { podInfo } from './podinfo.ts';

/** Path below the run's folder, and how its text is made. */
export type RunObject = readonly [path: string, text: () => string];

const asJson = (value: unknown): string => JSON.stringify(value);
const asLog = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

export function objectsOf(job: DemoJob, run: DemoRun): RunObject[] {
  const always: RunObject[] = [
    ['prowjob.json', () => asJson(prowJob(job, run))],
    ['started.json', () => asJson(startedJson(job, run))],
  ];
  if (run.state === 'pending') return always;
  const own =
    job.layout.kind === 'openshift' ? multiStage(job, run, job.layout) : singleContainer(job, run, job.layout);
  return [...always, ['finished.json', () => asJson(finishedJson(run))], ...own];
}

function singleContainer(job: DemoJob, run: DemoRun, layout: KubernetesLayout): RunObject[] {
  const { halt } = run.episode;
  const log = layout.work === 'e2e' ? ginkgoLog : goLog;
  const objects: RunObject[] = [
    ['podinfo.json', () => asJson(podInfo(job, run))],
    ['clone-records.json', () => asJson(cloneRecords(job, run))],
  ];
  if (halt?.at !== 'pod' || halt.hasLog) objects.push(['build-log.txt', () => asLog(log(job, run))]);
  if (!testsRan(run)) return objects;
  objects.push(
    [
      'artifacts/metadata.json',
      () => asJson({ 'infra-commit': run.infraCommit, version: `v1.36.0-alpha.0+${run.commit.slice(0, 14)}` }),
    ],
    ['artifacts/junit_01.xml', () => testJunit(job, run)],
  );
  if (layout.work === 'e2e') objects.push(['artifacts/junit_runner.xml', () => stageJunit(job, run)]);
  return objects;
}

function multiStage(job: DemoJob, run: DemoRun, layout: OpenShiftLayout): RunObject[] {
  const { halt } = run.episode;
  const objects: RunObject[] = [
    ['build-log.txt', () => asLog(ciOperatorLog(job, run, layout))],
    ['artifacts/junit_operator.xml', () => stageJunit(job, run)],
    [
      'artifacts/metadata.json',
      () => asJson({ pod: `${layout.target}-pod`, repo: layout.repo, 'work-namespace': 'ci-op' }),
    ],
  ];
  if (layout.stepGraph) objects.push(['artifacts/ci-operator-step-graph.json', () => asJson(stepGraph(run, layout))]);
  if (halt?.at === 'ci-operator' && halt.buildLog) {
    const { image, lines } = halt.buildLog;
    objects.push([`artifacts/build-logs/${image}.log`, () => asLog(lines)]);
  }
  for (const step of run.steps) {
    const folder = `artifacts/${layout.target}/${step.name}`;
    objects.push([`${folder}/finished.json`, () => asJson(stepFinished(step))]);
    if (hasLog(run, step)) objects.push([`${folder}/build-log.txt`, () => asLog(stepLog(job, run, step))]);
    if (step.name === TEST_STEP && testsRan(run))
      objects.push([`${folder}/artifacts/junit/junit_e2e__${junitStamp(step)}.xml`, () => testJunit(job, run)]);
  }
  return objects;
}

const stepFinished = ({ ended, passed }: DemoRun['steps'][number]): object => ({
  timestamp: unixSeconds(ended),
  passed,
  result: passed ? 'SUCCESS' : 'FAILURE',
});

/** ci-operator's dump of its graph: the steps it ran, the multi-stage test with its own steps below it. */
function stepGraph(run: DemoRun, { target, images }: OpenShiftLayout): object {
  const node = (
    name: string,
    dependencies: readonly string[],
    started: number,
    ended: number,
    failed: boolean,
  ): object => ({
    name,
    description: name === target ? `Run multi-stage test ${target}` : `Build or import ${name}`,
    dependencies,
    started_at: rfc3339(started),
    finished_at: rfc3339(ended),
    duration: (ended - started) * 1_000_000,
    failed,
  });
  const prepared = run.started + 90_000;
  const { halt } = run.episode;
  const lost = halt?.at === 'ci-operator' ? halt : null;
  const substeps = run.steps.map(({ name, started, ended, passed }) => ({
    ...node(`${target}-${name}`, [], started, ended, !passed),
    description: `Run pod ${target}-${name} for ${goDuration(ended - started)}`,
  }));
  const builds = images.map((image) =>
    node(image, ['[input:root]'], run.started, prepared, image === lost?.buildLog?.image),
  );
  const test = node(target, ['[release:latest]'], prepared, run.ended, run.state === 'failed');
  return [
    node('[input:root]', [], run.started, run.started + 2_000, false),
    node('[release:latest]', [], run.started, prepared, false),
    ...builds,
    ...(lost?.buildLog ? [] : [{ ...test, substeps }]),
  ];
}
