import { expect, it } from 'vitest';
import { describePostgres, openDatabase } from '../../support/postgres.ts';
import { describeQueue, event, UNFAILING } from '../queue-contract.ts';

describePostgres('the queue on PostgreSQL', (postgres) => {
  describeQueue('PostgreSQL', async () => {
    const url = await postgres().database();
    const [one, other] = [await openDatabase(url), await openDatabase(url)];
    const close = async (): Promise<void> => {
      await one.close();
      await other.close();
    };
    return { queue: one.queue, other: other.queue, close };
  });

  it('gives each event to one worker, a thread’s in their order, however many deliver and work', async () => {
    const url = await postgres().database();
    const all = await Promise.all(Array.from({ length: 3 }, () => openDatabase(url)));
    const events = Array.from({ length: 120 }, (_, i) => event(`${i}`, `thread ${i % 10}`));
    const done: string[] = [];
    const busy = new Set<string>();
    const overlaps: string[] = [];
    const threadOf = (body: string): string => `thread ${Number(body) % 10}`;
    const workers = await Promise.all(
      all.map(({ queue }) =>
        queue.work({
          atOnce: 4,
          ...UNFAILING,
          work: async ({ body }) => {
            const thread = threadOf(body);
            if (busy.has(thread)) overlaps.push(body);
            busy.add(thread);
            done.push(body);
            await new Promise((resolve) => setTimeout(resolve, 1));
            busy.delete(thread);
          },
        }),
      ),
    );

    // Each is delivered to every process at once, those of a thread one after another.
    for (let i = 0; i < events.length; i += 10) {
      const now = events.slice(i, i + 10);
      const fresh = await Promise.all(now.flatMap((one) => all.map(({ queue }) => queue.accept(one, i))));
      expect(fresh.filter(Boolean)).toHaveLength(now.length);
    }

    await expect.poll(() => all[0]?.queue.pending(), { timeout: 15_000 }).toBe(0);
    expect(done).toHaveLength(events.length);
    expect(overlaps).toEqual([]);
    for (let thread = 0; thread < 10; thread += 1) {
      const order = done.map(Number).filter((id) => id % 10 === thread);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
    await Promise.all(workers.map((worker) => worker.stop(1_000)));
    await Promise.all(all.map(({ close }) => close()));
  });

  it('keeps neither an event nor its names when it cannot keep both', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    await store.connection.run('ALTER TABLE whyred_queue.job_common ADD CONSTRAINT full_up CHECK (false) NOT VALID');
    await expect(queue.accept(event('a'), 0)).rejects.toThrow();
    await store.connection.run('ALTER TABLE whyred_queue.job_common DROP CONSTRAINT full_up');

    expect(await queue.accept(event('a'), 0)).toBe(true);
    expect(await queue.pending()).toBe(1);
    await close();
  });

  it('moves an event aside that failed too often, and goes on with its thread', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    await queue.accept(event('a1', 'a'), 0);
    await store.connection.run('UPDATE whyred_queue.job SET retry_limit = 0');
    await queue.accept(event('a2', 'a'), 0);
    const seen: string[] = [];
    const worker = await queue.work({
      work: ({ body }) => {
        seen.push(body);
        return body === 'a1' ? Promise.reject(new Error('secret words')) : Promise.resolve();
      },
      ...UNFAILING,
    });

    await expect.poll(() => seen, { timeout: 15_000 }).toEqual(['a1', 'a2']);
    const dead = await store.connection.query(
      `SELECT data->>'body' AS body, singleton_key FROM whyred_queue.job WHERE name = 'events-dead'`,
    );
    expect(dead).toEqual([{ body: 'a1', singleton_key: 'a' }]);
    expect(JSON.stringify(await store.connection.query('SELECT * FROM whyred_queue.job'))).not.toContain(
      'secret words',
    );
    await worker.stop(1_000);
    await close();
  });

  it('gives up instead of a sixth try, and tries nothing again whose failure is final', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    await queue.accept(event('often', 'a'), 0);
    // As if five processes had died of it.
    await store.connection.run('UPDATE whyred_queue.job SET retry_count = 4, started_on = now()');
    await queue.accept(event('final', 'b'), 0);
    const seen: string[] = [];
    const worker = await queue.work({
      work: ({ body }) => {
        seen.push(body);
        return Promise.reject(new Error(body));
      },
      giveUp: ({ body }) => Promise.resolve(void seen.push(`given up: ${body}`)),
      isFinal: (error) => error instanceof Error && error.message === 'final',
      failed: () => undefined,
    });

    await expect.poll(() => seen.toSorted(), { timeout: 15_000 }).toEqual(['final', 'given up: often']);
    await expect.poll(() => queue.pending()).toBe(0);
    await worker.stop(1_000);
    await close();
  });

  it('goes on after the database was restarted, without a word that failed', async ({ skip }) => {
    const { restart } = postgres();
    if (!restart) return skip();
    const { store, queue, close } = await openDatabase(await postgres().database());
    const seen: string[] = [];
    const work = ({ body }: { body: string }): Promise<void> => Promise.resolve(void seen.push(body));
    const worker = await queue.work({ ...UNFAILING, work });

    const restarted = restart();
    const written = Array.from({ length: 20 }, async (_, i) => {
      await queue.accept(event(`${i}`), i);
      await store.keepSetting('restart', `${i}`, 'kept');
    });
    await Promise.all([restarted, ...written]);

    await expect
      .poll(() => seen.map(Number).toSorted((a, b) => a - b), { timeout: 15_000 })
      .toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await store.setting('restart', '19')).toBe('kept');
    await worker.stop(1_000);
    await close();
  });
});
