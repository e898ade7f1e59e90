// The page of the conversation: one self-contained HTML document with what a channel, App Home and modals would show.
import { TIMES } from '../limits.ts';
import { fileJson, threadOf } from '../messages.ts';
import { isFields, type Fields } from '../schema.ts';
import { isStreaming } from '../streams.ts';
import { threadKey, type Channel, type Message, type User, type View, type World } from '../world.ts';
import { attachment, renderBlocks } from './blocks.ts';
import { dataUrl } from './elements.ts';
import { html, Html, join } from './html.ts';
import { mrkdwn } from './inline.ts';
import { STYLE } from './style.ts';
import { items, said, text } from './texts.ts';

export interface PageOptions {
  readonly title?: string;
  /** These channels alone; all in which something was said without it. */
  readonly channels?: readonly string[];
  /** Only what this user would see: without it ephemeral messages of all. */
  readonly viewer?: string;
}

/** What the workspace would show, as a document that needs nothing else. */
export function renderConversation(world: World, options: PageOptions = {}): string {
  const { title = `${world.team.name} · ${world.app.name}`, channels } = options;
  const rooms = Array.from(world.channels.values())
    .filter(({ id }) => channels?.includes(id) ?? true)
    .map((channel) => room(world, channel, options))
    .filter((one) => one !== null);
  const panels = [
    ...world.modals.filter(({ state }) => state === 'open').map((view) => modal(world, view)),
    ...Array.from(world.homes.values(), (view) => home(world, view)),
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main class="${panels.length > 0 ? 'wide' : ''}">
          <div>${rooms}</div>
          ${panels.length > 0 ? html`<aside>${panels}</aside>` : null}
        </main>
      </body>
    </html> `.source;
}

function room(world: World, channel: Channel, { viewer }: PageOptions): Html | null {
  const seen = Array.from(world.messages.values()).filter(
    ({ channel: id, ephemeralFor }) =>
      id === channel.id && (viewer === undefined || ephemeralFor === null || ephemeralFor === viewer),
  );
  if (seen.length === 0) return null;
  const other = Array.from(channel.members).find((member) => member !== world.bot.userId) ?? '';
  const name = channel.kind === 'im' ? (world.users.get(other)?.realName ?? other) : channel.name;
  const sign = channel.kind === 'public' ? '# ' : channel.kind === 'private' ? '🔒 ' : '';
  const about = channel.kind === 'im' ? `with ${world.app.name}` : `${channel.members.size} members`;
  const prompts = world.prompts.get(threadKey(channel.id, null));
  const roots = seen.filter(({ threadTs }) => threadTs === null);
  return html`<section class="room">
    <h2>${sign}${name}<small>${about}</small></h2>
    <div class="messages">
      ${roots.map((root) => html`${row(world, root)}${thread(world, root, seen)}`)}${
        prompts
          ? html`<div class="prompts">
              ${prompts.prompts.map((one) => html`<button type="button">${said(one['title'])}</button>`)}
            </div>`
          : null
      }
    </div>
  </section>`;
}

/** What was answered to a message, and what the app says that it is doing. */
function thread(world: World, root: Message, seen: readonly Message[]): Html | null {
  const answers = threadOf(world, root.channel, root.ts).filter((one) => one.threadTs !== null && seen.includes(one));
  const key = threadKey(root.channel, root.ts);
  const known = world.statuses.get(key);
  const status = known && world.clock() - known.at < TIMES.status ? known : undefined;
  const session = world.sessions.get(key);
  const busy = session?.status === 'processing';
  if (answers.length === 0 && !status && !busy) return null;
  return html`<div class="thread">
    <div class="replies">${answers.length} ${answers.length === 1 ? 'reply' : 'replies'}</div>
    ${answers.map((answer) => row(world, answer))}${
      status || busy
        ? html`<div class="status">
            <i>${world.app.name} ${status?.text ?? 'is working …'}</i
            >${busy ? html`<button type="button">Stop</button>` : null}
          </div>`
        : null
    }
  </div>`;
}

const COLOURS = ['#4a6fa5', '#6b8e4e', '#a5704a', '#7a5aa5', '#a54a6f', '#3f8f8b'];

function avatar(user: User | undefined, id: string): Html {
  const name = user?.realName ?? id;
  const initials = name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const colour = COLOURS[Array.from(id).reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % COLOURS.length] ?? '';
  return html`<div class="avatar" style="background:${colour}" aria-hidden="true">${initials}</div>`;
}

const timeOf = (ts: string): string => new Date(Number(ts) * 1000).toISOString().slice(11, 16);

function row(world: World, message: Message): Html {
  const user = world.users.get(message.user);
  const viewer = message.ephemeralFor === null ? null : world.users.get(message.ephemeralFor);
  const notes = [
    ...(message.edited === null || message.botId !== null ? [] : ['(edited)']),
    ...(viewer ? [`Only visible to ${viewer.realName}`] : []),
  ];
  return html`<article class="message ${viewer ? 'ephemeral' : ''}" id="m-${message.ts}">
    ${avatar(user, message.user)}
    <div>
      <div>
        <span class="who">${user?.realName ?? message.user}</span
        >${message.botId === null ? null : html`<span class="app">APP</span>`}<span class="time" title="${message.ts}"
          >${timeOf(message.ts)}</span
        >${notes.map((note) => html`<span class="note">${note}</span>`)}${streamNote(world, message)}
      </div>
      <div class="body">${content(world, message)}</div>
    </div>
  </article>`;
}

function streamNote(world: World, { stream, edited }: Message): Html | null {
  if (!stream || stream.state === 'stopped') return null;
  if (isStreaming(world, stream)) return html`<span class="note live">● writing …</span>`;
  return edited === null ? html`<span class="note live">stream ended by Slack after five minutes</span>` : null;
}

function content(world: World, message: Message): Html {
  const blocks =
    message.blocks.length > 0
      ? renderBlocks(world, message.blocks)
      : message.text === ''
        ? html``
        : html`<div>${mrkdwn(world, message.text)}</div>`;
  const cards = Array.from(
    message.unfurls,
    ([url, card]) =>
      html`${attachment(world, card)}
        <div class="from">${url}</div>`,
  );
  const reactions = Array.from(message.reactions, ([name, users]) => html`<span>:${name}: ${users.size}</span>`);
  return join([
    blocks,
    ...message.files.map((id) => file(world, id)),
    ...message.attachments.map((one) => attachment(world, one)),
    ...cards,
    ...(reactions.length > 0 ? [html`<div class="reactions">${reactions}</div>`] : []),
  ]);
}

function file(world: World, id: string): Html {
  const { title, alt_txt } = fileJson(world, id);
  const data = dataUrl(world, id);
  const alt = said(alt_txt);
  if (data === null) return html`<div class="file">${said(title)}</div>`;
  return html`<figure>
    <figcaption>${said(title)}</figcaption>
    <img class="large" src="${data}" alt="${alt}" />${alt === '' ? null : html`<span class="alt">${alt}</span>`}
  </figure>`;
}

const blocksOf = (view: View): Fields[] => items(view.payload['blocks']);

const home = (world: World, view: View): Html =>
  html`<section class="panel">
    <h2>${world.app.name}<small>App Home of ${world.users.get(view.user)?.realName}</small></h2>
    <div class="body">${renderBlocks(world, blocksOf(view))}</div>
  </section>`;

const modal = (world: World, view: View): Html =>
  html`<section class="panel modal">
    <h2>${text(world, view.payload['title'])}<small>modal of ${world.users.get(view.user)?.realName}</small></h2>
    <div class="body">${renderBlocks(world, blocksOf(view), view.errors)}</div>
    <footer>
      <button type="button">${isFields(view.payload['close']) ? text(world, view.payload['close']) : 'Close'}</button>${
        isFields(view.payload['submit'])
          ? html`<button type="button" class="primary">${text(world, view.payload['submit'])}</button>`
          : null
      }
    </footer>
  </section>`;
