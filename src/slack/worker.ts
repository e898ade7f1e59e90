// Works off what was kept: one thread's events one after another, several threads at once; what a crash interrupted is
// taken again when its lease ends.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, StoredEvent } from '../store/port.ts';

type Work = (event: StoredEvent, signal: AbortSignal) => Promise<void>;

export interface WorkerOptions {
  readonly store: EventStore;
  readonly clock: () => number;
  /** The signal ends it early: the bot stops, or another process has taken the event. */
  readonly work: Work;
  /** In place of another try of an event that never came to an end, or took the process down with it. */
  readonly giveUp: Work;
  /** True for a failure that another try would not change. */
  readonly isFinal: (error: unknown) => boolean;
  /** What went wrong, for the operator. */
  readonly failed: (event: StoredEvent, error: unknown) => void;
  /** True while events come in: they have seconds to be acknowledged, so one answer at a time is made then. */
  readonly isBusy?: () => boolean;
  readonly atOnce?: number;
  readonly leaseMs?: number;
  /** How long to wait before looking again when nobody wakes the worker. */
  readonly idleMs?: number;
}

export interface Worker {
  /** Something may have come. */
  wake(): void;
  /** Takes nothing new, lets what is under way end within `graceMs`, then aborts it: it is taken again after a restart. */
  stop(graceMs: number): Promise<void>;
}

/** More than can be investigated at once (that has a limit of its own), for many of them wait for Slack. */
const AT_ONCE = 32;
const LEASE_MS = 30_000;
const IDLE_MS = 1_000;
/** Failures of its own that an event may have. */
const FAILURES = 20;
/** A process that dies takes all that it worked on with it. After so many deaths an event is worked on alone, to see whose they are. */
const DEATHS_TOGETHER = 3;
const DEATHS = 20;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15_000;
/** What is aborted has so long to say where it was. */
const LAST_MS = 2_000;

export function startWorker(options: WorkerOptions): Worker {
  const {
    store,
    clock,
    failed,
    isBusy = () => false,
    atOnce = AT_ONCE,
    leaseMs = LEASE_MS,
    idleMs = IDLE_MS,
  } = options;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  /** Events that are worked on alone, or wait to be. */
  let alone = 0;
  let isStopping = false;
  /** How often somebody asked to look since the last look ended. */
  let looks = 0;

  const one = async (event: StoredEvent, others: Promise<unknown>): Promise<void> => {
    const lost = new AbortController();
    const renew = async (): Promise<void> => {
      if (!(await store.extend(event, clock() + leaseMs))) lost.abort();
    };
    const lease = setInterval(() => void renew().catch(() => undefined), leaseMs / 3);
    const isTooOften = event.tries - event.deaths > FAILURES || event.deaths > DEATHS;
    try {
      await others;
      await (isTooOften ? options.giveUp : options.work)(event, AbortSignal.any([stop.signal, lost.signal]));
      await store.finish(event, clock());
    } catch (error) {
      failed(event, error);
      // One that was cut off by the stop is not its own fault: it waits for the next start.
      if (stop.signal.aborted) await store.postpone(event, clock());
      else if (isTooOften || options.isFinal(error)) await store.finish(event, clock());
      else await store.postpone(event, clock() + Math.min(FIRST_WAIT_MS * 2 ** (event.tries - 1), LONGEST_WAIT_MS));
    } finally {
      clearInterval(lease);
    }
  };

  const look = async (): Promise<void> => {
    looks += 1;
    if (looks > 1) return;
    let seen: number;
    do {
      seen = looks;
      // A store that does not answer is asked again at the next look.
      await begin().catch(() => undefined);
    } while (looks !== seen);
    looks = 0;
  };

  /** Begins what there is, as far as there is room. */
  const begin = async (): Promise<void> => {
    while (!isStopping && alone === 0 && running.size < (isBusy() ? 1 : atOnce)) {
      const event = await store.claim(clock(), leaseMs);
      if (!event) return;
      const isAlone = event.deaths > DEATHS_TOGETHER;
      if (isAlone) alone += 1;
      const done = one(event, isAlone ? Promise.all(running) : Promise.resolve())
        .catch((error: unknown) => failed(event, error))
        .finally(() => {
          if (isAlone) alone -= 1;
          running.delete(done);
          void look();
        });
      running.add(done);
    }
  };

  const timer = setInterval(() => void look(), idleMs);
  void look();
  return {
    wake: () => void look(),
    stop: async (graceMs) => {
      isStopping = true;
      clearInterval(timer);
      const over = new AbortController();
      const ended = Promise.allSettled(running).then(() => over.abort());
      await sleep(graceMs, undefined, { signal: over.signal }).catch(() => undefined);
      stop.abort();
      await Promise.race([ended, sleep(LAST_MS, undefined, { signal: over.signal }).catch(() => undefined)]);
    },
  };
}
