// Reads what a run left behind: its own log, the results of its steps, its metadata.
import { z } from 'zod';
import type { Run } from '../ci/run.ts';
import { readCiOperator, type CiOperatorLog } from '../logs/ci-operator.ts';
import { Lines } from '../logs/lines.ts';
import { SourceError, isNotFound } from '../sources/errors.ts';
import { tryJson } from '../sources/json.ts';
import type { Artifact, CiSystem, Document } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import type { GridPlace } from './find-grid.ts';
import { firstFailed } from './secondary.ts';

const LOG_BYTES = 64 * 1024 * 1024;
const SMALL_BYTES = 1024 * 1024;
const MAX_STEPS_READ = 24;
const MAX_PREFETCHED = 4;
const MAX_GRID_PLACES = 3;

/** A log with its lines. */
export interface Log {
  readonly document: Document;
  readonly lines: Lines;
}

/** A log and the run it is of. */
export interface LogOfRun {
  readonly run: Run;
  readonly log: Log;
}

/** One step of a multi-stage test, as its own result says. */
export interface StepResult {
  readonly name: string;
  /** The test the step belongs to: the folder above it. */
  readonly target: string;
  /** Null where neither its result nor the log tells. */
  readonly passed: boolean | null;
  /** End, ms since the epoch; null where only the log tells. */
  readonly ended: number | null;
  /** The step's finished.json; null where only the log tells. */
  readonly document: Document | null;
  /** Where its log is, when it has one. */
  readonly log: Artifact | null;
}

export interface RunFacts {
  readonly run: Run;
  readonly artifacts: readonly Artifact[];
  readonly log: Log | null;
  readonly ciOperator: CiOperatorLog | null;
  /** Steps in the order they ended. */
  readonly steps: readonly StepResult[];
  /** Where the run's own annotations put its grid. */
  readonly gridPlaces: readonly GridPlace[];
}

const Finished = z.object({
  timestamp: z.number().optional(),
  passed: z.boolean().optional(),
  result: z.string().optional(),
});

const ProwJob = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }).optional(),
});

/** One object of a run, or null: silently when it does not exist and need not, with a gap otherwise. */
export async function readObject(
  ci: CiSystem,
  run: Run,
  object: string,
  gaps: Gaps,
  options: { effect: string; maxBytes?: number; optional?: boolean },
): Promise<Document | null> {
  try {
    const { value, staleMs } = await ci.artifacts.read(run, object, options.maxBytes ?? SMALL_BYTES);
    if (value.cut !== null || staleMs !== null) {
      const why = value.cut === null ? 'an older copy was used' : `${value.cut} after ${value.bytes.length} bytes`;
      gaps.add({ what: `the rest of ${nameIn(run, object)}`, why, effect: options.effect });
    }
    return value;
  } catch (error) {
    if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
    if (!(options.optional === true && isNotFound(error))) gaps.note(options.effect, error);
    return null;
  }
}

/** A log of a run; null with a gap when it cannot be read. */
export async function readLog(
  ci: CiSystem,
  run: Run,
  object: string,
  gaps: Gaps,
  optional = false,
): Promise<Log | null> {
  const effect = 'lines in it cannot be quoted';
  const document = await readObject(ci, run, object, gaps, { effect, maxBytes: LOG_BYTES, optional });
  return document && { document, lines: new Lines(document.bytes) };
}

/** Reads a run in two waves: what is there and its own log, then the results of the steps that matter. */
export async function readRun(ci: CiSystem, run: Run, gaps: Gaps): Promise<RunFacts> {
  const listing = gaps.try('steps and tests of the run are unknown', ci.artifacts.list(run));
  const [list, log, gridPlaces] = await Promise.all([
    listing,
    readLog(ci, run, `${run.path}/build-log.txt`, gaps, true),
    readGridPlaces(ci, run, gaps),
  ]);
  const artifacts = list?.artifacts ?? [];
  if (list?.cut === true)
    gaps.add({
      what: 'the full list of artifacts',
      why: 'there are too many',
      effect: 'steps or tests may be missing',
    });
  if (list && log === null && !artifacts.some(({ path }) => path === 'build-log.txt'))
    gaps.add({
      what: `build-log.txt of run ${run.build}`,
      why: 'the run left none',
      effect: 'its own log cannot be quoted',
    });
  const ciOperator = log && readCiOperator(log.lines);
  prefetchLikelyCause(ci, run, artifacts, ciOperator);
  const steps = await readSteps(ci, run, artifacts, ciOperator, gaps);
  return { run, artifacts, log, ciOperator, steps, gridPlaces };
}

/** Asks for the log and the tests of the step that ci-operator says failed first, beside the steps' own results. */
function prefetchLikelyCause(
  ci: CiSystem,
  run: Run,
  artifacts: readonly Artifact[],
  ciOperator: CiOperatorLog | null,
): void {
  const likely = firstFailed(ciOperator?.steps ?? [])?.name;
  if (likely === undefined) return;
  const wanted = artifacts.filter(({ path }) => {
    const [, target = '', step = '', ...rest] = path.split('/');
    const isOfStep = `${target}-${step}` === likely;
    return isOfStep && (rest[0] === 'build-log.txt' || path.endsWith('.xml'));
  });
  for (const { object } of wanted.slice(0, MAX_PREFETCHED))
    void ci.artifacts.read(run, object, LOG_BYTES).catch(() => undefined);
}

/** The tabs that the annotations of a run's job name (`testgrid-dashboards`, `testgrid-tab-name`). */
export async function readGridPlaces(ci: CiSystem, run: Run, gaps: Gaps): Promise<GridPlace[]> {
  const effect = 'its grid may not be found';
  const prowjob = await readObject(ci, run, `${run.path}/prowjob.json`, gaps, { effect, optional: true });
  const annotations = (prowjob && ProwJob.safeParse(tryJson(prowjob.bytes)).data?.metadata?.annotations) ?? {};
  const tab = annotations['testgrid-tab-name'] ?? annotations['prow.k8s.io/job'] ?? '';
  const dashboards = (annotations['testgrid-dashboards'] ?? '').split(',').map((name) => name.trim());
  return tab === ''
    ? []
    : dashboards
        .filter((name) => /^[\w.-]{1,200}$/.test(name) && !/^\.+$/.test(name))
        .slice(0, MAX_GRID_PLACES)
        .map((dashboard) => ({ dashboard, tab }));
}

async function readSteps(
  ci: CiSystem,
  run: Run,
  artifacts: readonly Artifact[],
  ciOperator: CiOperatorLog | null,
  gaps: Gaps,
): Promise<StepResult[]> {
  const results = artifacts.filter(({ path }) => /^artifacts\/[^/]+\/[^/]+\/finished\.json$/.test(path));
  const logged = new Map((ciOperator?.steps ?? []).map((step) => [step.name, step]));
  const places = results.map((artifact) => {
    const [, target = '', name = ''] = artifact.path.split('/');
    return { artifact, target, name, logged: logged.get(`${target}-${name}`) ?? null };
  });
  // What the log says has passed need not be asked again; the rest is settled by the step's own result.
  const open = places.filter((place) => place.logged?.passed !== true);
  const asked = open.slice(0, MAX_STEPS_READ);
  if (open.length > asked.length)
    gaps.add({
      what: `results of ${open.length - asked.length} steps`,
      why: 'too many to read',
      effect: 'a failed step may be missing',
    });
  const steps = await Promise.all(
    places.map(async ({ artifact, target, name, logged: entry }): Promise<StepResult> => {
      const log = artifacts.find(({ path }) => path === `artifacts/${target}/${name}/build-log.txt`) ?? null;
      const isAsked = asked.some((place) => place.artifact === artifact);
      const document = isAsked
        ? await readObject(ci, run, artifact.object, gaps, { effect: `it is not known from itself how ${name} ended` })
        : null;
      const result = document && parseFinished(document, name, gaps);
      return {
        name,
        target,
        passed: result ? hasPassed(result) : (entry?.passed ?? null),
        ended: result?.timestamp === undefined ? null : result.timestamp * 1000,
        document: result ? document : null,
        log,
      };
    }),
  );
  return inOrder([...steps, ...onlyLogged(steps, ciOperator)], ciOperator);
}

/** Steps that the log names and that left no result: the container died, or the artifacts were not uploaded. */
function onlyLogged(steps: readonly StepResult[], ciOperator: CiOperatorLog | null): StepResult[] {
  const known = new Set(steps.map(({ target, name }) => `${target}-${name}`));
  const target = steps[0]?.target ?? '';
  return (ciOperator?.steps ?? [])
    .filter(({ name, passed }) => !passed && !known.has(name))
    .map(({ name, passed }) => ({
      name: target !== '' && name.startsWith(`${target}-`) ? name.slice(target.length + 1) : name,
      target,
      passed,
      ended: null,
      document: null,
      log: null,
    }));
}

/** By the time they ended; where only the log tells, by their place in it. */
function inOrder(steps: StepResult[], ciOperator: CiOperatorLog | null): StepResult[] {
  const place = new Map((ciOperator?.steps ?? []).map((step, i) => [step.name, i]));
  const placeOf = ({ target, name }: StepResult): number =>
    place.get(`${target}-${name}`) ?? place.get(name) ?? Number.MAX_SAFE_INTEGER;
  return steps.sort((a, b) =>
    a.ended !== null && b.ended !== null && a.ended !== b.ended ? a.ended - b.ended : placeOf(a) - placeOf(b),
  );
}

function parseFinished(document: Document, step: string, gaps: Gaps): z.infer<typeof Finished> | null {
  const parsed = document.cut === null ? Finished.safeParse(tryJson(document.bytes)) : null;
  if (parsed?.success === true) return parsed.data;
  gaps.add({
    what: `finished.json of step ${step}`,
    why: 'it is not in the expected form',
    effect: 'how the step ended is read from the log',
  });
  return null;
}

/** A result that contradicts itself is a failure: `passed` may be written by anyone, `result` by Prow. */
const hasPassed = ({ passed, result }: z.infer<typeof Finished>): boolean =>
  passed !== false && (result === undefined || result.toUpperCase() === 'SUCCESS');

const nameIn = (run: Run, object: string): string =>
  object.startsWith(`${run.path}/`) ? object.slice(run.path.length + 1) : object;
