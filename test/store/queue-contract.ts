// What every queue must do, whichever engine stands behind it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/store/port.ts';
import type { Queue, WorkOptions, Worker } from '../../src/store/queue.ts';

export interface QueueUnderTest {
  readonly queue: Queue;
  /** As another process sees it. */
  readonly other: Queue;
  close(): Promise<void>;
}

export const event = (id: string, scope = id): NewEvent => ({ keys: [`event:${id}`], scope, body: id });
const PATIENCE = { timeout: 15_000 };
const OPEN_MS = 30_000;
/** For work that does not fail. */
export const UNFAILING = {
  failed: () => undefined,
  giveUp: () => Promise.resolve(),
  isFinal: () => false,
} as const satisfies Omit<WorkOptions, 'work'>;

export function describeQueue(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`the queue on ${name}`, () => {
    let opened: QueueUnderTest;
    let queue: Queue;
    const workers: Worker[] = [];
    beforeEach(async () => {
      opened = await open();
      ({ queue } = opened);
    }, OPEN_MS);
    afterEach(async () => {
      for (const worker of workers.splice(0)) await worker.stop(0);
      await opened.close();
    }, OPEN_MS);

    const start = async (work: WorkOptions['work'], more: Partial<WorkOptions> = {}): Promise<unknown[]> => {
      const errors: unknown[] = [];
      workers.push(await queue.work({ ...UNFAILING, work, failed: (_, error) => errors.push(error), ...more }));
      return errors;
    };

    it('takes an event once, by whichever of its names it comes again, and from whichever process', async () => {
      const keys = ['event:a', 'message:a'];
      expect(await queue.accept({ ...event('a'), keys }, 0)).toBe(true);
      expect(await queue.accept({ ...event('a'), keys }, 1)).toBe(false);
      expect(await opened.other.accept({ ...event('b'), keys: ['event:x', 'message:a'] }, 2)).toBe(false);
      expect(await queue.accept({ ...event('b'), keys: ['event:x', 'message:b'] }, 3)).toBe(false);
      expect(await opened.other.pending()).toBe(1);
    });

    it('tells since when the oldest of what waits is there', async () => {
      expect(await queue.oldest()).toBeNull();
      await queue.accept(event('a'), 1_700_000_000_000);
      await queue.accept(event('b'), 1_700_000_005_000);
      expect(await opened.other.oldest()).toBe(1_700_000_000_000);
      await start(() => Promise.resolve());
      await expect.poll(() => queue.oldest(), PATIENCE).toBeNull();
    });

    it('works off what was kept before it began, and what comes', async () => {
      await queue.accept(event('a'), 0);
      const seen: string[] = [];
      await start(({ body }) => Promise.resolve(void seen.push(body)));
      await queue.accept(event('b'), 1);
      await opened.other.accept(event('c'), 2);

      await expect.poll(() => seen.toSorted(), PATIENCE).toEqual(['a', 'b', 'c']);
      await expect.poll(() => queue.pending(), PATIENCE).toBe(0);
    });

    it('works on several threads at once, and on one in order', async () => {
      for (const [id, scope] of [
        ['a1', 'a'],
        ['a2', 'a'],
        ['a3', 'a'],
        ['b1', 'b'],
      ] as const)
        await queue.accept(event(id, scope), 0);
      const seen: string[] = [];
      const release = Promise.withResolvers<undefined>();
      await start(async ({ body }) => {
        seen.push(body);
        if (body === 'a1') await release.promise;
      });

      // Which of the two threads is begun first is open.
      await expect.poll(() => seen.toSorted(), PATIENCE).toEqual(['a1', 'b1']);
      release.resolve(undefined);
      await expect.poll(() => seen.slice(2), PATIENCE).toEqual(['a2', 'a3']);
    });

    it('begins what failed again under the same name, and what is behind it only then', async () => {
      await queue.accept(event('a1', 'a'), 0);
      await queue.accept(event('a2', 'a'), 0);
      const seen: [id: string, body: string, tries: number][] = [];
      const errors = await start(({ id, body, tries }) => {
        seen.push([id, body, tries]);
        return tries === 1 && body === 'a1' ? Promise.reject(new Error('no')) : Promise.resolve();
      });

      await expect
        .poll(() => seen.map(([, body, tries]) => `${body} ${tries}`), PATIENCE)
        .toEqual(['a1 1', 'a1 2', 'a2 1']);
      expect(seen[0]?.[0]).toBe(seen[1]?.[0]);
      expect(errors).toHaveLength(1);
    });

    it('lets what is under way end when it is told to stop, and takes nothing new', async () => {
      await queue.accept(event('a1', 'a'), 0);
      await queue.accept(event('a2', 'a'), 0);
      const release = Promise.withResolvers<undefined>();
      const seen: string[] = [];
      await start(async ({ body }) => {
        seen.push(body);
        await release.promise;
      });
      await expect.poll(() => seen, PATIENCE).toEqual(['a1']);

      const stopped = workers[0]?.stop(10_000);
      release.resolve(undefined);
      await stopped;

      expect(seen).toEqual(['a1']);
      expect(await queue.pending()).toBe(1);
    });

    it('aborts what does not end in time, which is begun again later', async () => {
      await queue.accept(event('a'), 0);
      const begun = Promise.withResolvers<undefined>();
      await start(
        (_, signal) =>
          new Promise((_resolve, reject) => {
            begun.resolve(undefined);
            signal.addEventListener('abort', () => reject(new Error('stopped')));
          }),
      );
      await begun.promise;

      await workers[0]?.stop(1);

      expect(await queue.pending()).toBe(1);
      const seen: string[] = [];
      await start(({ body }) => Promise.resolve(void seen.push(body)));
      await expect.poll(() => seen, PATIENCE).toEqual(['a']);
    });

    it('passes a word on to those who work', async () => {
      const heard: string[] = [];
      await start(() => Promise.resolve(), { heard: (word) => heard.push(word) });

      await queue.tell('stop it');

      await expect.poll(() => heard, PATIENCE).toEqual(['stop it']);
    });
  });
}
