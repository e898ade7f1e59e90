import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorker, type Worker, type WorkerOptions } from '../../src/slack/worker.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';

let store: SqliteStore;
const workers: Worker[] = [];
beforeEach(() => {
  store = openSqlite(':memory:');
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop(0);
  await store.close();
});

const accept = (body: string, scope = body): Promise<boolean> => store.accept({ keys: [body], scope, body }, 0);

function start(work: WorkerOptions['work'], more: Partial<WorkerOptions> = {}): { worker: Worker; errors: unknown[] } {
  const errors: unknown[] = [];
  const failed = (_: unknown, error: unknown): void => void errors.push(error);
  const giveUp = (): Promise<void> => Promise.resolve();
  const isFinal = (): boolean => false;
  const worker = startWorker({ store, clock: () => 1, work, giveUp, isFinal, failed, idleMs: 5, ...more });
  workers.push(worker);
  return { worker, errors };
}

describe('the worker', () => {
  it('works off what was kept before it began, and what comes', async () => {
    await accept('a');
    const seen: string[] = [];
    const { worker } = start(({ body }) => Promise.resolve(void seen.push(body)));
    await accept('b');
    worker.wake();

    await expect.poll(() => seen).toEqual(['a', 'b']);
    await expect.poll(() => store.pending()).toBe(0);
  });

  it('works on several threads at once, and on one in order', async () => {
    for (const [body, scope] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await accept(body, scope);
    const seen: string[] = [];
    const release = Promise.withResolvers<undefined>();
    start(async ({ body }) => {
      seen.push(body);
      if (body === 'a1') await release.promise;
    });

    await expect.poll(() => seen).toEqual(['a1', 'b1']);
    release.resolve(undefined);
    await expect.poll(() => seen).toEqual(['a1', 'b1', 'a2']);
  });

  it('has no more than its share under way', async () => {
    for (let i = 0; i < 10; i += 1) await accept(`${i}`);
    let now = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
    };
    start(work, { atOnce: 4 });

    await expect.poll(() => store.pending()).toBe(0);
    expect(most).toBe(4);
  });

  it('tries what failed again, later each time, and gives up', async () => {
    await accept('a');
    let time = 1;
    const at: number[] = [];
    const { errors } = start(
      () => {
        at.push(time);
        return Promise.reject(new Error('no'));
      },
      { clock: () => (time += 1_000) },
    );

    await expect.poll(() => store.pending(), { timeout: 5_000 }).toBe(0);
    expect(at).toHaveLength(20);
    expect(errors).toHaveLength(20);
    const gaps = at.slice(1).map((when, i) => when - (at[i] ?? 0));
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  });

  it('works alone on what was taken from many that died, to see whose death it was', async () => {
    for (const body of ['deadly', 'b', 'c']) await accept(body);
    for (let death = 0; death < 5; death += 1) await store.claim(death * 1_000, 1_000);
    const now: string[] = [];
    const beside: string[][] = [];
    const work = async ({ body }: { body: string }): Promise<void> => {
      now.push(body);
      beside.push([...now]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now.splice(now.indexOf(body), 1);
    };
    start(work, { clock: () => 9_000 });

    await expect.poll(() => store.pending()).toBe(0);
    expect(beside.toSorted()).toEqual([['b'], ['b', 'c'], ['deadly']].toSorted());
  });

  it('gives up on what nothing survives', async () => {
    await accept('deadly');
    await accept('b');
    for (let death = 0; death < 21; death += 1) await store.claim(death * 1_000, 1_000);
    const given: string[] = [];
    const seen: string[] = [];
    start(({ body }) => Promise.resolve(void seen.push(body)), {
      clock: () => 99_000,
      giveUp: ({ body }) => Promise.resolve(void given.push(body)),
    });

    await expect.poll(() => store.pending()).toBe(0);
    expect([given, seen]).toEqual([['deadly'], ['b']]);
  });

  it('lets what is under way end when it is told to stop, and takes nothing new', async () => {
    await accept('a');
    await accept('b', 'a');
    const release = Promise.withResolvers<undefined>();
    const seen: string[] = [];
    const { worker } = start(async ({ body }) => {
      seen.push(body);
      await release.promise;
    });
    await expect.poll(() => seen).toEqual(['a']);

    const stopped = worker.stop(5_000);
    release.resolve(undefined);
    await stopped;

    expect(seen).toEqual(['a']);
    expect(await store.pending()).toBe(1);
  });

  it('aborts what does not end in time, which then waits for the next start', async () => {
    await accept('a');
    const begun = Promise.withResolvers<undefined>();
    const { worker } = start(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          begun.resolve(undefined);
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    );
    await begun.promise;

    await worker.stop(1);

    expect(await store.pending()).toBe(1);
    const seen: string[] = [];
    start(({ body }) => Promise.resolve(void seen.push(body)));
    await expect.poll(() => seen).toEqual(['a']);
  });
});
