// Works off what was kept: one thread's events one after another, several threads at once; what a crash interrupted is
// taken again when its lease ends.
import type { EventStore, StoredEvent } from '../store/port.ts';

export interface WorkerOptions {
  readonly store: EventStore;
  readonly clock: () => number;
  readonly work: (event: StoredEvent, signal: AbortSignal) => Promise<void>;
  /** What went wrong, for the operator. */
  readonly failed: (event: StoredEvent, error: unknown) => void;
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

const AT_ONCE = 4;
const LEASE_MS = 60_000;
const IDLE_MS = 1_000;
const TRIES = 5;
const FIRST_WAIT_MS = 2_000;

export function startWorker(options: WorkerOptions): Worker {
  const { store, clock, work, failed, atOnce = AT_ONCE, leaseMs = LEASE_MS, idleMs = IDLE_MS } = options;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  let isStopping = false;
  /** How often somebody asked to look since the last look ended. */
  let looks = 0;

  const one = async (event: StoredEvent): Promise<void> => {
    const lease = setInterval(() => void store.extend(event.id, clock() + leaseMs).catch(() => undefined), leaseMs / 3);
    try {
      await work(event, stop.signal);
      await store.finish(event.id, clock());
    } catch (error) {
      failed(event, error);
      // One that was cut off by the stop is not its own fault: it waits for the next start.
      if (stop.signal.aborted) await store.postpone(event.id, clock());
      else if (event.tries >= TRIES) await store.finish(event.id, clock());
      else await store.postpone(event.id, clock() + FIRST_WAIT_MS * 2 ** (event.tries - 1));
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
    while (!isStopping && running.size < atOnce) {
      const event = await store.claim(clock(), leaseMs);
      if (!event) return;
      const done = one(event)
        .catch((error: unknown) => failed(event, error))
        .finally(() => {
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
      const late = setTimeout(() => stop.abort(), graceMs);
      await Promise.allSettled(running);
      clearTimeout(late);
    },
  };
}
