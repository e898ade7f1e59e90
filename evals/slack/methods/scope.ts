// What every method looks up first: the channel, the message, the caller's right to it.
import type { Args } from '../args.ts';
import { Refusal } from '../refusal.ts';
import type { Fields } from '../schema.ts';
import { directChannel, findMessage, type Channel, type Message, type World } from '../world.ts';

/** A method: the world and the arguments in, the answer without its `ok` out; a `Refusal` when it says no. */
export type Method = (world: World, args: Args) => Fields;

/** Methods by their names, with the scopes of which the token has one. */
export type Methods = Readonly<Record<string, { readonly scopes: readonly string[]; readonly run: Method }>>;

/** A channel that the bot can see; a user's id is the conversation with that user. */
export function channelOf(world: World, args: Args, name = 'channel'): Channel {
  const asked = args.text(name);
  const id = world.users.has(asked) ? directChannel(world, asked) : asked;
  const channel =
    world.channels.get(id) ??
    Array.from(world.channels.values()).find((one) => one.kind === 'public' && `#${one.name}` === asked);
  // A private channel that one is not in does not exist.
  if (!channel || (channel.kind !== 'public' && !channel.members.has(world.bot.userId)))
    throw new Refusal('channel_not_found');
  return channel;
}

/** A channel that the bot may write to. */
export function openChannel(world: World, args: Args, name = 'channel'): Channel {
  const channel = channelOf(world, args, name);
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.has(world.bot.userId)) throw new Refusal('not_in_channel');
  return channel;
}

/** A message that everybody in the channel sees. */
export function messageOf(world: World, channel: Channel, ts: string): Message {
  const message = findMessage(world, channel.id, ts);
  if (!message || message.ephemeralFor !== null) throw new Refusal('message_not_found');
  return message;
}

/** The root of the thread that an answer goes into; null where it goes into the channel. */
export function threadRoot(world: World, channel: Channel, args: Args): string | null {
  const ts = args.maybe('thread_ts');
  if (ts === undefined || ts === '') return null;
  const root = findMessage(world, channel.id, ts);
  if (!root || root.ephemeralFor !== null) throw new Refusal('thread_not_found');
  if (root.threadTs !== null) throw new Refusal('cannot_reply_to_message');
  return ts;
}

/** A page of a list: so many from where the cursor stands, and the next cursor. */
export function page<T>(items: readonly T[], args: Args, missing: number, most: number): { items: T[]; more: Fields } {
  const limit = Math.min(args.count('limit', missing) || missing, most);
  const cursor = args.maybe('cursor') ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  if (!Number.isInteger(start)) throw new Refusal('invalid_cursor');
  const next = start + limit < items.length ? Buffer.from(`${start + limit}`).toString('base64') : '';
  return {
    items: items.slice(start, start + limit),
    more: { has_more: next !== '', response_metadata: { next_cursor: next } },
  };
}
