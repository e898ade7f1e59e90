// The picture of the grid under an answer that rests on one: once a thread, after the verdict, never instead of it.
import type { AssistantAnswer } from '../assistant/answer.ts';
import type { Sources } from '../sources/ports.ts';
import type { Store } from '../store/port.ts';
import { gridPicture } from '../tooling/grid-picture.ts';
import type { Web } from './web.ts';

export interface PicturesOptions {
  readonly web: Web;
  readonly store: Store;
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface Pictures {
  /** @returns false for a picture that should be there and is not */
  show(answer: AssistantAnswer, place: { channel: string; thread: string }, signal: AbortSignal): Promise<boolean>;
}

export function createPictures({ web, store, sources, clock }: PicturesOptions): Pictures {
  return {
    show: async ({ first }, { channel, thread }, signal) => {
      const { grid } = first.data;
      if (first.isError || typeof grid !== 'string') return true;
      // A file carries no key by which it could be found again: after a crash there is rather none than two.
      const { isNew } = await store.intend({
        key: `picture:${channel}:${thread}:${grid}`,
        channel,
        thread,
        since: clock(),
      });
      if (!isNew) return true;
      try {
        const context = { sources: sources.fork(signal), clock, progress: () => undefined };
        const picture = await gridPicture(grid, context);
        await web.picture(channel, thread, picture);
        return true;
      } catch {
        return false;
      }
    },
  };
}
