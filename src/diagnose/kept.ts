// What is kept of a job, of a way of failing, and of all jobs: how it fails, how often, how long until it is fixed.
import type { Job } from '../ci/job.ts';
import { jobKey } from '../ci/job.ts';
import { fixTimes, type FixTimes, type Told, type ToldRuns } from '../history/fixes.ts';
import type { HistoryStore, PastFailure, PastRun } from '../store/history.ts';

/** A way in which a job fails. */
export interface Way {
  readonly signature: string;
  readonly runs: number;
  readonly first: number;
  readonly last: number;
  readonly headline: string;
  readonly fixes: FixTimes;
}

export interface KeptOfJob {
  readonly runs: readonly PastRun[];
  readonly fixes: FixTimes;
  /** The most frequent first. */
  readonly ways: readonly Way[];
}

export interface KeptOfSignature {
  readonly newest: readonly PastFailure[];
  /** When the first such run began; null where there is none. */
  readonly since: number | null;
  readonly jobs: readonly Job[];
  readonly fixes: FixTimes;
}

const COUNTED = 1_000;

/** What the job did since. */
export async function keptOfJob(history: HistoryStore, job: Job, since: number): Promise<KeptOfJob> {
  const [runs, failures] = await Promise.all([history.runsOf(job, since), history.failuresOf(job, since)]);
  const ways = Array.from(
    Map.groupBy(failures, ({ signature }) => signature),
    ([signature, of]): Way => {
      const builds = new Set(of.map(({ build }) => build));
      const [last, first] = [of[0], of.at(-1)];
      return {
        signature,
        runs: builds.size,
        first: first?.started ?? 0,
        last: last?.started ?? 0,
        headline: last?.headline ?? '',
        fixes: fixTimes([toldOf(runs, builds)]),
      };
    },
  );
  return {
    runs,
    fixes: fixTimes([toldOf(runs)]),
    ways: ways.sort((a, b) => b.runs - a.runs || b.last - a.last),
  };
}

/** What fails with a signature, in all jobs. */
export async function keptOfSignature(history: HistoryStore, key: string): Promise<KeptOfSignature> {
  const { newest, since } = await history.failuresWith([key], COUNTED);
  const byJob = [...Map.groupBy(newest, ({ job }) => jobKey(job)).values()];
  const jobs = byJob.flatMap(([first]) => (first ? [first.job] : []));
  const told = await Promise.all(
    byJob.map(async (of) => {
      const [first] = of;
      if (!first) return [];
      const oldest = Math.min(...of.map(({ started }) => started));
      return toldOf(await history.runsOf(first.job, oldest), new Set(of.map(({ build }) => build)));
    }),
  );
  return { newest, since, jobs, fixes: fixTimes(told) };
}

/** What runs tell of a failure: of the one in `builds`, or where none are given of any. */
const toldOf = (runs: readonly PastRun[], builds?: ReadonlySet<string>): ToldRuns =>
  runs.map(({ started, build, result }) => ({ started, told: toldBy(result, builds?.has(build) ?? true) }));

function toldBy(result: PastRun['result'], isOf: boolean): Told {
  if (result === 'passed') return 'passed';
  return result !== 'aborted' && isOf ? 'failed' : 'nothing';
}
