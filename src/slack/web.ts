// The Web API as the bot uses it: one call at a time for each channel, never an unfurl, and every failure in words that
// tell whether it may have had its effect.
import type { webApi } from '@slack/bolt';
import { clip } from '../ci/text.ts';
import type { GridPicture } from '../tooling/grid-picture.ts';
import { inTurn } from './in-turn.ts';
import { SlackTrouble, type OutgoingMessage, type Poster } from './outbox.ts';
import type { MessageView } from './views/view.ts';

type Client = webApi.WebClient;

/** Whose messages carry our keys. */
const EVENT_TYPE = 'whyred_post';
const NO_UNFURL = { unfurl_links: false, unfurl_media: false } as const;
const HISTORY = 100;

export interface Web extends Poster {
  update(channel: string, ts: string, view: MessageView): Promise<void>;
  /** Only `user` sees it. */
  whisper(channel: string, user: string, thread: string | null, text: string): Promise<void>;
  unfurl(channel: string, ts: string, cards: Readonly<Record<string, object>>): Promise<void>;
  home(user: string, blocks: readonly object[]): Promise<void>;
  openModal(trigger: string, view: object): Promise<void>;
  /** The address by which Slack opens a message. */
  permalink(channel: string, ts: string): Promise<string>;
  /** A picture in a thread, with words for those who do not see it. Nothing else in the channel waits for it. */
  picture(channel: string, thread: string, picture: GridPicture): Promise<void>;
}

export function createWeb(client: Client): Web {
  const turn = inTurn();
  const inOrder = <T>(channel: string, call: () => Promise<T>): Promise<T> =>
    turn(channel, () => call().catch((error: unknown) => Promise.reject(troubleOf(error))));
  return {
    post: ({ channel, thread, text, blocks }: OutgoingMessage, key: string) =>
      inOrder(channel, async () => {
        const answer = await client.chat.postMessage({
          channel,
          ...(thread === null ? {} : { thread_ts: thread }),
          text,
          blocks: blocks as never,
          metadata: { event_type: EVENT_TYPE, event_payload: { key } },
          ...NO_UNFURL,
        });
        return answer.ts ?? '';
      }),
    find: (channel, thread, since, key) =>
      inOrder(channel, async () => {
        // Slack's clock and ours may differ by some seconds.
        const oldest = String(Math.floor(since / 1000) - 60);
        const shared = { channel, oldest, limit: HISTORY, include_all_metadata: true };
        const { messages = [] } =
          thread === null
            ? await client.conversations.history(shared)
            : await client.conversations.replies({ ...shared, ts: thread });
        const ours = (messages as Message[]).find(
          ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload?.['key'] === key,
        );
        return ours?.ts ?? null;
      }),
    update: (channel, ts, { text, blocks }) =>
      inOrder(channel, async () => {
        await client.chat.update({ channel, ts, text, blocks: blocks as never });
      }),
    whisper: (channel, user, thread, text) =>
      inOrder(channel, async () => {
        const place = thread === null ? {} : { thread_ts: thread };
        await client.chat.postEphemeral({ channel, user, text, ...place });
      }),
    unfurl: (channel, ts, cards) =>
      inOrder(channel, async () => {
        await client.chat.unfurl({ channel, ts, unfurls: cards });
      }),
    home: (user, blocks) =>
      inOrder(user, async () => {
        await client.views.publish({ user_id: user, view: { type: 'home', blocks: blocks as never } });
      }),
    openModal: (trigger, view) =>
      inOrder('', async () => {
        await client.views.open({ trigger_id: trigger, view: view as never });
      }),
    permalink: (channel, ts) =>
      inOrder(channel, async () => (await client.chat.getPermalink({ channel, message_ts: ts })).permalink ?? ''),
    picture: (channel, thread, { png, title, alt }) =>
      inOrder(`picture:${channel}`, async () => {
        const file = { file: png, filename: 'grid.png', title: clip(title, 200), alt_text: clip(alt, 1_000) };
        await client.filesUploadV2({ channel_id: channel, thread_ts: thread, ...file });
      }),
  };
}

interface Message {
  readonly ts?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Readonly<Record<string, unknown>> };
}

/** What a failed call means; Slack's own words stay out of it but for its error code. */
function troubleOf(error: unknown): SlackTrouble {
  const { code, retryAfter, data } = error as { code?: unknown; retryAfter?: unknown; data?: { error?: unknown } };
  if (code === 'slack_webapi_rate_limited_error')
    return new SlackTrouble('rate limited', { isAmbiguous: false, retryMs: Number(retryAfter ?? 1) * 1000 });
  if (code === 'slack_webapi_platform_error') {
    const said = typeof data?.error === 'string' && /^[a-z_]{1,60}$/.test(data.error) ? data.error : 'refused';
    return new SlackTrouble(said, { isAmbiguous: false, retryMs: null });
  }
  return new SlackTrouble('no answer', { isAmbiguous: true, retryMs: null });
}
