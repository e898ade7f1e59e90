// The runs of a job that have ended, from its grid and, for what is older, from its history pages.
import type { Job } from '../ci/job.ts';
import { buildTime, type Run, type RunState } from '../ci/run.ts';
import type { Gaps } from '../diagnose/gaps.ts';
import { runsInGrid } from '../diagnose/read-history.ts';
import { stateByTests } from '../digest/job-day.ts';
import { classifyColumns, findJobRows } from '../grids/classify-columns.ts';
import type { ColumnFinding } from '../grids/findings.ts';
import type { Grid } from '../grids/grid.ts';
import { mergeRenamed } from '../grids/merge.ts';
import { isNotFound } from '../sources/errors.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { KeptRun } from '../store/history.ts';

/** A run, and the column that shows it. */
export interface EndedRun {
  readonly kept: KeptRun;
  readonly run: Run;
  readonly column: ColumnFinding | null;
}

/** Pages of twenty runs: a job that runs every half hour fills so many in two weeks. */
const MAX_PAGES = 40;

/** The runs that a grid shows, newest first. Those of which it tells no time have no day, and are left out. */
export function runsOfGrid(table: Grid, job: Job): EndedRun[] {
  const grid = mergeRenamed(table);
  const { jobRows, tests, counts } = findJobRows(grid);
  const columns = classifyColumns(grid, tests, [...jobRows], counts);
  return runsInGrid(grid, job).flatMap((run, i) => {
    const column = columns[i] ?? null;
    const state = run.state === 'unknown' && column ? stateByTests(grid, i, column.class) : run.state;
    const minutes = grid.minutes?.[i] ?? null;
    return endedRun({ ...run, state, durationMs: minutes === null ? null : minutes * 60_000 }, column);
  });
}

/**
 * The job's runs back to `until`, newest first, from build `from` on.
 * @returns null when not all of them could be read
 */
export async function runsOfPages(
  ci: CiSystem,
  job: Job,
  until: number,
  from: string | undefined,
  gaps: Gaps,
): Promise<EndedRun[] | null> {
  const runs: EndedRun[] = [];
  let next = from;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const effect = `older runs of ${job.name} are not kept`;
    // Deck has no page for a job that has left its bucket.
    const asked = ci.runs.history(job, next).catch((error: unknown) => {
      if (isNotFound(error)) return { value: { runs: [], older: null, skipped: 0 }, staleMs: null };
      throw error;
    });
    const read = await gaps.try(effect, asked);
    if (!read) return null;
    runs.push(...read.runs.flatMap((run) => endedRun(run, null)));
    const oldest = read.runs.at(-1);
    if (read.older === null || (oldest && (timeOf(oldest) ?? until) <= until)) return runs;
    next = read.older;
  }
  gaps.add({
    what: `the history of ${job.name}`,
    why: `it is longer than ${MAX_PAGES} pages`,
    effect: 'older runs of it are not kept',
  });
  return null;
}

const timeOf = ({ started, build }: Run): number | null => started ?? buildTime(build);

function endedRun(run: Run, column: ColumnFinding | null): EndedRun[] {
  const { job, build, state: result, durationMs } = run;
  const started = timeOf(run);
  if (started === null || !isEnd(result)) return [];
  const ended = durationMs === null ? null : Math.round(started + durationMs);
  return [{ kept: { job, build, result, class: column?.class ?? null, started, ended }, run, column }];
}

const ENDS: readonly RunState[] = ['passed', 'failed', 'error', 'aborted'];
const isEnd = (state: RunState): state is KeptRun['result'] => ENDS.includes(state);
