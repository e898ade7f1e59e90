import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DigestWork, queueDue } from '../../../src/slack/digests/schedule.ts';
import { subscribe, subscriptionsOf, unsubscribe } from '../../../src/slack/digests/subscriptions.ts';
import { openSqlite, type SqliteStore } from '../../../src/store/sqlite.ts';

const HOUR = 3_600_000;
const MADE = Date.parse('2026-11-20T00:00:00Z');
const ASKED = { what: ['sig-release-master-blocking'], zone: 'UTC', hour: 8, minute: 0, days: [0, 1, 2, 3, 4, 5, 6] };

const look = (store: SqliteStore, now: number): Promise<number> => queueDue(store, store, now);

describe('summaries in the queue', () => {
  let folder: string;
  let store: SqliteStore;
  let other: SqliteStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whyred-digests-'));
    store = openSqlite(join(folder, 'store.sqlite'));
    other = openSqlite(join(folder, 'store.sqlite'));
    await subscribe(store, ASKED, { channel: 'C1', user: 'U1', now: MADE });
  });
  afterEach(async () => {
    await Promise.all([store.close(), other.close()]);
    rmSync(folder, { recursive: true });
  });

  it('R-04: are one a channel and day, of two processes that look at any time', async () => {
    let added = 0;
    for (let now = MADE; now < MADE + 72 * HOUR; now += HOUR / 4)
      added += (await Promise.all([look(store, now), look(other, now)])).reduce((sum, n) => sum + n, 0);
    expect(added).toBe(3);
    expect(await store.pending()).toBe(3);
  });

  it('R-04: are not queued again by a process that starts later, or whose clock is an hour behind', async () => {
    const due = MADE + 8 * HOUR;
    expect(await look(store, due)).toBe(1);
    expect(await look(other, due + 3 * HOUR)).toBe(0);
    expect(await look(other, due - HOUR)).toBe(0);
    expect(await look(other, due + HOUR)).toBe(0);
  });

  it('say which subscription they are of', async () => {
    await look(store, MADE + 9 * HOUR);
    const event = await store.claim(MADE + 9 * HOUR, HOUR);
    const work = DigestWork.parse(JSON.parse(event?.body ?? ''));
    expect(work.subscription.what).toEqual(ASKED.what);
    expect(work.key).toMatch(/^digest:C1:[0-9a-f]{8}:2026-11-20$/);
  });

  it('end with their subscription; one of the same things takes its place', async () => {
    await subscribe(store, { ...ASKED, hour: 9 }, { channel: 'C1', user: 'U2', now: MADE });
    expect((await subscriptionsOf(store, 'C1')).map(({ hour }) => hour)).toEqual([9]);
    expect((await unsubscribe(store, 'C1', 1))?.hour).toBe(9);
    expect(await unsubscribe(store, 'C1', 1)).toBeNull();
    expect(await look(store, MADE + 10 * HOUR)).toBe(0);
  });
});
