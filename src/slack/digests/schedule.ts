// Puts summaries that are due into the queue, each once a channel and day, whoever else does so too.
import { Cron } from 'croner';
import { z } from 'zod';
import type { Store } from '../../store/port.ts';
import type { Queue } from '../../store/queue.ts';
import { digestKey, dueBy } from './due.ts';
import { allSubscriptions } from './subscriptions.ts';
import { Subscription } from './subscription.ts';

/** A summary to be sent, as the queue keeps it. */
export const DigestWork = z.strictObject({
  type: z.literal('whyred_digest'),
  key: z.string(),
  subscription: Subscription,
  /** False for one that somebody asked for: the next one of the day is not measured by it. */
  isDaily: z.boolean(),
});
export type DigestWork = z.infer<typeof DigestWork>;

/**
 * Queues what is due at `now`; how many summaries were new. The queue takes a key once, so a second process, a clock that
 * goes back and a day with the same hour twice add nothing.
 */
export async function queueDue(store: Store, queue: Pick<Queue, 'accept'>, now: number): Promise<number> {
  let added = 0;
  for (const subscription of await allSubscriptions(store)) {
    const due = dueBy(subscription, now);
    if (!due) continue;
    const key = digestKey(subscription, due);
    const work: DigestWork = { type: 'whyred_digest', key, subscription, isDaily: true };
    const scope = `digest:${subscription.channel}:${subscription.id}`;
    if (await queue.accept({ keys: [key], scope, body: JSON.stringify(work) }, now)) added += 1;
  }
  return added;
}

export interface ScheduleOptions {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
}

/** Looks every minute. @returns what ends it */
export function startSchedule({ store, queue, clock, failed }: ScheduleOptions): () => void {
  const look = async (): Promise<void> => {
    await queueDue(store, queue, clock());
  };
  const cron = new Cron('0 * * * * *', { protect: true, catch: failed }, look);
  // What was missed while nobody ran is not left waiting for the minute.
  void look().catch(failed);
  return () => cron.stop();
}

/** The summary that an event of the queue is; null for what came from Slack. */
export const digestIn = (body: unknown): DigestWork | null => DigestWork.safeParse(body).data ?? null;
