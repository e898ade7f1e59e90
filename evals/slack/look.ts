// What tests look for in messages: their plain text, mentions that would ring, links, and the same thing said twice.
import type { Call } from './record.ts';
import { threadOf } from './messages.ts';
import { isFields, type Fields } from './schema.ts';
import type { Message, World } from './world.ts';

/** A text somewhere in a message: Slack reads markup and markdown, and plain text as it is. */
interface Written {
  readonly kind: 'mrkdwn' | 'markdown' | 'plain';
  readonly text: string;
}

const KINDS: Record<string, Written['kind']> = { mrkdwn: 'mrkdwn', markdown: 'markdown' };

/** Every text of blocks, in order. */
function writtenIn(value: unknown): Written[] {
  if (Array.isArray(value)) return value.flatMap(writtenIn);
  if (!isFields(value)) return [];
  const kind = KINDS[String(value['type'])] ?? 'plain';
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' ? (SHOWN.has(name) ? [{ kind, text: one }] : []) : writtenIn(one),
  );
}
const SHOWN = new Set(['text', 'title', 'alt_text', 'caption', 'fallback', 'label']);

/** Blocks, attachments and cards of a message: all that is shown beside its text. */
const partsOf = ({ blocks, attachments, unfurls }: Message): unknown[] => [
  blocks,
  attachments,
  Array.from(unfurls.values()),
];

/** Everything written in a message: the text is a fallback that notifications show, and Slack reads it too. */
const allWritten = (message: Message): Written[] => [
  { kind: 'mrkdwn', text: message.text },
  ...writtenIn(partsOf(message)),
];

/** What a message says, a line for each text in it: its blocks, or its text where it has none. */
export function plainText(message: Message): string {
  const written = message.blocks.length > 0 ? writtenIn(message.blocks) : [{ text: message.text }];
  return written.map(({ text }) => text).join('\n');
}

/** A thread as plain texts, its root first, with who said it. */
export const threadTexts = (world: World, channel: string, ts: string): { by: string; text: string }[] =>
  threadOf(world, channel, ts).map((message) => ({
    by: world.users.get(message.user)?.name ?? message.user,
    text: plainText(message),
  }));

/** The bot's messages of a thread, oldest first; a file that it shares is a message of its own, and no answer. */
export const answersIn = (world: World, channel: string, ts: string): Message[] =>
  threadOf(world, channel, ts).filter(({ botId, files }) => botId === world.bot.botId && files.length === 0);

const MENTION = /<(?:@[UW][A-Z0-9]*|!(?:here|channel|everyone)|!subteam\^S[A-Z0-9]*)(?:\|[^<>]*)?>/g;
const RINGS = new Set(['user', 'usergroup', 'broadcast']);

/** Mentions that would notify somebody, in markup or as elements. */
export function liveMentions(message: Message): string[] {
  const typed = allWritten(message)
    .filter(({ kind }) => kind !== 'plain')
    .flatMap(({ text }) => text.match(MENTION) ?? []);
  const elements = objectsIn(partsOf(message))
    .filter(({ type }) => RINGS.has(String(type)))
    .map(({ user_id, usergroup_id, range }) => String(user_id ?? usergroup_id ?? range));
  return [...typed, ...elements];
}

/** Every object in a value, however deep. */
function objectsIn(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isFields(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

const ADDRESS = /https?:\/\/[^\s<>|)\]"'`]+/g;

/** Every address that a reader could click or that Slack would fetch. */
export function links(message: Message): string[] {
  const typed = allWritten(message)
    .filter(({ kind }) => kind !== 'plain')
    .flatMap(({ text }) => text.match(ADDRESS) ?? [])
    .map((link) => link.replaceAll('&amp;', '&'));
  const fields = objectsIn(partsOf(message)).flatMap(({ url, image_url, title_link, thumb_url }) =>
    [url, image_url, title_link, thumb_url].filter((one) => typeof one === 'string'),
  );
  return Array.from(new Set([...typed, ...fields]));
}

/** Calls that post without saying that nothing is to be unfurled. */
export const unfurling = (calls: readonly Call[]): Call[] =>
  calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && !(isNo(args['unfurl_links']) && isNo(args['unfurl_media'])),
  );
const isNo = (value: unknown): boolean => value === false || value === 'false';

/**
 * Messages of the bot that say what an earlier one in the same place said, by their metadata or else by their text and
 * files.
 */
export function duplicates(world: World): Message[] {
  const seen = new Set<string>();
  return Array.from(world.messages.values()).filter((message) => {
    if (message.botId !== world.bot.botId || message.ephemeralFor !== null) return false;
    const files = message.files.map((id) => world.uploads.get(id)?.alt ?? '');
    const says = message.metadata ? JSON.stringify(message.metadata) : [plainText(message), ...files].join('\n');
    const key = `${message.channel} ${message.threadTs ?? ''} ${says}`;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
