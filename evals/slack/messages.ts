// Messages: posting them, changing them, and how the API shows them.
import type { Fields } from './schema.ts';
import { newStream } from './streams.ts';
import { findMessage, nextId, nextTs, threadKey, type Message, type World } from './world.ts';

/** What a message is posted with. */
export interface Draft {
  readonly channel: string;
  readonly user: string;
  readonly text?: string | undefined;
  readonly blocks?: readonly Fields[] | undefined;
  readonly attachments?: readonly Fields[] | undefined;
  readonly threadTs?: string | null | undefined;
  readonly botId?: string | null;
  readonly subtype?: string | null;
  readonly ephemeralFor?: string | null;
  readonly metadata?: Fields | null | undefined;
  readonly files?: readonly string[];
  readonly unfurlLinks?: boolean | null;
  readonly unfurlMedia?: boolean | null;
  readonly stream?: 'timeline' | 'plan';
}

/** Blocks with the names that Slack gives to those that have none. */
export const named = (world: World, blocks: readonly Fields[]): readonly Fields[] =>
  blocks.map((block) => ({
    ...block,
    block_id: block['block_id'] ?? nextId(world, 'b'),
    ...(Array.isArray(block['elements']) && ['actions', 'context_actions'].includes(block['type'] as string)
      ? {
          elements: (block['elements'] as Fields[]).map((element) => ({
            ...element,
            action_id: element['action_id'] ?? nextId(world, 'a'),
          })),
        }
      : {}),
  }));

/** Posts a message: it is in the world, the status of its thread goes, and who listens is told. */
export function post(world: World, draft: Draft): Message {
  const message: Message = {
    ts: nextTs(world),
    channel: draft.channel,
    user: draft.user,
    botId: draft.botId ?? null,
    threadTs: draft.threadTs ?? null,
    subtype: draft.subtype ?? null,
    ephemeralFor: draft.ephemeralFor ?? null,
    unfurlLinks: draft.unfurlLinks ?? null,
    unfurlMedia: draft.unfurlMedia ?? null,
    files: draft.files ?? [],
    reactions: new Map(),
    unfurls: new Map(),
    stream: draft.stream ? newStream(world, draft.stream) : null,
    text: draft.text ?? '',
    blocks: named(world, draft.blocks ?? []),
    attachments: draft.attachments ?? [],
    metadata: draft.metadata ?? null,
    edited: null,
  };
  world.messages.set(threadKey(message.channel, message.ts), message);
  if (message.threadTs !== null) {
    const key = threadKey(message.channel, message.threadTs);
    world.answers.set(key, (world.answers.get(key) ?? new Set()).add(message));
  }
  if (draft.botId === world.bot.botId) world.statuses.delete(threadKey(message.channel, message.threadTs));
  if (message.ephemeralFor === null) world.onMessage({ kind: 'posted', message });
  return message;
}

/** Changes a message; who listens is told what it was before. */
export function change(world: World, message: Message, how: (message: Message) => void): void {
  const before = asJson(world, message);
  how(message);
  if (message.ephemeralFor === null) world.onMessage({ kind: 'changed', message, before });
}

/** Takes a message away. */
export function remove(world: World, message: Message): void {
  world.messages.delete(threadKey(message.channel, message.ts));
  world.answers.get(threadKey(message.channel, message.threadTs))?.delete(message);
  if (message.ephemeralFor === null) world.onMessage({ kind: 'deleted', message });
}

const answersTo = (world: World, channel: string, ts: string): Message[] =>
  Array.from(world.answers.get(threadKey(channel, ts)) ?? []);

/** The thread of a message: its root and its answers, oldest first. */
export function threadOf(world: World, channel: string, ts: string): Message[] {
  const root = findMessage(world, channel, ts);
  return [...(root ? [root] : []), ...answersTo(world, channel, ts)];
}

/** A message as the API and events show it. */
export function asJson(world: World, message: Message, withMetadata = false): Fields {
  const answers = answersTo(world, message.channel, message.ts).filter(({ ephemeralFor }) => ephemeralFor === null);
  const parent = message.threadTs === null ? undefined : findMessage(world, message.channel, message.threadTs);
  const cards = Array.from(message.unfurls, ([from_url, unfurl]) => ({ from_url, is_app_unfurl: true, ...unfurl }));
  const attachments = [...message.attachments, ...cards];
  return {
    type: 'message',
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    user: message.user,
    ...(message.botId === null ? {} : { bot_id: message.botId, app_id: world.app.id }),
    team: world.users.get(message.user)?.teamId ?? world.team.id,
    text: message.text,
    ts: message.ts,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((id) => fileJson(world, id)) } : {}),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs, parent_user_id: parent?.user }),
    ...(answers.length > 0
      ? { thread_ts: message.ts, reply_count: answers.length, latest_reply: answers.at(-1)?.ts }
      : {}),
    ...(message.edited === null ? {} : { edited: { user: message.user, ts: message.edited } }),
    ...(message.stream ? { streaming_state: message.stream.state === 'streaming' ? 'in_progress' : 'completed' } : {}),
    ...(message.reactions.size > 0
      ? {
          reactions: Array.from(message.reactions, ([name, users]) => ({
            name,
            count: users.size,
            users: Array.from(users),
          })),
        }
      : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** A file as the API shows it. */
export function fileJson(world: World, id: string): Fields {
  const file = world.uploads.get(id);
  return {
    id,
    name: file?.name,
    title: file?.title,
    size: file?.length,
    ...(file?.alt ? { alt_txt: file.alt } : {}),
    url_private: `${world.origin}/files/${id}`,
    permalink: `https://${world.team.domain}.slack.com/files/${world.bot.userId}/${id}`,
  };
}
