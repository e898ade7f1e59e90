// A receiver of Bolt that keeps what it is given before it acknowledges it: an accepted question is never lost, and one
// that is delivered again is never asked twice. Bolt's own listeners see an event when the worker takes it from the store.
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Queue } from '../store/queue.ts';
import { readIntake } from './intake.ts';

export interface DurableOptions {
  readonly queue: Pick<Queue, 'accept'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** True for a team or channel that may ask; others are acknowledged and forgotten. */
  readonly isAllowed: (body: unknown) => boolean;
  /** Does what cannot wait, such as a stop; true when that was all there was to do. */
  readonly atOnce: (body: unknown) => boolean;
}

/** The receiver `inner`, made durable. */
export function durable(inner: Receiver, { queue, clock, isAllowed, atOnce }: DurableOptions): Receiver {
  const take = async ({ body, ack }: ReceiverEvent): Promise<void> => {
    if (isAllowed(body) && atOnce(body)) {
      await ack();
      return;
    }
    const intake = readIntake(body);
    if (intake.kind === 'event' && isAllowed(body)) {
      // What cannot be kept is not acknowledged: Slack delivers it again.
      await queue.accept(intake.event, clock());
    }
    await ack();
  };
  return {
    init: (app) => inner.init(Object.assign(Object.create(app) as App, { processEvent: take })),
    start: (...args: unknown[]) => inner.start(...args),
    stop: (...args: unknown[]) => inner.stop(...args),
  };
}
