// Makes a summary and posts it: a short first message, the details in its thread. What a crash interrupts is gone on with.
import { z } from 'zod';
import { pastOf } from '../../diagnose/past.ts';
import type { Digest } from '../../digest/digest.ts';
import { gather } from '../../digest/gather.ts';
import { UnknownSubject } from '../../digest/subject.ts';
import type { Sources } from '../../sources/ports.ts';
import type { Store } from '../../store/port.ts';
import type { Outbox } from '../outbox.ts';
import { digestDetails, digestView } from '../views/digest.ts';
import { plainView } from '../views/view.ts';
import type { DigestWork } from './schedule.ts';

const DAY = 86_400_000;
const MOST_DAYS = 7;
const LIMIT = 40;
const LAST = 'last';

/** What is kept of a summary for the next one: enough to say what is new. */
const Last = z.object({ window: z.object({ from: z.number(), to: z.number() }), items: z.array(z.unknown()) });

export interface SendOptions {
  readonly sources: Sources;
  readonly store: Store;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** @throws SlackTrouble, SourceError: the queue tries again */
export async function sendDigest(
  { key, subscription, isDaily }: DigestWork,
  { sources, store, outbox, clock }: SendOptions,
  signal: AbortSignal,
): Promise<void> {
  const { channel, what, id } = subscription;
  const scope = `digest:${channel}:${id}`;
  const previous = lastOf(await store.setting(scope, LAST));
  const to = clock();
  const from = previous ? Math.max(previous.window.to, to - MOST_DAYS * DAY) : to - DAY;
  const own = sources.fork(signal);
  let digest: Digest;
  try {
    const past = pastOf(store.history);
    ({ digest } = await gather(what, { sources: own, clock, window: { from, to }, limit: LIMIT, previous, past }));
  } catch (error) {
    if (!(error instanceof UnknownSubject)) throw error;
    const gone = plainView(
      `No summary: there is no dashboard or job ${what.join(', ')} any more. /whyred subscriptions lists what this channel gets.`,
    );
    await outbox.postOnce(key, { channel, thread: null, ...gone }, signal);
    return;
  }
  const root = await outbox.postOnce(key, { channel, thread: null, ...digestView(digest) }, signal);
  for (const [i, view] of digestDetails(digest).entries())
    await outbox.postOnce(`${key}:${i + 1}`, { channel, thread: root, ...view }, signal);
  if (isDaily) await store.keepSetting(scope, LAST, JSON.stringify({ window: digest.window, items: digest.items }));
}

/** Says that there is no summary, where it would be. */
export async function giveUpDigest(
  { key, subscription: { channel, what } }: DigestWork,
  { outbox }: Pick<SendOptions, 'outbox'>,
  signal: AbortSignal,
): Promise<void> {
  const said = plainView(
    `No summary of ${what.join(', ')} today: it could not be made. The next one comes at its time.`,
  );
  await outbox.postOnce(key, { channel, thread: null, ...said }, signal);
}

/** The summary before, without its evidence; null for none, or for one of another form. */
function lastOf(value: string | null): Digest | null {
  const parsed = value === null ? null : Last.safeParse(JSON.parse(value));
  if (parsed?.success !== true) return null;
  const empty = {
    of: '',
    jobs: [],
    days: [],
    evidence: [],
    gaps: [],
    handover: null,
    health: { now: null, before: null },
  };
  const runs = { passed: 0, failed: 0, infrastructure: 0, aborted: 0, running: 0 };
  return { ...empty, runs, window: parsed.data.window, items: parsed.data.items as Digest['items'] };
}
