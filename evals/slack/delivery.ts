// Telling the app: over HTTP or Socket Mode, with the faults that were asked for, and again where it was not taken.
import type { Told } from './events.ts';
import type { EventFault, Faults } from './faults.ts';
import type { Fields } from './schema.ts';

/** Why something is sent again, in the words of the Events API. */
export type RetryReason = 'http_timeout' | 'http_error' | 'connection_failed';

export interface Retry {
  readonly num: number;
  readonly reason: RetryReason;
}

/** One try to tell the app. */
export interface Attempt {
  readonly at: number;
  readonly ms: number;
  readonly retry: Retry | null;
  /** Taken in time, or why not. */
  readonly outcome: 'acked' | RetryReason | 'dropped';
  /** Of HTTP. */
  readonly status: number | null;
  /** What the app said with its ack. */
  readonly answer: Fields | string | null;
  /** The app said `x-slack-no-retry`. */
  readonly noRetry: boolean;
}

/** What was told, and how it went. */
export interface Delivery {
  readonly told: Told;
  readonly attempts: Attempt[];
  acked: boolean;
}

/** A way to the app: one attempt, without repeating. */
export interface Transport {
  send(told: Told, retry: Retry | null): Promise<Attempt>;
}

export interface Schedule {
  /** Milliseconds before each repetition. */
  readonly retries: readonly number[];
  readonly wait: (ms: number) => Promise<void>;
  readonly clock: () => number;
}

/** Tells the app everything it is given, and remembers all of it. */
export class Deliveries {
  readonly all: Delivery[] = [];
  readonly #transport: () => Transport | null;
  readonly #faults: Faults<Told, EventFault>;
  readonly #schedule: Schedule;
  #underway = 0;
  #waiting: (() => void)[] = [];
  #held: (() => void)[] = [];
  #closed = false;

  constructor(transport: () => Transport | null, faults: Faults<Told, EventFault>, schedule: Schedule) {
    this.#transport = transport;
    this.#faults = faults;
    this.#schedule = schedule;
  }

  /** Tells one thing; done when it was taken or given up. */
  async tell(told: Told): Promise<Delivery> {
    const delivery: Delivery = { told, attempts: [], acked: false };
    this.all.push(delivery);
    this.#moved(1);
    try {
      await this.#deliver(delivery, this.#faults.next(told));
    } finally {
      this.#moved(-1);
    }
    return delivery;
  }

  /** Lets go what was held back, the last one first. */
  release(): void {
    const held = this.#held.reverse();
    this.#held = [];
    this.#moved(held.length);
    for (const go of held) go();
  }

  /** When nothing is on its way any more; what is held back stays. */
  async settled(): Promise<void> {
    while (this.#underway > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      // What one delivery set off is on its way by now.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Sends nothing again from now on. */
  close(): void {
    this.#closed = true;
    this.release();
  }

  #moved(by: number): void {
    this.#underway += by;
    if (this.#underway > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  async #deliver(delivery: Delivery, fault: EventFault | null): Promise<void> {
    if (fault?.kind === 'drop') {
      const at = this.#schedule.clock();
      delivery.attempts.push({
        at,
        ms: 0,
        retry: null,
        outcome: 'dropped',
        status: null,
        answer: null,
        noRetry: true,
      });
      return;
    }
    if (fault?.kind === 'hold')
      await new Promise<void>((resolve) => {
        this.#held.push(resolve);
        this.#moved(-1);
      });
    for (let copy = 0; copy < (fault?.kind === 'repeat' ? fault.times : 1); copy += 1) await this.#insist(delivery);
  }

  /** Events are sent again until they are taken; what a person waits for is tried once. */
  async #insist(delivery: Delivery): Promise<void> {
    const pauses = delivery.told.kind === 'events_api' ? this.#schedule.retries : [];
    let last = await this.#try(delivery, null);
    for (const [index, pause] of pauses.entries()) {
      if (last === null || last === 'acked' || last === 'dropped') return;
      await this.#schedule.wait(pause);
      last = await this.#try(delivery, { num: index + 1, reason: last });
    }
  }

  /** One attempt; says why it is to be repeated, or null where it is not. */
  async #try(delivery: Delivery, retry: Retry | null): Promise<Attempt['outcome'] | null> {
    const transport = this.#closed ? null : this.#transport();
    if (!transport) return null;
    const attempt = await transport.send(delivery.told, retry);
    delivery.attempts.push(attempt);
    if (attempt.outcome === 'acked') delivery.acked = true;
    return attempt.noRetry ? null : attempt.outcome;
  }
}
