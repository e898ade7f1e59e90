// conversations.*, users.* and reactions.*: what can be read of the workspace, and small marks on it.
import type { Args } from '../args.ts';
import { ITEMS } from '../limits.ts';
import { asJson, threadOf } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { Fields } from '../schema.ts';
import { directChannel, type Channel, type Message, type World } from '../world.ts';
import { channelOf, messageOf, openChannel, page, type Method, type Methods } from './scope.ts';

const channelJson = (world: World, channel: Channel): Fields => ({
  id: channel.id,
  name: channel.name,
  is_channel: channel.kind === 'public',
  is_group: channel.kind === 'private',
  is_im: channel.kind === 'im',
  is_private: channel.kind !== 'public',
  is_archived: channel.archived,
  is_member: channel.members.has(world.bot.userId),
  is_ext_shared: channel.shared,
  num_members: channel.members.size,
  ...(channel.kind === 'im' ? { user: Array.from(channel.members).find((member) => member !== world.bot.userId) } : {}),
});

/** Those between `oldest` and `latest`. */
function between(messages: readonly Message[], args: Args): Message[] {
  const [oldest, latest] = [Number(args.maybe('oldest') ?? 0), Number(args.maybe('latest') ?? Infinity)];
  const inclusive = args.flag('inclusive') === true;
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  });
}

/** A channel that the bot is in, and what all in it see there. */
function readable(world: World, args: Args): { channel: Channel; messages: Message[] } {
  const channel = channelOf(world, args);
  if (!channel.members.has(world.bot.userId)) throw new Refusal('not_in_channel');
  const messages = Array.from(world.messages.values()).filter(
    (message) => message.channel === channel.id && message.ephemeralFor === null,
  );
  return { channel, messages };
}

function listed(world: World, messages: readonly Message[], args: Args): Fields {
  const { items, more } = page(messages, args, 100, ITEMS.historyPage);
  const withMetadata = args.flag('include_all_metadata') === true;
  return { messages: items.map((message) => asJson(world, message, withMetadata)), ...more };
}

const history: Method = (world, args) => {
  const { messages } = readable(world, args);
  const roots = messages.filter(({ threadTs, subtype }) => threadTs === null || subtype === 'thread_broadcast');
  return listed(world, between(roots, args).reverse(), args);
};

const replies: Method = (world, args) => {
  const { channel } = readable(world, args);
  const ts = args.text('ts');
  const asked = world.messages.get(`${channel.id}:${ts}`);
  if (!asked) throw new Refusal('thread_not_found');
  const thread = threadOf(world, channel.id, asked.threadTs ?? ts).filter(({ ephemeralFor }) => ephemeralFor === null);
  // The root is in every answer, whatever the bounds.
  const kept = new Set(between(thread, args));
  return listed(
    world,
    thread.filter((message) => message.threadTs === null || kept.has(message)),
    args,
  );
};

const info: Method = (world, args) => ({ channel: channelJson(world, channelOf(world, args)) });

const join: Method = (world, args) => {
  const channel = channelOf(world, args);
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  channel.members.add(world.bot.userId);
  return { channel: channelJson(world, channel) };
};

const open: Method = (world, args) => {
  const user = args.text('users');
  if (!world.users.has(user)) throw new Refusal('user_not_found');
  const id = directChannel(world, user);
  return { channel: { id } };
};

const members: Method = (world, args) => {
  const channel = channelOf(world, args);
  const { items, more } = page(Array.from(channel.members), args, 100, ITEMS.historyPage);
  return { members: items, ...more };
};

const userInfo: Method = (world, args) => {
  const user = world.users.get(args.text('user'));
  if (!user) throw new Refusal('user_not_found');
  return {
    user: {
      id: user.id,
      team_id: user.teamId,
      name: user.name,
      real_name: user.realName,
      deleted: user.deleted,
      is_bot: user.isBot,
      is_restricted: user.isGuest,
      is_stranger: user.teamId !== world.team.id,
      profile: { real_name: user.realName, display_name: user.name },
    },
  };
};

const reactTo =
  (adds: boolean): Method =>
  (world, args) => {
    const channel = openChannel(world, args);
    const message = messageOf(world, channel, args.text('timestamp'));
    const name = args.text('name');
    const users = message.reactions.get(name) ?? new Set<string>();
    if (adds === users.has(world.bot.userId)) throw new Refusal(adds ? 'already_reacted' : 'no_reaction');
    if (adds) users.add(world.bot.userId);
    else users.delete(world.bot.userId);
    if (users.size > 0) message.reactions.set(name, users);
    else message.reactions.delete(name);
    return {};
  };

const reads = ['channels:history', 'groups:history', 'im:history'];
const knows = ['channels:read', 'groups:read', 'im:read'];
export const CONVERSATIONS: Methods = {
  'conversations.history': { scopes: reads, run: history },
  'conversations.replies': { scopes: reads, run: replies },
  'conversations.info': { scopes: knows, run: info },
  'conversations.members': { scopes: knows, run: members },
  'conversations.join': { scopes: ['channels:join'], run: join },
  'conversations.open': { scopes: ['im:write'], run: open },
  'users.info': { scopes: ['users:read'], run: userInfo },
  'reactions.add': { scopes: ['reactions:write'], run: reactTo(true) },
  'reactions.remove': { scopes: ['reactions:write'], run: reactTo(false) },
};
