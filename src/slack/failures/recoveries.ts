// Notices that a failure is over: when its job has passed since, as its history says. Asked for when somebody asks about
// the job, and now and then for those that were not looked at for longest.
import { runUrl } from '../../ci/links.ts';
import { buildTime, isCompleted, newestFirst, type Run } from '../../ci/run.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { locateJob } from '../../diagnose/locate.ts';
import { readHistory } from '../../diagnose/read-history.ts';
import type { Sources } from '../../sources/ports.ts';
import type { FailureThread } from '../../store/port.ts';
import type { Health } from '../health.ts';
import type { Failures } from './failures.ts';

export interface RecoveriesOptions {
  readonly failures: Failures;
  readonly sources: Sources;
  readonly health: Health;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface Recoveries {
  /** Looks at the open failures of a job. */
  ofJob(job: string, signal: AbortSignal): Promise<void>;
  /** Looks at some of all open failures; what cannot be looked at waits for the next round. */
  round(signal: AbortSignal): Promise<void>;
}

/** How many failures a round looks at: a request or two each. */
const A_ROUND = 20;
/** A failure that was not seen for so long is nobody's concern any more. */
const LATEST_MS = 30 * 86_400_000;

export function createRecoveries({ failures, sources, health, clock }: RecoveriesOptions): Recoveries {
  const looked = new Map<string, number>();

  const look = async (thread: FailureThread, signal: AbortSignal): Promise<void> => {
    looked.set(nameOf(thread), clock());
    try {
      const failure = await failures.find(thread.channel, thread.key);
      if (!failure) return;
      const gaps = new Gaps();
      const found = await locateJob(thread.job, sources.fork(signal), gaps);
      // Runs of a presubmit are of many pull requests: another one that passes says nothing of this one.
      if (found.job.kind === 'presubmit') return;
      const { runs } = await readHistory(found, gaps);
      const green = greenSince(runs, failure.head.last.build);
      if (!green) return;
      const at = green.started ?? buildTime(green.build);
      await failures.recovered(thread, { build: green.build, url: runUrl(found.ci.system.sites, green), at });
    } catch (error) {
      health.failed(error, clock());
    }
  };
  const open = async (): Promise<FailureThread[]> =>
    (await failures.watched()).filter(
      ({ recovered, lastSeen }) => recovered === null && clock() - lastSeen < LATEST_MS,
    );

  return {
    ofJob: async (job, signal) => {
      for (const thread of await open()) if (thread.job === job) await look(thread, signal);
    },
    round: async (signal) => {
      const threads = await open();
      const known = new Set(threads.map(nameOf));
      for (const name of looked.keys()) if (!known.has(name)) looked.delete(name);
      const longest = threads.sort((a, b) => (looked.get(nameOf(a)) ?? 0) - (looked.get(nameOf(b)) ?? 0));
      for (const thread of longest.slice(0, A_ROUND)) {
        if (signal.aborted) return;
        await look(thread, signal);
      }
    },
  };
}

const nameOf = ({ channel, key }: FailureThread): string => `${channel}:${key}`;

/** The oldest of the unbroken passing runs newer than `build`; null when the newest run did not pass. */
export function greenSince(runs: readonly Run[], build: string): Run | null {
  const since = runs.filter((run) => isCompleted(run) && newestFirst(run, { build }) < 0).sort(newestFirst);
  const broken = since.findIndex(({ state }) => state !== 'passed');
  return (broken < 0 ? since : since.slice(0, broken)).at(-1) ?? null;
}
