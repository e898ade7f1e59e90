// The history of one step, test or job as a series of completed results, newest first, from whichever source has it.
import type { Job } from '../ci/job.ts';
import { runUrl, type PublicSites } from '../ci/links.ts';
import { historyPath } from '../ci/job.ts';
import { hasFailed, isCompleted, type Run } from '../ci/run.ts';
import type { RowKind } from '../grids/findings.ts';
import type { Grid, Row } from '../grids/grid.ts';
import { outcomeAt } from '../grids/rows.ts';
import type { Result } from '../history/since.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import { readObject, type StepResult } from './read-run.ts';
import { tryJson } from '../sources/json.ts';
import { z } from 'zod';

/** A result that also says when the test failed and passed in one run. */
export interface SeriesResult extends Result {
  readonly flaky: boolean;
}

export interface Series {
  /** A step or the whole job fails whenever anything in it does: only a test's own results say how often that test fails. */
  readonly kind: RowKind | 'job';
  /** What the series is of, in words: "the job", "step X", "test Y". */
  readonly of: string;
  readonly results: readonly SeriesResult[];
  /** Evidence that shows the series. */
  readonly evidence: readonly string[];
}

const STEP_RUNS_READ = 6;
const Finished = z.object({ passed: z.boolean().optional(), result: z.string().optional() });

/** The job's own results. */
export const jobResults = (runs: readonly Run[], sites: PublicSites): SeriesResult[] =>
  runs.filter(isCompleted).map((run) => ({
    failed: hasFailed(run),
    flaky: false,
    point: {
      build: run.build,
      time: run.started === null ? null : new Date(run.started).toISOString(),
      url: runUrl(sites, run),
    },
  }));

/** A row's completed results; a cell that failed and passed counts as a pass that was flaky. */
export function rowResults(grid: Grid, row: Row, job: Job, sites: PublicSites): SeriesResult[] {
  return grid.columns.flatMap((column, i) => {
    const outcome = outcomeAt(row, i);
    if (outcome !== 'pass' && outcome !== 'fail' && outcome !== 'flaky') return [];
    const path = `${historyPath(job)}/${column.build}`;
    return [
      {
        failed: outcome === 'fail',
        flaky: outcome === 'flaky',
        point: {
          build: column.build,
          time: column.time === null ? null : new Date(column.time).toISOString(),
          url: runUrl(sites, { job, path }),
        },
      },
    ];
  });
}

/**
 * A step's results from the runs themselves, for when no grid has it: the run that is explained, and its step's own
 * result in the completed runs before it. Runs that did not reach the step are left out.
 */
export async function stepResults(
  ci: CiSystem,
  runs: readonly Run[],
  target: Run,
  step: StepResult,
  gaps: Gaps,
): Promise<SeriesResult[]> {
  const older = runs.filter((run) => isCompleted(run) && isOlder(run, target)).slice(0, STEP_RUNS_READ);
  const effect = 'since when this step fails is known from fewer runs';
  const read = await Promise.all(
    older.map(async (run) => {
      if (run.state === 'passed') return { run, failed: false };
      const object = `${run.path}/artifacts/${step.target}/${step.name}/finished.json`;
      const document = await readObject(ci, run, object, gaps, { effect, optional: true });
      const parsed = document && Finished.safeParse(tryJson(document.bytes));
      if (parsed?.success !== true) return null;
      const { passed, result } = parsed.data;
      return { run, failed: passed === false || (result !== undefined && result.toUpperCase() !== 'SUCCESS') };
    }),
  );
  const known = [{ run: target, failed: true }, ...read.filter((entry) => entry !== null)];
  return known.map(({ run, failed }) => ({
    failed,
    flaky: false,
    point: {
      build: run.build,
      time: run.started === null ? null : new Date(run.started).toISOString(),
      url: runUrl(ci.system.sites, run),
    },
  }));
}

const isOlder = (run: Run, than: Run): boolean =>
  run.build.length < than.build.length || (run.build.length === than.build.length && run.build < than.build);
