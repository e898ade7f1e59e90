// How long it took until it passed again: a series of failures is fixed by the first run that passes after it.

/** What a run tells of a failure: it was there, it was not, or (it was aborted, or failed otherwise) nothing. */
export type Told = 'failed' | 'passed' | 'nothing';

/** Runs of one job, newest first. Times are ms since the epoch. */
export type ToldRuns = readonly { readonly started: number; readonly told: Told }[];

export interface FixTimes {
  /** Series of failures that were followed by a pass. */
  readonly fixed: number;
  /** Series that have not been, at most one a job. */
  readonly open: number;
  /** From the start of a series' first run to the start of the run that passed, ms; null without any. */
  readonly meanMs: number | null;
  readonly medianMs: number | null;
}

/** How long fixes took, over several jobs. */
export function fixTimes(jobs: readonly ToldRuns[]): FixTimes {
  const all = jobs.map(seriesOf);
  const took = all.flatMap((series) => series.took).sort((a, b) => a - b);
  const middle = took.length >> 1;
  const [low = 0, high = 0] = [took[middle - 1], took[middle]];
  return {
    fixed: took.length,
    open: all.filter(({ isOpen }) => isOpen).length,
    meanMs: took.length === 0 ? null : took.reduce((sum, ms) => sum + ms, 0) / took.length,
    medianMs: took.length === 0 ? null : took.length % 2 === 1 ? high : (low + high) / 2,
  };
}

function seriesOf(runs: ToldRuns): { took: number[]; isOpen: boolean } {
  const took: number[] = [];
  let since: number | null = null;
  for (const { started, told } of runs.toReversed()) {
    if (told === 'failed') since ??= started;
    if (told !== 'passed' || since === null) continue;
    took.push(started - since);
    since = null;
  }
  return { took, isOpen: since !== null };
}
