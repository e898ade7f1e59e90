// Failures like one: the kernel of a run's failure, and other failed runs whose kernel reads alike.
import { hasFailed, type Run } from '../ci/run.ts';
import { historyPath } from '../ci/job.ts';
import type { Failure } from '../ci/failure.ts';
import { isSimilar, signatureOf, type Signature } from '../logs/signature.ts';
import type { CiSystem } from '../sources/ports.ts';
import { findFailures } from './failures.ts';
import type { Gaps } from './gaps.ts';
import { partsOf, rank } from './match.ts';
import type { LocatedRun } from './locate.ts';
import type { Quotes } from './quote.ts';
import { readRun } from './read-run.ts';

/** What a run failed with. */
export interface Kernel {
  readonly ci: CiSystem;
  readonly run: Run;
  readonly step: string | null;
  readonly test: string | null;
  readonly message: string;
  readonly evidence: readonly string[];
  readonly signature: Signature;
}

/** The kernel of a failed run; null where nothing that was read says why. Evidence goes to `quotes`. */
export async function kernelOf({ ci, run }: LocatedRun, quotes: Quotes, gaps: Gaps): Promise<Kernel | null> {
  const facts = await readRun(ci, run, gaps);
  const { failures } = await findFailures(ci, facts, quotes, gaps);
  const cause = failures.find(({ secondary }) => !secondary);
  const signature = cause && signatureOfFailure(cause);
  if (!cause || !signature) return null;
  const { step, test, message, evidence } = cause;
  return { ci, run, step, test, message, evidence, signature };
}

/**
 * The signature of a failure that says something: by what its log or test says, not by our own words for it. Null where
 * nothing that was read says why: two such failures have nothing in common.
 */
export const signatureOfFailure = ({ signature, message }: Failure): Signature | null =>
  signature === undefined ? null : { key: signature, pattern: signatureOf(message).pattern };

/** How a failure is like another one. */
export type Likeness = 'same' | 'similar' | 'different';

/** By the signature's key; else by the bounded edit distance of the patterns. */
export const likenessOf = (a: Kernel, b: Kernel): Likeness =>
  a.signature.key === b.signature.key ? 'same' : isSimilar(a.signature, b.signature) ? 'similar' : 'different';

/**
 * Failed runs worth comparing with `run`: of its own job, then of jobs of the last two days whose names are nearest.
 * @param runs the job's history, newest first
 */
export async function candidatesFor(
  { ci, run }: LocatedRun,
  runs: readonly Run[],
  { own, others }: { readonly own: number; readonly others: number },
  gaps: Gaps,
): Promise<LocatedRun[]> {
  const ofJob = runs.filter((known) => hasFailed(known) && known.build !== run.build).slice(0, own);
  const recent = (await gaps.try('failures of other jobs were not searched', ci.runs.recent())) ?? [];
  const red = recent.filter(
    ({ job, state }) =>
      (state === 'failed' || state === 'error') && job.kind === 'periodic' && job.name !== run.job.name,
  );
  const nearest = rank(partsOf(run.job.name), red, ({ job }) => job.name, 0)
    .map(({ item }) => item)
    .slice(0, others);
  const effect = 'a failure of another job was not compared';
  const read = await Promise.all(
    nearest.map(({ job, build }) => gaps.try(effect, ci.artifacts.run(job, build, `${historyPath(job)}/${build}`))),
  );
  return [...ofJob, ...read.filter((other) => other !== null)].map((other) => ({ ci, run: other }));
}

/** Kernels of several runs, so many at a time; runs of which nothing is known are left out. */
export async function kernelsOf(
  runs: readonly LocatedRun[],
  quotes: Quotes,
  gaps: Gaps,
  atOnce = 3,
): Promise<Kernel[]> {
  const found: Kernel[] = [];
  for (let i = 0; i < runs.length; i += atOnce) {
    const read = await Promise.all(runs.slice(i, i + atOnce).map((run) => kernelOf(run, quotes, gaps)));
    found.push(...read.filter((kernel) => kernel !== null));
  }
  return found;
}
