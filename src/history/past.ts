// What was kept of earlier runs, as an answer asks for it: has this been seen before, where, and since when?
import type { SeenBefore } from '../ci/verdict.ts';
import type { Signature } from '../logs/signature.ts';
import type { PastFailure } from '../store/history.ts';

/** Runs that failed in the same or almost the same way. */
export interface Alike {
  /** Newest first, no more than are worth counting. */
  readonly newest: readonly PastFailure[];
  /** When the first such run began, ms since the epoch. */
  readonly since: number | null;
  /** True when there are more than `newest`. */
  readonly isMore: boolean;
}

/** The history that is kept, where one is. */
export interface Past {
  /** @throws StoreUnreachable */
  like(signature: Signature): Promise<Alike>;
}

/** A run by what names it, and when it began where that is known. */
export interface RunInTime {
  readonly job: string;
  readonly build: string;
  readonly started: number | null;
}

/** Those of `alike` that began before `run`, each run once, newest first. */
export function before({ newest }: Alike, run: RunInTime): PastFailure[] {
  const runs = new Map<string, PastFailure>();
  for (const failure of newest) {
    const { job, build, started } = failure;
    const isItself = job.name === run.job && build === run.build;
    const key = `${job.name} ${build}`;
    if (!isItself && (run.started === null || started < run.started) && !runs.has(key)) runs.set(key, failure);
  }
  return [...runs.values()];
}

/** How often that was, in how many jobs, since when; null where it was not. */
export function seenBefore(alike: Alike, run: RunInTime): SeenBefore | null {
  const runs = before(alike, run);
  const first = Math.min(...runs.map(({ started }) => started), alike.since ?? Infinity);
  if (runs.length === 0) return null;
  return {
    runs: runs.length,
    jobs: new Set(runs.map(({ job }) => job.name)).size,
    since: new Date(first).toISOString(),
    at_least: alike.isMore,
  };
}
