import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UnusableStore } from '../../../src/store/errors.ts';
import { copyStore } from '../../../src/store/postgres/copy.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { describePostgres, openDatabase } from '../../support/postgres.ts';
import { fillHistory, JOB, OTHER_JOB, QUOTA } from '../history-contract.ts';
import { event, UNFAILING } from '../queue-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'whyred-copy-'));
beforeAll(fill);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'store.sqlite');
/** More than a batch. */
const POSTS = 501;

/** A store with something in every table, made once. */
async function fill(): Promise<void> {
  const store = openSqlite(file);
  for (const [id, scope] of [
    ['done', 'a'],
    ['a2', 'a'],
    ['a3', 'a'],
    ['b1', 'b'],
  ] as const)
    await store.accept(event(id, scope), 7);
  const first = await store.claim(8, 1_000);
  if (first) await store.finish(first, 9);
  await store.claim(10, 1_000);
  for (let i = 0; i < POSTS; i += 1) await store.intend({ key: `answer:${i}`, channel: 'C1', thread: null, since: i });
  await store.posted('answer:1', '1.5');
  await store.keepSetting('channel:C1', 'watch', 'U1');
  await store.keepFailureThread({
    channel: 'C1',
    key: 'k',
    ts: '1.0',
    job: 'job',
    occurrences: 2,
    firstSeen: 1_760_000_000_000,
    lastSeen: 1_760_000_000_001,
    recovered: null,
    mutedUntil: 3,
    tracked: 'OCPBUGS-1',
  });
  const word = { id: 'f', channel: 'C1', user: 'U1', question: 'why\0?', answer: '{"a":"\\u0000"}', at: 4 };
  await store.keepFeedback({ ...word, good: false, reason: '“no”' });
  await fillHistory(store);
  await store.close();
}

describePostgres('a store that moves to PostgreSQL', (postgres) => {
  it('has all it had, once, and what waited is worked off in its order under its names', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    const before = openSqlite(file);

    const copied = await copyStore({ from: file, to: store.connection, queue, replace: false });

    expect(copied).toEqual([
      { table: 'event_keys', rows: 4 },
      { table: 'failure_threads', rows: 1 },
      { table: 'failures', rows: 4 },
      { table: 'feedback', rows: 1 },
      { table: 'job_reading', rows: 1 },
      { table: 'jobs', rows: 2 },
      { table: 'posts', rows: POSTS },
      { table: 'runs', rows: 4 },
      { table: 'settings', rows: 1 },
      { table: 'signature_bands', rows: 16 },
      { table: 'signatures', rows: 2 },
      { table: 'events', rows: 3 },
    ]);
    expect(await store.failureThreads('C1')).toEqual(await before.failureThreads('C1'));
    expect(await store.settings('watch')).toEqual(await before.settings('watch'));
    for (const job of [JOB, OTHER_JOB]) {
      expect(await store.history.runsOf(job, 0)).toEqual(await before.history.runsOf(job, 0));
      expect(await store.history.failuresOf(job, 0)).toEqual(await before.history.failuresOf(job, 0));
    }
    expect(await store.history.failuresWith([QUOTA.key], 9)).toEqual(await before.history.failuresWith([QUOTA.key], 9));
    const [word] = await before.feedback();
    expect(await store.feedback()).toEqual([{ ...word, question: 'why\ufffd?' }]);
    const post = { key: 'answer:1', channel: 'C1', thread: null, since: 99 };
    expect(await store.intend(post)).toEqual(await before.intend(post));
    expect(await queue.accept(event('done'), 100)).toBe(false);
    const seen: [string, string][] = [];
    const worker = await queue.work({
      work: ({ id, body }) => Promise.resolve(void seen.push([id, body])),
      ...UNFAILING,
    });
    await expect
      .poll(() => seen.filter(([, body]) => body !== 'b1'))
      .toEqual([
        ['2', 'a2'],
        ['3', 'a3'],
      ]);
    await expect.poll(() => seen).toContainEqual(['4', 'b1']);
    await worker.stop(1_000);
    await before.close();
    await close();
  });

  it('is refused by a database that has something in it, unless that is replaced', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    await store.keepSetting('other', 'watch', 'U2');
    await queue.accept(event('other'), 1);
    const copy = (replace: boolean): ReturnType<typeof copyStore> =>
      copyStore({ from: file, to: store.connection, queue, replace });

    await expect(copy(false)).rejects.toThrow(UnusableStore);
    await copy(true);
    await copy(true);

    expect(await store.setting('other', 'watch')).toBeNull();
    expect(await queue.pending()).toBe(3);
    await close();
  });

  it('leaves nothing behind when it breaks off', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    await store.connection.run('ALTER TABLE whyred.posts ADD CHECK (since < 400)');

    await expect(copyStore({ from: file, to: store.connection, queue, replace: false })).rejects.toThrow();

    expect(await store.connection.query('SELECT 1 FROM whyred.event_keys')).toEqual([]);
    expect(await queue.pending()).toBe(0);
    await close();
  });

  it('from a file that is not there is refused, and makes none', async () => {
    const { store, queue, close } = await openDatabase(await postgres().database());
    const from = join(folder, 'none.sqlite');

    await expect(copyStore({ from, to: store.connection, queue, replace: false })).rejects.toThrow(UnusableStore);
    await close();
  });

  it('finds a column for each there is: both engines have the same tables', async () => {
    const { store, close } = await openDatabase(await postgres().database());
    const columns = await store.connection.query(
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
       WHERE table_schema = 'whyred' AND table_name <> 'migrations'`,
    );
    const path = join(folder, 'empty.sqlite');
    await openSqlite(path).close();
    const source = new DatabaseSync(path);
    const there = source
      .prepare(
        `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name <> 'events'`,
      )
      .all();

    const named = (rows: readonly Record<string, unknown>[]): string[] =>
      rows.map((row) => `${String(row['table'])}.${String(row['column'])}`).sort();
    expect(named(columns)).toEqual(named(there));
    source.close();
    await close();
  });
});
