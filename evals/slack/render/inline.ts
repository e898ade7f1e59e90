// Texts as Slack shows them: its own markup (mrkdwn) and, for what stands in a line, markdown.
import type { World } from '../world.ts';
import type { Html } from './html.ts';
import { html, join, link } from './html.ts';

/** Signs that every machine's fonts have, with a colour where that is what the emoji says; others keep their names. */
const EMOJI: Record<string, readonly [sign: string, colour: string]> = {
  white_check_mark: ['✔', '#007a5a'],
  heavy_check_mark: ['✔', '#1d1c1d'],
  x: ['✘', '#c01343'],
  warning: ['⚠', '#a87400'],
  red_circle: ['●', '#d3294b'],
  large_yellow_circle: ['●', '#e0b000'],
  large_orange_circle: ['●', '#e07b00'],
  large_green_circle: ['●', '#2f9e55'],
  white_circle: ['○', '#616068'],
  arrow_right: ['→', '#1d1c1d'],
};

function emoji(name: string): Html {
  const [sign, colour] = EMOJI[name] ?? [];
  return sign === undefined
    ? html`<span class="emoji">:${name}:</span>`
    : html`<span style="color:${colour}" title=":${name}:">${sign}</span>`;
}

const MARKUP =
  /```([^]*?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<!\w)\*([^*\n]+)\*(?!\w)|(?<!\w)_([^_\n]+)_(?!\w)|(?<!\w)~([^~\n]+)~(?!\w)|(https?:\/\/[^\s<>|]+)|(?<![\w:]):([a-z][a-z0-9_+-]{0,40}|[+-]1):(?![\w:])/g;

/** The three signs that Slack escapes, as they were. */
const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A text cut where a pattern finds something: what it found shown, what lies between as text. */
function cut(
  text: string,
  pattern: RegExp,
  show: (found: RegExpExecArray) => Html,
  rest: (text: string) => Html,
): Html {
  const pieces: Html[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    pieces.push(rest(text.slice(end, found.index)), show(found));
    end = found.index + found[0].length;
  }
  return join([...pieces, rest(text.slice(end))]);
}

const broken = (text: string): Html =>
  join(text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`)));

/** Slack's markup: quotes by line, then what stands in lines. */
export function mrkdwn(world: World, text: string): Html {
  const pieces: Html[] = [];
  let fenced = false;
  let lines: string[] = [];
  let quoted = false;
  const flush = (): void => {
    if (lines.length === 0) return;
    const inner = inMarkup(world, lines.join('\n'));
    pieces.push(quoted ? html`<blockquote>${inner}</blockquote>` : inner);
    lines = [];
  };
  for (const line of text.split('\n')) {
    const quote = !fenced && /^(?:&gt;|>)/.test(line);
    if (quote !== quoted) flush();
    quoted = quote;
    lines.push(quote ? line.replace(/^(?:&gt;|>) ?/, '') : line);
    if (line.split('```').length % 2 === 0) fenced = !fenced;
  }
  flush();
  return join(pieces);
}

const inMarkup = (world: World, text: string): Html =>
  cut(
    text,
    MARKUP,
    ([, pre, code, angle, bold, italic, strike, url, sign]) => {
      if (pre !== undefined) return html`<pre>${unescape(pre).replace(/^\n/, '')}</pre>`;
      if (code !== undefined) return html`<code>${unescape(code)}</code>`;
      if (angle !== undefined) return reference(world, angle);
      if (bold !== undefined) return html`<b>${inMarkup(world, bold)}</b>`;
      if (italic !== undefined) return html`<i>${inMarkup(world, italic)}</i>`;
      if (strike !== undefined) return html`<s>${inMarkup(world, strike)}</s>`;
      if (url !== undefined) return link(unescape(url), unescape(url));
      return emoji(sign ?? '');
    },
    (rest) => broken(unescape(rest)),
  );

/** What stands in angle brackets: a link, somebody, a channel, a date. */
function reference(world: World, angle: string): Html {
  const [target = '', label] = angle.split('|');
  const shown = label === undefined ? undefined : unescape(label);
  if (target.startsWith('@')) return mention(world, target.slice(1));
  if (target.startsWith('#'))
    return html`<span class="mention">#${shown ?? world.channels.get(target.slice(1))?.name ?? target}</span>`;
  if (target.startsWith('!date')) return html`<span title="${target}">${shown ?? target}</span>`;
  if (target.startsWith('!')) return html`<span class="mention loud">@${shown ?? target.slice(1)}</span>`;
  return link(unescape(target), shown ?? unescape(target));
}

/** Somebody, marked as one who is notified. */
export const mention = (world: World, user: string): Html =>
  html`<span class="mention loud">@${world.users.get(user)?.realName ?? user}</span>`;

const IN_LINE =
  /`([^`\n]+)`|!?\[([^[\]\n]*)\]\(([^()\s]+)\)|\*\*([^*\n]+)\*\*|~~([^~\n]+)~~|(?<!\w)[*_]([^*_\n]+)[*_](?!\w)|<(https?:\/\/[^<>\s]+|[@#!][^<>\n]+)>|(https?:\/\/[^\s<>|)\]]+)/g;

/** What stands in a line of markdown. */
export const inMarkdown = (world: World, text: string): Html =>
  cut(
    text,
    IN_LINE,
    ([, code, label, target, bold, strike, italic, angle, url]) => {
      if (code !== undefined) return html`<code>${code}</code>`;
      if (target !== undefined) return link(target, inMarkdown(world, label === '' ? target : (label ?? '')));
      if (bold !== undefined) return html`<b>${inMarkdown(world, bold)}</b>`;
      if (strike !== undefined) return html`<s>${inMarkdown(world, strike)}</s>`;
      if (italic !== undefined) return html`<i>${inMarkdown(world, italic)}</i>`;
      if (angle !== undefined) return reference(world, angle);
      return link(url ?? '', url ?? '');
    },
    (rest) => broken(unescape(rest)),
  );
