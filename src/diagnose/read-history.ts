// The runs of a job: read from deck (or the bucket when deck is down), and what they say about its state.
import { historyPath } from '../ci/job.ts';
import { hasFailed, isCompleted, newestFirst, type Run } from '../ci/run.ts';
import type { JobState } from '../ci/verdict.ts';
import type { Found } from './find-job.ts';
import type { Gaps } from './gaps.ts';

const FALLBACK_RUNS = 10;
const DAY = 86_400_000;
/** A job has stopped when its newest run is older than this many of its usual intervals, and than a week. */
const STALE_INTERVALS = 5;
const STALE_MS = 7 * DAY;

export interface History {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** The page the runs were read from. */
  readonly page: string;
}

/** At most two pages: the second only while the first has no passing run to compare with. */
export async function readHistory(found: Found, gaps: Gaps): Promise<History> {
  const { ci, job, history } = found;
  const page = `/job-history/gs/${job.bucket}/${historyPath(job)}`;
  if (!history) {
    if (job.kind === 'presubmit') return { runs: [], page };
    const runs = await gaps.try('the job’s runs are unknown', ci.artifacts.newestRuns(job, FALLBACK_RUNS));
    return { runs: runs ?? [], page };
  }
  const { runs, older, source } = history.value;
  const hasBothEnds = runs.some((run) => run.state === 'passed') || !runs.some(hasFailed);
  if (hasBothEnds || older === null) return { runs, page: source.object };
  const next = await gaps.try('older runs are unknown', ci.runs.history(job, older));
  const known = new Set(runs.map(({ build }) => build));
  const more = (next?.runs ?? []).filter(({ build }) => !known.has(build));
  return { runs: [...runs, ...more].sort(newestFirst), page: source.object };
}

/** The run to explain: the one asked for, else the newest failed one; null when nothing failed. */
export async function chooseRun(found: Found, runs: readonly Run[], gaps: Gaps): Promise<Run | null> {
  const { ci, job, run: asked } = found;
  if (!asked) return runs.find(hasFailed) ?? null;
  const listed = runs.find(({ build }) => build === asked.build);
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
