// Posts a message exactly once, as far as Slack lets one know: the intention is kept before, the timestamp after, and a
// post whose fate is not known is looked for by its key before it is posted again (Slack has no idempotency keys).
import type { Store } from '../store/port.ts';
import { SlackTrouble } from './trouble.ts';

/** What the outbox needs of the Web API. */
export interface Poster {
  /**
   * Posts with the key in the message's metadata when its turn comes, unless the signal has come before; resolves with its
   * timestamp. @throws SlackTrouble
   */
  post(message: OutgoingMessage, key: string, signal: AbortSignal): Promise<string>;
  /** The timestamp of the message with the key in its metadata; null when there surely is none. @throws SlackTrouble */
  find(channel: string, thread: string | null, since: number, key: string): Promise<string | null>;
}

export interface OutgoingMessage {
  readonly channel: string;
  readonly thread: string | null;
  readonly text: string;
  readonly blocks: readonly object[];
}

/** Slack may take some seconds to show a message in a channel's history. */
const SETTLE_MS = 5_000;
const TRIES = 4;

export interface OutboxOptions {
  readonly store: Store;
  readonly poster: Poster;
  readonly clock: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Outbox {
  /**
   * The timestamp of the message with this key: posted now, or before.
   * @throws SlackTrouble when it could not be posted, or nobody can tell
   */
  postOnce(key: string, message: OutgoingMessage, signal: AbortSignal): Promise<string>;
}

export function createOutbox({ store, poster, clock, wait }: OutboxOptions): Outbox {
  const lookFor = async (key: string, { channel, thread }: OutgoingMessage, since: number): Promise<string | null> => {
    const ts = await poster.find(channel, thread, since, key);
    if (ts !== null) await store.posted(key, ts);
    return ts;
  };
  return {
    postOnce: async (key, message, signal) => {
      const { channel, thread } = message;
      const known = await store.intend({ key, channel, thread, since: clock() });
      if (known.ts !== null) return known.ts;
      // An intention of an earlier life: whether it came to be posted, only Slack knows.
      if (!known.isNew) {
        const ts = await lookFor(key, message, known.since);
        if (ts !== null) return ts;
      }
      for (let tries = 1; ; tries += 1) {
        try {
          const ts = await poster.post(message, key, signal);
          await store.posted(key, ts);
          return ts;
        } catch (error) {
          if (!(error instanceof SlackTrouble) || error.kind !== 'ambiguous' || tries >= TRIES) throw error;
          await wait(SETTLE_MS, signal);
          const ts = await lookFor(key, message, known.since);
          if (ts !== null) return ts;
        }
      }
    },
  };
}
