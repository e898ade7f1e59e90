// What Slack tells an app, as payloads: events, interactions, slash commands.
import { asJson } from './messages.ts';
import { viewJson } from './methods/views.ts';
import { isFields, type Fields } from './schema.ts';
import { nextId, nextTs, type Channel, type Message, type MessageChange, type View, type World } from './world.ts';

/** One thing to be told, by its kind in Socket Mode. */
export interface Told {
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Fields;
}

const TYPES = { public: 'channel', private: 'group', im: 'im' } as const;
const VERIFICATION = 'verification-stand-in';

/** The envelope of an event: the same `event_id` whenever it is sent again. */
export function eventOf(world: World, event: Fields): Told {
  const payload = {
    token: VERIFICATION,
    team_id: world.team.id,
    api_app_id: world.app.id,
    type: 'event_callback',
    event_id: nextId(world, 'Ev'),
    event_time: Math.floor(world.clock() / 1000),
    is_ext_shared_channel: world.channels.get(String(event['channel']))?.shared ?? false,
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.team.id,
        user_id: world.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event,
  };
  return { kind: 'events_api', payload };
}

/** The links of a text that are the app's to unfurl. */
export const linksOf = (world: World, text: string): { domain: string; url: string }[] =>
  Array.from(text.matchAll(/https?:\/\/[^\s<>|]+/g), ([url]) => url.replaceAll('&amp;', '&'))
    .filter((url) => URL.canParse(url))
    .map((url) => ({ domain: new URL(url).hostname, url }))
    .filter(({ domain }) => world.unfurlDomains.includes(domain));

/** The events that a change of a message makes, for who subscribed to all of them. */
export function eventsOf(world: World, change: MessageChange): Fields[] {
  const { message } = change;
  const channel = world.channels.get(message.channel);
  if (!channel?.members.has(world.bot.userId)) return mentionOf(world, change);
  const json = asJson(world, message);
  const place = { channel: channel.id, channel_type: TYPES[channel.kind] };
  switch (change.kind) {
    case 'posted':
      return [...mentionOf(world, change), { ...json, ...place, event_ts: message.ts }, ...linkShared(world, message)];
    case 'changed':
      return [
        {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          message: json,
          previous_message: change.before,
          ...place,
          ...stamps(world),
        },
      ];
    case 'deleted':
      return [
        {
          type: 'message',
          subtype: 'message_deleted',
          hidden: true,
          deleted_ts: message.ts,
          previous_message: json,
          ...place,
          ...stamps(world),
        },
      ];
  }
}

function stamps(world: World): Fields {
  const ts = nextTs(world);
  return { ts, event_ts: ts };
}

/** A mention is told wherever it happens but in the bot's own conversation, and its message beside it. */
function mentionOf(world: World, { kind, message }: MessageChange): Fields[] {
  const channel = world.channels.get(message.channel);
  if (kind !== 'posted' || channel?.kind === 'im' || !message.text.includes(`<@${world.bot.userId}>`)) return [];
  const { user, text, ts, team, thread_ts, bot_id, app_id } = asJson(world, message);
  const thread = thread_ts === undefined ? {} : { thread_ts };
  const bot = bot_id === undefined ? {} : { bot_id, app_id };
  return [{ type: 'app_mention', user, text, ts, team, channel: message.channel, event_ts: ts, ...thread, ...bot }];
}

/** Links that were posted; not those of the app itself. */
function linkShared(world: World, message: Message): Fields[] {
  const links = linksOf(world, message.text);
  if (links.length === 0 || message.botId === world.bot.botId) return [];
  const unfurl_id = nextId(world, 'unfurl');
  world.previews.set(unfurl_id, { channel: message.channel, ts: message.ts });
  const thread = message.threadTs === null ? {} : { thread_ts: message.threadTs };
  return [
    {
      type: 'link_shared',
      channel: message.channel,
      is_bot_user_member: true,
      user: message.user,
      message_ts: message.ts,
      ...thread,
      unfurl_id,
      source: 'conversations_history',
      links,
      event_ts: nextTs(world),
    },
  ];
}

/** The name by which apps subscribe to an event. */
export function subscriptionOf(event: Fields): string {
  const type = String(event['type']);
  if (type !== 'message') return type;
  const kinds: Record<string, string> = { channel: 'channels', group: 'groups', im: 'im' };
  return `message.${kinds[String(event['channel_type'])] ?? 'channels'}`;
}

/** Who does something, as interactions name them. */
function actor(world: World, user: string): Fields {
  const known = world.users.get(user);
  return {
    user: { id: user, username: known?.name, name: known?.name, team_id: known?.teamId },
    team: { id: world.team.id, domain: world.team.domain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: world.app.id,
    token: VERIFICATION,
  };
}

/** A `trigger_id`, good for opening one modal within three seconds. */
export function trigger(world: World, user: string): string {
  const id = `${nextId(world, '')}.${world.team.id}.trigger`;
  world.triggers.set(id, { user, channel: null, message: null, madeAt: world.clock(), uses: 0 });
  return id;
}

/** A `response_url`, good for five answers within half an hour. */
export function responseUrl(world: World, user: string, channel: string, message: string | null): string {
  const id = nextId(world, 'R');
  world.responseUrls.set(id, { user, channel, message, madeAt: world.clock(), uses: 0 });
  return `${world.origin}/respond/${id}`;
}

const channelName = (channel: Channel | undefined): string =>
  channel?.kind === 'im' ? 'directmessage' : channel?.kind === 'private' ? 'privategroup' : (channel?.name ?? '');

/** A slash command. */
export function commandOf(world: World, user: string, channel: string, command: string, text: string): Told {
  const payload = {
    token: VERIFICATION,
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: channel,
    channel_name: channelName(world.channels.get(channel)),
    user_id: user,
    user_name: world.users.get(user)?.name,
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: responseUrl(world, user, channel, null),
    trigger_id: trigger(world, user),
  };
  return { kind: 'slash_commands', payload };
}

const interactive = (payload: Fields): Told => ({ kind: 'interactive', payload });

/** A global shortcut, or one on a message. */
export function shortcutOf(world: World, user: string, callbackId: string, message?: Message): Told {
  const common = {
    ...actor(world, user),
    callback_id: callbackId,
    action_ts: nextTs(world),
    trigger_id: trigger(world, user),
  };
  if (!message) return interactive({ ...common, type: 'shortcut' });
  const channel = world.channels.get(message.channel);
  return interactive({
    ...common,
    type: 'message_action',
    channel: { id: message.channel, name: channelName(channel) },
    message_ts: message.ts,
    message: asJson(world, message),
    response_url: responseUrl(world, user, message.channel, message.ts),
  });
}

/** What is done to one element: the element with its block, and what was chosen. */
export interface Chosen {
  readonly element: Fields;
  readonly blockId: string;
  readonly value: Fields;
}

/** A click on an element of a message or of a view. */
export function actionOf(world: World, user: string, place: Message | View, chosen: Chosen): Told {
  const { element, blockId, value } = chosen;
  const action = { action_id: element['action_id'], block_id: blockId, type: element['type'], ...value };
  const common = {
    ...actor(world, user),
    type: 'block_actions',
    trigger_id: trigger(world, user),
    actions: [{ ...action, action_ts: nextTs(world) }],
  };
  if ('rootId' in place) {
    const container = { type: 'view', view_id: place.id };
    return interactive({ ...common, container, view: viewJson(world, place) });
  }
  const container = {
    type: 'message',
    message_ts: place.ts,
    channel_id: place.channel,
    is_ephemeral: place.ephemeralFor !== null,
    ...(place.threadTs === null ? {} : { thread_ts: place.threadTs }),
  };
  return interactive({
    ...common,
    container,
    channel: { id: place.channel, name: channelName(world.channels.get(place.channel)) },
    message: asJson(world, place),
    state: { values: {} },
    response_url: responseUrl(world, user, place.channel, place.ts),
  });
}

/** A modal that is sent, with what was filled in, or closed. */
export function viewOf(world: World, view: View, what: 'view_submission' | 'view_closed', values: Fields = {}): Told {
  return interactive({
    ...actor(world, view.user),
    type: what,
    ...(what === 'view_closed' ? { is_cleared: false } : { trigger_id: trigger(world, view.user), response_urls: [] }),
    view: { ...viewJson(world, view), state: { values } },
  });
}

/** The element with this action, wherever it stands in blocks. */
export function elementIn(blocks: readonly Fields[], actionId: string): { element: Fields; blockId: string } | null {
  for (const block of blocks) {
    const elements = [block['elements'], [block['accessory']], [block['element']]].flat().filter(isFields);
    const element = elements.find((one) => one['action_id'] === actionId);
    if (element) return { element, blockId: String(block['block_id']) };
  }
  return null;
}
