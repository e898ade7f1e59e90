// Rich text of Slack: text in it is text, whatever it looks like. No mention, link or markup can come of what others wrote;
// links and mentions are elements of their own, made here from addresses of ours and ids of the configuration.
import { clip } from '../ci/text.ts';

type Style = { readonly bold?: true; readonly italic?: true; readonly code?: true };

export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly style?: Style }
  | { readonly type: 'link'; readonly url: string; readonly text: string; readonly style?: Style }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'usergroup'; readonly usergroup_id: string }
  | { readonly type: 'channel'; readonly channel_id: string };

type Part =
  | { readonly type: 'rich_text_section'; readonly elements: readonly Inline[] }
  | { readonly type: 'rich_text_preformatted'; readonly elements: readonly Inline[]; readonly border?: 0 | 1 }
  | { readonly type: 'rich_text_list'; readonly style: 'bullet'; readonly elements: readonly Part[] };

export interface RichText {
  readonly type: 'rich_text';
  readonly block_id?: string;
  readonly elements: readonly Part[];
}

/** Characters of one element and lines of a quote, well below what Slack takes (`reliability.md` I-08). */
const MAX_TEXT = 2_000;
const MAX_LINES = 25;
const MAX_URL = 2_900;

/** Slack refuses empty elements. */
const some = (text: string): string => (text === '' ? ' ' : text.slice(0, MAX_TEXT));

export const text = (said: string): Inline => ({ type: 'text', text: some(said) });
export const bold = (said: string): Inline => ({ type: 'text', text: some(said), style: { bold: true } });
export const code = (said: string): Inline => ({ type: 'text', text: some(said), style: { code: true } });

/** A link to an address that we made; words alone where it is none that Slack takes. */
export const link = (url: string | null, said: string): Inline =>
  url !== null && url.startsWith('https://') && url.length <= MAX_URL
    ? { type: 'link', url, text: some(said) }
    : text(said);

/** Notifies a person, or a group where the id is one (S…). The id is one of the configuration, never of a text. */
export const mention = (id: string): Inline =>
  id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : { type: 'user', user_id: id };

/** A channel by its name, for who may know it. */
export const channelName = (id: string): Inline => ({ type: 'channel', channel_id: id });

export const section = (...elements: readonly Inline[]): Part => ({ type: 'rich_text_section', elements });
export const bullets = (items: readonly (readonly Inline[])[]): Part => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: items.map((elements) => section(...elements)),
});

/** Lines as they stand, the first ones of very many. */
export function quote(lines: readonly string[]): Part {
  const shown = lines.slice(0, MAX_LINES);
  const left = lines.length - shown.length;
  const all = left > 0 ? [...shown, `… ${left} more lines`] : shown;
  return { type: 'rich_text_preformatted', elements: [text(all.join('\n'))] };
}

export const richText = (...elements: readonly Part[]): RichText => ({ type: 'rich_text', elements });

/** As a block, or none where there is nothing to show: Slack refuses empty ones. */
export const richTextOf = (...elements: readonly Part[]): RichText[] =>
  elements.length === 0 ? [] : [richText(...elements)];

const MAX_FALLBACK = 600;

/** For the fallback text of a message, which Slack does read as markup: nothing in it is markup, link or mention any more. */
export const escaped = (said: string): string =>
  clip(said, MAX_FALLBACK)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@\u200b')
    .replaceAll(':', ':\u200b');
