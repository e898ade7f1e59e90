// The runs of a job: read from deck (or the bucket when deck is down), and what they say about its state.
import { historyPath } from '../ci/job.ts';
import type { Job } from '../ci/job.ts';
import { hasFailed, isCompleted, newestFirst, type Run, type RunState } from '../ci/run.ts';
import type { Grid } from '../grids/grid.ts';
import { mergeRenamed } from '../grids/merge.ts';
import { isJobLevel, outcomeAt } from '../grids/rows.ts';
import type { Outcome } from '../grids/status.ts';
import type { JobState } from '../ci/verdict.ts';
import type { Found } from './find-job.ts';
import type { Gaps } from './gaps.ts';

const FALLBACK_RUNS = 10;
const DAY = 86_400_000;
/** A job has stopped when its newest run is older than this many of its usual intervals, and than a week. */
const STALE_INTERVALS = 5;
const STALE_MS = 7 * DAY;

export interface History {
  /** The newest runs, newest first. */
  readonly runs: readonly Run[];
  /** The runs from the asked one on and older, where it is not among the newest; else the same runs. */
  readonly around: readonly Run[];
}

/** At most two pages: the second only while the first has no passing run to compare with, or not the asked run. */
export async function readHistory(found: Found, gaps: Gaps): Promise<History> {
  const { ci, job, history, run: asked } = found;
  if (!history) {
    const runs = job.kind === 'presubmit' ? [] : await newestInBucket(found, gaps);
    return { runs, around: runs };
  }
  const { runs, older, skipped } = history.value;
  if (skipped > 0)
    gaps.add({
      what: `${skipped} entries of the job history`,
      why: 'they name no run of this job',
      effect: 'these runs are not counted',
    });
  const isElsewhere = asked !== null && !runs.some(({ build }) => build === asked.build);
  const hasBothEnds = runs.some((run) => run.state === 'passed') || !runs.some(hasFailed);
  if (!isElsewhere && (hasBothEnds || older === null)) return { runs, around: runs };
  const from = isElsewhere ? asked.build : (older ?? '');
  const next = await gaps.try('older runs are unknown', ci.runs.history(job, from));
  const known = new Set(runs.map(({ build }) => build));
  const more = (next?.runs ?? []).filter(({ build }) => !known.has(build)).toSorted(newestFirst);
  if (isElsewhere) return { runs, around: more };
  const all = [...runs, ...more].sort(newestFirst);
  return { runs: all, around: all };
}

async function newestInBucket({ ci, job }: Found, gaps: Gaps): Promise<readonly Run[]> {
  return (await gaps.try('the job’s runs are unknown', ci.artifacts.newestRuns(job, FALLBACK_RUNS))) ?? [];
}

/** The runs as the columns of a grid tell them, for a job whose runs have left the bucket. */
export function runsInGrid(grid: Grid, job: Job): Run[] {
  const merged = mergeRenamed(grid);
  const overall = merged.rows.find(({ name }) => isJobLevel(name) && name.endsWith('Overall'));
  return merged.columns.map(({ build, time }, column): Run => {
    const outcome = overall ? outcomeAt(overall, column) : 'none';
    return {
      job,
      build,
      path: `${historyPath(job)}/${build}`,
      state: STATE_OF[outcome],
      started: time,
      durationMs: null,
      record: build,
      source: { service: 'testgrid', bucket: null, object: `${grid.dashboard}#${grid.tab}`, build },
    };
  });
}

const STATE_OF: Record<Outcome, RunState> = {
  pass: 'passed',
  flaky: 'passed',
  fail: 'failed',
  pending: 'pending',
  aborted: 'aborted',
  none: 'unknown',
};

/** The run to explain: the one asked for, else the newest failed one; null when nothing failed. */
export async function chooseRun(found: Found, { runs, around }: History, gaps: Gaps): Promise<Run | null> {
  const { ci, job, run: asked } = found;
  if (!asked) return runs.find(hasFailed) ?? null;
  const listed = [...runs, ...around].find(({ build }) => build === asked.build);
  if (listed) return listed;
  return gaps.try('the run that was asked for cannot be read', ci.artifacts.run(job, asked.build, asked.path));
}

export function stateOf(runs: readonly Run[], now: number): JobState {
  const newest = runs.find(isCompleted);
  if (!newest) return 'no completed runs';
  if (isStale(runs, now)) return 'stale';
  return hasFailed(newest) ? 'failing' : 'passing';
}

function isStale(runs: readonly Run[], now: number): boolean {
  const starts = runs.map(({ started }) => started).filter((time) => time !== null);
  const newest = starts[0];
  if (newest === undefined) return false;
  const gaps = starts
    .slice(1)
    .map((time, i) => (starts[i] ?? time) - time)
    .sort((a, b) => a - b);
  const usual = gaps[gaps.length >> 1] ?? 0;
  return now - newest > Math.max(STALE_MS, STALE_INTERVALS * usual);
}

/** Says how old the newest run is when it is older than a day more than the job's usual interval would have it. */
export function noteAge(runs: readonly Run[], now: number, gaps: Gaps): void {
  const newest = runs.find(({ started }) => started !== null)?.started ?? null;
  if (newest === null || !isStale(runs, now)) return;
  gaps.add({
    what: 'recent runs',
    why: `the newest run began ${Math.floor((now - newest) / DAY)} days ago`,
    effect: 'the job may have been stopped or renamed; the answer is about then',
  });
}
