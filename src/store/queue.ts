// What waits to be worked off, by whichever process is free: the worker of this process on SQLite, pg-boss on PostgreSQL.
import type { NewEvent } from './port.ts';

export interface QueuedEvent {
  /** The same whenever it is begun again, by whichever process. */
  readonly id: string;
  readonly body: string;
  /** How often it was begun, this time included. */
  readonly tries: number;
  /** Milliseconds since the epoch. */
  readonly received: number;
}

type Work = (event: QueuedEvent, signal: AbortSignal) => Promise<void>;

export interface WorkOptions {
  /** Done when it resolves; begun again later when it rejects, a few times. The signal ends it early. */
  readonly work: Work;
  /** In place of another try of an event that failed too often; it is put aside whatever comes of it. */
  readonly giveUp: Work;
  /** True for a failure that another try would not change. */
  readonly isFinal: (error: unknown) => boolean;
  /** What went wrong, for the operator. */
  readonly failed: (event: QueuedEvent, error: unknown) => void;
  /** Called with what any process said by `tell`, this one included. */
  readonly heard?: (word: string) => void;
  /** True while events come in; what works beside them in one process holds back then. */
  readonly isBusy?: () => boolean;
  readonly atOnce?: number;
}

export interface Worker {
  /** Takes nothing new, lets what is under way end within `graceMs`, then aborts it: it is begun again later. */
  stop(graceMs: number): Promise<void>;
}

export interface Queue {
  /**
   * Keeps an event to be worked off, and has committed when it resolves; false when it is one that was kept before.
   * @throws StoreUnreachable
   */
  accept(event: NewEvent, now: number): Promise<boolean>;
  /** Works off what there is and what comes: one event of a scope at a time, in the order they came. */
  work(options: WorkOptions): Promise<Worker>;
  /** Says a word to every process that works. One that is not connected at that moment does not hear it. */
  tell(word: string): Promise<void>;
  /** Events that wait or are worked on; for tests and metrics. */
  pending(): Promise<number>;
  /** When the oldest of them was kept, ms since the epoch; null when there is none. */
  oldest(): Promise<number | null>;
  close(): Promise<void>;
}
