// A receiver of Bolt that keeps what it is given before it acknowledges it: an accepted question is never lost, and one
// that is delivered again is never asked twice. Bolt's own listeners see an event when the worker takes it from the store.
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { NewEvent } from '../store/port.ts';
import type { Queue } from '../store/queue.ts';
import { readIntake } from './intake.ts';

export interface DurableOptions {
  readonly queue: Pick<Queue, 'accept' | 'pending'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** True for a team or channel that may ask; others are acknowledged and forgotten. */
  readonly isAllowed: (body: unknown) => boolean;
  /** Called with what may not ask. */
  readonly refused: (body: unknown) => void;
  /** Called with what is not taken because too much waits; Slack sends it again. */
  readonly busy: (body: unknown) => void;
  /** Does what cannot wait, such as a stop; true when that was all there was to do. */
  readonly atOnce: (body: unknown) => boolean;
  /** Told how many more or fewer events are being taken. */
  readonly arriving: (by: 1 | -1) => void;
  /** Told whether the store took an event. */
  readonly kept: (isKept: boolean) => void;
  readonly mostWaiting?: number;
}

/** A request whose signature carries a time too far from now, before or after. */
export class StaleRequest extends Error {
  override readonly name = 'StaleRequest';
}

/** More waits than can be answered soon. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/** Bolt refuses what is older; what is younger could be replayed for as long. */
const STALE_MS = 300_000;
const MOST_WAITING = 200;

/** The receiver `inner`, made durable. */
export function durable(inner: Receiver, options: DurableOptions): Receiver {
  const { queue, clock, isAllowed, refused, busy, atOnce, arriving, kept, mostWaiting = MOST_WAITING } = options;
  /** Events on their way into the store, which does not count them yet. */
  let keeping = 0;
  const keep = async (body: unknown, event: NewEvent): Promise<void> => {
    keeping += 1;
    try {
      const before = keeping - 1;
      if (before + (await queue.pending()) >= mostWaiting) throw new TooBusy();
      await queue.accept(event, clock());
      kept(true);
    } catch (error) {
      if (error instanceof TooBusy) busy(body);
      else kept(false);
      throw error;
    } finally {
      keeping -= 1;
    }
  };
  const take = async ({ body, ack, customProperties }: ReceiverEvent): Promise<void> => {
    const age: unknown = customProperties?.['ageMs'];
    if (typeof age === 'number' && !(Math.abs(age) <= STALE_MS)) throw new StaleRequest();
    const intake = readIntake(body);
    if (intake.kind === 'event') {
      if (!isAllowed(body)) refused(body);
      // What cannot be kept is not acknowledged: Slack delivers it again.
      else if (!atOnce(body)) await keep(body, intake.event);
    }
    await ack();
  };
  const processEvent = async (event: ReceiverEvent): Promise<void> => {
    arriving(1);
    await take(event).finally(() => arriving(-1));
  };
  return {
    init: (app) => inner.init(Object.assign(Object.create(app) as App, { processEvent })),
    start: (...args: unknown[]) => inner.start(...args),
    stop: (...args: unknown[]) => inner.stop(...args),
  };
}
