// The one job, run or grid that a caller names; what is not one thing is said with what may be meant.
import { isBuildId } from '../ci/names.ts';
import type { Job } from '../ci/job.ts';
import { historyPath } from '../ci/job.ts';
import { hasFailed, type Run } from '../ci/run.ts';
import type { Grid } from '../grids/grid.ts';
import { SourceError } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';
import { findGridByName, gridAt } from './find-grid.ts';
import { findJob, type Found, type NotFound } from './find-job.ts';
import type { Gaps } from './gaps.ts';
import { readQuestion } from './question.ts';
import { chooseRun, readHistory } from './read-history.ts';
import { readGridPlaces } from './read-run.ts';

/** What was named is not one thing: unknown, or several. */
export class NotClear extends Error {
  override readonly name = 'NotClear';
  readonly candidates: NotFound['candidates'];
  readonly problem: NotFound['problem'];

  constructor({ message, candidates, problem }: Omit<NotFound, 'kind'>) {
    super(message);
    this.candidates = candidates;
    this.problem = problem;
  }
}

/** A run, and where it is kept. */
export interface LocatedRun {
  readonly ci: CiSystem;
  readonly run: Run;
}

/** A grid, and the job it shows where the table tells. */
export interface LocatedGrid {
  readonly ci: CiSystem;
  readonly job: Job;
  readonly grid: Grid;
}

/**
 * The job that `text` names: its name, words of it, `dashboard#tab`, a pull request or a URL.
 * @throws NotClear with the jobs that may be meant; SourcesUnreachable when no source that could know was reached
 */
export async function locateJob(text: string, sources: Sources, gaps: Gaps): Promise<Found> {
  const systems = sources.systems.map(({ system }) => system);
  const found = await findJob(readQuestion(text, systems), sources, gaps);
  if (found.kind === 'unclear') throw new NotClear(found);
  return found;
}

/**
 * The run that `text` names: its URL, `<job>/<build>`, or what {@link locateJob} takes, meaning the newest failed run
 * of the job, or its newest one when none failed.
 * @throws NotClear, SourceError for a run that cannot be read, SourcesUnreachable
 */
export async function locateRun(text: string, sources: Sources, gaps: Gaps): Promise<LocatedRun> {
  const [, name = '', build = ''] = /^([^/\s]{1,200})\/(\d{1,20})$/.exec(text.trim()) ?? [];
  const job = await locateJob(name === '' ? text : name, sources, gaps);
  const { ci } = job;
  const found = isBuildId(build) ? { ...job, run: { build, path: `${historyPath(job.job)}/${build}` } } : job;
  const history = await readHistory(found, gaps);
  const run = (await chooseRun(found, history, gaps)) ?? history.runs.find(hasFailed) ?? history.runs[0];
  if (run && (!found.run || run.build === found.run.build)) return { ci, run };
  gaps.throwIfUnreachable();
  const what = found.run ? `run ${found.run.build} of ${job.job.name}` : `runs of ${job.job.name}`;
  throw new SourceError('gcs', 'not found', what, 'neither the job history nor the bucket has it');
}

/**
 * The grid of what `text` names, by its tab, its name or its newest run's annotations.
 * @throws NotClear when the job has no grid too; SourceError, SourcesUnreachable
 */
export async function locateGrid(text: string, sources: Sources, gaps: Gaps): Promise<LocatedGrid> {
  const found = await locateJob(text, sources, gaps);
  const { ci, job } = found;
  const grid = found.grid ?? (await findGridByName(ci, job, gaps)) ?? (await gridOfNewest(found, gaps));
  if (grid) return { ci, job, grid };
  gaps.throwIfUnreachable();
  const candidates = found.candidates;
  throw new NotClear({ problem: 'unknown', message: `No TestGrid tab was found for ${job.name}.`, candidates });
}

async function gridOfNewest({ ci, job, history }: Found, gaps: Gaps): Promise<Grid | null> {
  const newest = history?.value.runs[0];
  for (const place of newest ? await readGridPlaces(ci, newest, gaps) : []) {
    const grid = await gridAt(ci, job, place, gaps);
    if (grid) return grid;
  }
  return null;
}
