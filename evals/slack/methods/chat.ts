// chat.*: posting, changing and deleting messages, cards for links, permalinks.
import type { Args } from '../args.ts';
import { CHARACTERS } from '../limits.ts';
import { asJson, change, named, post, remove } from '../messages.ts';
import { checkBlocks } from '../payloads.ts';
import { badArguments, Refusal } from '../refusal.ts';
import { isFields, type Fields } from '../schema.ts';
import { isStreaming } from '../streams.ts';
import { findMessage, type Channel, type Message, type World } from '../world.ts';
import { contentOf, metadataOf, warningsOf } from './content.ts';
import { channelOf, messageOf, openChannel, threadRoot, type Method, type Methods } from './scope.ts';

const postMessage: Method = (world, args) => {
  const channel = openChannel(world, args);
  const content = contentOf(world, args);
  const message = post(world, {
    ...content,
    channel: channel.id,
    user: world.bot.userId,
    botId: world.bot.botId,
    threadTs: threadRoot(world, channel, args),
    metadata: metadataOf(args),
    unfurlLinks: args.flag('unfurl_links'),
    unfurlMedia: args.flag('unfurl_media'),
  });
  return { channel: channel.id, ts: message.ts, message: asJson(world, message), ...warningsOf(content) };
};

const postEphemeral: Method = (world, args) => {
  const channel = openChannel(world, args);
  const user = args.text('user');
  if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
  const message = post(world, {
    ...contentOf(world, args),
    channel: channel.id,
    user: world.bot.userId,
    botId: world.bot.botId,
    threadTs: threadRoot(world, channel, args),
    ephemeralFor: user,
  });
  return { message_ts: message.ts };
};

/** A message of the bot's own. */
function ownMessage(world: World, channel: Channel, args: Args, wrong: string): Message {
  const message = messageOf(world, channel, args.text('ts'));
  if (message.botId !== world.bot.botId) throw new Refusal(wrong);
  return message;
}

const update: Method = (world, args) => {
  const channel = openChannel(world, args);
  const message = ownMessage(world, channel, args, 'cant_update_message');
  if (message.stream && isStreaming(world, message.stream)) throw new Refusal('streaming_state_conflict');
  const { text, blocks, attachments } = contentOf(world, args, CHARACTERS.updatedText);
  const metadata = metadataOf(args);
  change(world, message, () => {
    if (text !== undefined) message.text = text;
    // A text alone takes the place of the blocks too.
    message.blocks = blocks ? named(world, blocks) : text === undefined ? message.blocks : [];
    message.attachments = attachments ?? message.attachments;
    message.metadata = metadata ?? message.metadata;
    message.edited = `${Math.floor(world.clock() / 1000)}.000000`;
  });
  return { channel: channel.id, ts: message.ts, text: message.text, message: asJson(world, message) };
};

const deleteMessage: Method = (world, args) => {
  const channel = openChannel(world, args);
  const message = ownMessage(world, channel, args, 'cant_delete_message');
  remove(world, message);
  return { channel: channel.id, ts: message.ts };
};

const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).hostname : '');

const unfurl: Method = (world, args) => {
  const unfurls = args.object('unfurls', 'invalid_unfurls_format');
  if (!unfurls) throw new Refusal('missing_unfurls');
  const cards = Object.entries(unfurls).map(([link, card]): [string, Fields] => {
    if (!isFields(card)) throw new Refusal('invalid_unfurls_format');
    if (!world.unfurlDomains.includes(hostOf(link))) throw new Refusal('cannot_unfurl_url');
    if (card['blocks'] !== undefined) checkBlocks(card['blocks'], '/unfurls/blocks');
    return [link, card];
  });
  const id = args.maybe('unfurl_id');
  if (id !== undefined && args.has('source')) {
    const known = world.previews.get(id);
    if (!known) throw new Refusal('cannot_find_message');
    const channel = known['channel'] as string;
    const message = findMessage(world, channel, known['ts'] as string);
    world.previews.set(id, { ...known, cards: Object.fromEntries(cards) });
    if (message) attach(message, cards);
    return {};
  }
  if (!args.has('channel') || !args.has('ts')) throw badArguments('missing required field: channel');
  const channel = channelOf(world, args);
  const message = findMessage(world, channel.id, args.text('ts'));
  if (!message) throw new Refusal('cannot_find_message');
  attach(message, cards);
  return {};
};

/** Only links that stand in the message get a card. */
function attach(message: Message, cards: readonly (readonly [string, Fields])[]): void {
  const written = `${message.text}${JSON.stringify(message.blocks)}`.replaceAll('&amp;', '&');
  for (const [link, card] of cards) {
    if (!written.includes(link)) throw new Refusal('cannot_unfurl_url');
    message.unfurls.set(link, card);
  }
}

const getPermalink: Method = (world, args) => {
  const channel = channelOf(world, args);
  const message = messageOf(world, channel, args.text('message_ts'));
  const place = `https://${world.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  const thread = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return { channel: channel.id, permalink: place + thread };
};

const write = ['chat:write'];
export const CHAT: Methods = {
  'chat.postMessage': { scopes: write, run: postMessage },
  'chat.postEphemeral': { scopes: write, run: postEphemeral },
  'chat.update': { scopes: write, run: update },
  'chat.delete': { scopes: write, run: deleteMessage },
  'chat.unfurl': { scopes: ['links:write'], run: unfurl },
  'chat.getPermalink': { scopes: [], run: getPermalink },
};
