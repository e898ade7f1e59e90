// The queue of one process alone: what the store keeps, worked off by the worker in the same process.
import type { EventStore, StoredEvent } from '../store/port.ts';
import type { Queue, QueuedEvent } from '../store/queue.ts';
import { startWorker, type Worker, type WorkerOptions } from './worker.ts';

/** @param clock ms since the epoch */
export function inProcessQueue(
  store: EventStore,
  clock: () => number,
  times: Pick<WorkerOptions, 'leaseMs' | 'idleMs'> = {},
): Queue {
  let worker: Worker | null = null;
  let heard: ((word: string) => void) | undefined;
  return {
    accept: async (event, now) => {
      const isNew = await store.accept(event, now);
      if (isNew) worker?.wake();
      return isNew;
    },
    work: ({ work, giveUp, failed, heard: hears, ...options }) => {
      heard = hears;
      worker = startWorker({
        store,
        clock,
        work: (event, signal) => work(queued(event), signal),
        giveUp: (event, signal) => giveUp(queued(event), signal),
        failed: (event, error) => failed(queued(event), error),
        ...options,
        ...times,
      });
      return Promise.resolve(worker);
    },
    tell: (word) => Promise.resolve(heard?.(word)),
    pending: () => store.pending(),
    oldest: () => store.oldest(),
    close: () => Promise.resolve(),
  };
}

const queued = ({ id, body, tries, received }: StoredEvent): QueuedEvent => ({
  id: String(id),
  body,
  tries,
  received,
});
