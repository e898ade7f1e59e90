// What in a payload would ring somebody or could be clicked: the payload read as Slack reads it, not as a string.
import { isFields, type Fields } from './schema.ts';

export interface Live {
  /** Of people, groups, and everybody in a channel. */
  readonly mentions: readonly string[];
  /** Every address, also those that Slack makes a link of by itself. */
  readonly links: readonly string[];
}

const RINGS: ReadonlySet<unknown> = new Set(['user', 'usergroup', 'broadcast', 'channel', 'team']);
const ADDRESSES: ReadonlySet<string> = new Set([
  'url',
  'image_url',
  'title_url',
  'thumb_url',
  'title_link',
  'from_url',
  'video_url',
]);

/** Reads a message, a view, a card: any object that is sent to Slack. */
export function liveIn(payload: Fields): Live {
  const { text, ...rest } = payload;
  const found = [...(typeof text === 'string' ? inMarkup(text) : []), ...inPart(rest)];
  return {
    mentions: found.filter(({ kind }) => kind === 'mention').map(({ what }) => what),
    links: found.filter(({ kind }) => kind === 'link').map(({ what }) => what),
  };
}

interface Found {
  readonly kind: 'mention' | 'link';
  readonly what: string;
}

function inPart(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(inPart);
  if (!isFields(value)) return [];
  const { type } = value;
  const isRead = type === 'mrkdwn' || type === 'markdown';
  const fields = Object.entries(value).flatMap(([name, one]): Found[] => {
    if (typeof one !== 'string') return inPart(one);
    if (ADDRESSES.has(name)) return [{ kind: 'link', what: one }];
    return isRead && name === 'text' ? inMarkup(one) : [];
  });
  return RINGS.has(type) ? [{ kind: 'mention', what: JSON.stringify(value) }, ...fields] : fields;
}

/** Markup and markdown: what stands in angle brackets, and what Slack makes a link or a mention of without them. */
function inMarkup(text: string): Found[] {
  const found: Found[] = [];
  const bare = text.replace(/<([^<>]*)>/g, (_, inner: string) => {
    if (/^(?:@|#|!(?!date))/.test(inner)) found.push({ kind: 'mention', what: inner });
    else found.push({ kind: 'link', what: inner.split('|')[0] ?? '' });
    return ' ';
  });
  for (const [what] of bare.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^\s<>]+|(?:mailto|tel):[^\s<>\u200b]+/gi))
    found.push({ kind: 'link', what: what.replaceAll('&amp;', '&') });
  for (const [what] of bare.matchAll(/@(?:channel|here|everyone)\b/gi)) found.push({ kind: 'mention', what });
  return found;
}

/** The host of an address; the address itself where it has none. */
export const hostOf = (address: string): string =>
  URL.canParse(address) && new URL(address).host !== '' ? new URL(address).host : address;
