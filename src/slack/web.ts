// The Web API as the bot uses it: in turn for each channel, never an unfurl, every failure told by what it means.
import type { webApi } from '@slack/bolt';
import { clip } from '../ci/text.ts';
import type { GridPicture } from '../tooling/grid-picture.ts';
import { createLanes, type LaneOptions } from './lanes.ts';
import type { OutgoingMessage, Poster } from './outbox.ts';
import { SlackTrouble, troubleOf } from './trouble.ts';
import type { MessageView } from './views/view.ts';

type Client = webApi.WebClient;

/** Whose messages carry our keys. */
const EVENT_TYPE = 'whyred_post';
/** Nothing is fetched, and nothing in a text becomes a link or a mention, but what code made one. */
const NO_UNFURL = { unfurl_links: false, unfurl_media: false, parse: 'none' } as const;
const PAGE = 200;
const PAGES = 50;
/** Slack's clock and ours may differ; in a thread its root is of Slack's own clock, and nothing is older. */
const SKEW_MS = 3_600_000;
/** A call that may be made twice is made so often when nobody knows what came of it. */
const TRIES = 3;
const AGAIN_MS = 1_000;

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

/** @param closing ends every wait for Slack */
export function createWeb(client: Client, options: LaneOptions, closing: AbortSignal): Web {
  const lanes = createLanes(options);
  const told = <T>(call: () => Promise<T>): Promise<T> =>
    call().catch((error: unknown) => Promise.reject(troubleOf(error)));
  const inOrder = <T>(channel: string, call: () => Promise<T>): Promise<T> =>
    lanes.run(channel, () => told(call), closing);
  /** For what has the same effect when it is done twice. */
  const surely = (channel: string, call: () => Promise<unknown>): Promise<void> =>
    lanes.run(
      channel,
      async () => {
        for (let tries = 1; ; tries += 1)
          try {
            await told(call);
            return;
          } catch (error) {
            if (!(error instanceof SlackTrouble) || error.kind !== 'ambiguous' || tries >= TRIES) throw error;
            await options.wait(AGAIN_MS, closing);
          }
      },
      closing,
    );
  return {
    post: ({ channel, thread, text, blocks }: OutgoingMessage, key, signal) => {
      const call = async (): Promise<string> => {
        const answer = await client.chat.postMessage({
          channel,
          ...(thread === null ? {} : { thread_ts: thread }),
          text,
          blocks: blocks as never,
          metadata: { event_type: EVENT_TYPE, event_payload: { key } },
          ...NO_UNFURL,
        });
        return answer.ts ?? '';
      };
      return lanes.run(channel, () => told(call), AbortSignal.any([signal, closing]), true);
    },
    find: async (channel, thread, since, key) => {
      const oldest = thread ?? String(Math.floor((since - SKEW_MS) / 1000));
      const shared = { channel, oldest, limit: PAGE, include_all_metadata: true };
      let cursor: string | undefined;
      for (let pages = 0; pages < PAGES; pages += 1) {
        const page = { ...shared, ...(cursor === undefined ? {} : { cursor }) };
        const { messages = [], response_metadata: next } = await inOrder<MessagePage>(channel, () =>
          thread === null ? client.conversations.history(page) : client.conversations.replies({ ...page, ts: thread }),
        );
        const ours = (messages as Message[]).find(
          ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload?.['key'] === key,
        );
        if (ours?.ts !== undefined) return ours.ts;
        cursor = next?.next_cursor;
        if (cursor === undefined || cursor === '') return null;
      }
      throw new SlackTrouble('more messages than can be searched', 'ambiguous');
    },
    update: (channel, ts, { text, blocks }) =>
      surely(channel, () => client.chat.update({ channel, ts, text, blocks: blocks as never, parse: 'none' })),
    whisper: (channel, user, thread, text) =>
      inOrder(channel, async () => {
        const place = thread === null ? {} : { thread_ts: thread };
        await client.chat.postEphemeral({ channel, user, text, parse: 'none', ...place });
      }),
    unfurl: (channel, ts, cards) => surely(channel, () => client.chat.unfurl({ channel, ts, unfurls: cards })),
    home: (user, blocks) =>
      surely(user, () => client.views.publish({ user_id: user, view: { type: 'home', blocks: blocks as never } })),
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

interface MessagePage {
  readonly messages?: readonly object[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

interface Message {
  readonly ts?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Readonly<Record<string, unknown>> };
}
