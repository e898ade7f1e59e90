// The subscriptions of all channels, in the store.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '../../store/port.ts';
import { Subscription, type Asked } from './subscription.ts';

const NAME = 'subscriptions';
const MOST = 20;

const scopeOf = (channel: string): string => `channel:${channel}`;
const read = (value: string | null): Subscription[] =>
  value === null ? [] : (z.array(Subscription).safeParse(JSON.parse(value)).data ?? []);

export async function subscriptionsOf(store: Store, channel: string): Promise<Subscription[]> {
  return read(await store.setting(scopeOf(channel), NAME));
}

export async function allSubscriptions(store: Store): Promise<Subscription[]> {
  return (await store.settings(NAME)).flatMap(({ value }) => read(value));
}

/** Adds a subscription, in the place of one of the same things; null where the channel has too many. */
export async function subscribe(
  store: Store,
  asked: Asked,
  { channel, user, now }: { readonly channel: string; readonly user: string; readonly now: number },
): Promise<Subscription | null> {
  const id = createHash('sha256').update(asked.what.join('\n')).digest('hex').slice(0, 8);
  const others = (await subscriptionsOf(store, channel)).filter((known) => known.id !== id);
  if (others.length >= MOST) return null;
  const made = { ...asked, id, channel, user, since: now };
  await store.keepSetting(scopeOf(channel), NAME, JSON.stringify([...others, made]));
  return made;
}

/** Ends a channel's subscription by its place in the list, from 1; null where there is none. */
export async function unsubscribe(store: Store, channel: string, place: number): Promise<Subscription | null> {
  const all = await subscriptionsOf(store, channel);
  const ended = all[place - 1];
  if (!ended) return null;
  const left = all.filter((known) => known !== ended);
  await store.keepSetting(scopeOf(channel), NAME, left.length === 0 ? null : JSON.stringify(left));
  return ended;
}
