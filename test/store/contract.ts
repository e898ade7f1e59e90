// What every store must do, whichever engine stands behind it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore, FailureThread, Store, StoredEvent } from '../../src/store/port.ts';

const LEASE = 1_000;
const event = (id: string, scope = 'T1:C1', body = id): { keys: string[]; scope: string; body: string } => ({
  keys: [`event:${id}`, `message:T1:C1:${id}`],
  scope,
  body,
});

function taken(event: StoredEvent | null): StoredEvent {
  if (!event) throw new Error('there was nothing to take');
  return event;
}

/** Of a store whose events a worker of the same process takes. */
export function describeEventStore(name: string, open: () => Promise<Store & EventStore>): void {
  describe(`events on ${name}`, () => {
    let store: Store & EventStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('takes an event once, by whichever of its names it comes again', async () => {
      expect(await store.accept(event('a'), 0)).toBe(true);
      expect(await store.accept(event('a'), 1)).toBe(false);
      expect(await store.accept({ ...event('b'), keys: ['event:x', 'message:T1:C1:a'] }, 2)).toBe(false);
      expect(await store.accept({ ...event('b'), keys: ['event:x', 'message:T1:C1:b'] }, 3)).toBe(false);
      expect(await store.pending()).toBe(1);
    });

    it('gives events in the order they came, one at a time for a scope', async () => {
      await store.accept(event('a', 'one'), 0);
      await store.accept(event('b', 'one'), 1);
      await store.accept(event('c', 'two'), 2);

      const first = await store.claim(10, LEASE);
      const second = await store.claim(10, LEASE);

      expect([first?.body, second?.body]).toEqual(['a', 'c']);
      expect(await store.claim(10, LEASE)).toBeNull();
      await store.finish(taken(first), 11);
      expect((await store.claim(12, LEASE))?.body).toBe('b');
    });

    it('gives an event again when its worker does not end it in time, and counts', async () => {
      await store.accept(event('a'), 0);
      const first = await store.claim(0, LEASE);

      expect(await store.claim(LEASE - 1, LEASE)).toBeNull();
      const again = await store.claim(LEASE, LEASE);

      expect([first?.tries, again?.tries]).toEqual([1, 2]);
      expect([first?.deaths, again?.deaths]).toEqual([0, 1]);
      expect(again?.id).toBe(first?.id);
    });

    it('waits longer for a worker that says it is still at work', async () => {
      await store.accept(event('a'), 0);
      const first = await store.claim(0, LEASE);
      expect(await store.extend(taken(first), 5 * LEASE)).toBe(true);

      expect(await store.claim(4 * LEASE, LEASE)).toBeNull();
      expect(await store.claim(5 * LEASE, LEASE)).not.toBeNull();
    });

    it('lets nobody end or put off what another has taken since', async () => {
      await store.accept(event('a'), 0);
      const late = taken(await store.claim(0, LEASE));
      const now = taken(await store.claim(LEASE, LEASE));

      expect(await store.extend(late, 9 * LEASE)).toBe(false);
      await store.postpone(late, 0);
      await store.finish(late, LEASE);

      expect(await store.pending()).toBe(1);
      expect(await store.claim(2 * LEASE - 1, LEASE)).toBeNull();
      expect(await store.extend(now, 9 * LEASE)).toBe(true);
    });

    it('gives what was kept before the clock was set back by an hour', async () => {
      const hour = 3_600_000;
      await store.accept(event('a'), hour);

      expect((await store.claim(1, LEASE))?.body).toBe('a');
    });

    it('tries an event later that was put off, and those behind it only then', async () => {
      await store.accept(event('a'), 0);
      await store.accept(event('b'), 1);
      const first = await store.claim(1, LEASE);
      await store.postpone(taken(first), 500);

      expect(await store.claim(499, LEASE)).toBeNull();
      expect(await store.claim(500, LEASE)).toMatchObject({ body: 'a', tries: 2, deaths: 0 });
    });

    it('forgets what is done and old, and nothing that waits', async () => {
      await store.accept(event('a'), 0);
      await store.accept(event('b', 'two'), 0);
      const first = await store.claim(1, LEASE);
      await store.finish(taken(first), 2);

      await store.forget(100);

      expect(await store.pending()).toBe(1);
      expect(await store.accept(event('a'), 101)).toBe(true);
    });
  });
}

export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('knows a message it meant to post, and whether it has', async () => {
      const post = { key: 'k', channel: 'C1', thread: '1.0', since: 5 };

      expect(await store.intend(post)).toEqual({ ...post, ts: null, isNew: true });
      expect(await store.intend({ ...post, since: 9 })).toEqual({ ...post, ts: null, isNew: false });
      await store.posted('k', '2.0');
      expect(await store.intend(post)).toEqual({ ...post, ts: '2.0', isNew: false });
    });

    it('keeps one thread a failure and channel', async () => {
      const thread: FailureThread = {
        channel: 'C1',
        key: 'job v1:abc',
        ts: '1.0',
        job: 'job',
        occurrences: 1,
        firstSeen: 1,
        lastSeen: 1,
        recovered: null,
        mutedUntil: null,
        tracked: null,
      };
      await store.keepFailureThread(thread);
      await store.keepFailureThread({ ...thread, occurrences: 2, lastSeen: 7, recovered: 8, tracked: 'OCPBUGS-1' });
      await store.keepFailureThread({ ...thread, key: 'other', lastSeen: 9 });

      expect(await store.failureThread('C1', 'job v1:abc')).toMatchObject({ occurrences: 2, tracked: 'OCPBUGS-1' });
      expect(await store.failureThread('C2', 'job v1:abc')).toBeNull();
      expect((await store.failureThreads('C1')).map(({ key }) => key)).toEqual(['other', 'job v1:abc']);
    });

    it('keeps settings by who they are for', async () => {
      await store.keepSetting('channel:C1', 'watch', 'all');
      await store.keepSetting('channel:C2', 'watch', 'none');
      await store.keepSetting('channel:C1', 'watch', 'some');

      expect(await store.setting('channel:C1', 'watch')).toBe('some');
      expect(await store.settings('watch')).toEqual([
        { scope: 'channel:C1', value: 'some' },
        { scope: 'channel:C2', value: 'none' },
      ]);
      await store.keepSetting('channel:C1', 'watch', null);
      expect(await store.setting('channel:C1', 'watch')).toBeNull();
    });

    it('keeps the last word of each person on an answer', async () => {
      const word = { id: 'C1:1.0:U1', channel: 'C1', user: 'U1', question: 'why?', answer: '{}', at: 1 };
      await store.keepFeedback({ ...word, good: true, reason: null });
      await store.keepFeedback({ ...word, good: false, reason: 'wrong step', at: 2 });

      expect(await store.feedback()).toEqual([{ ...word, good: false, reason: 'wrong step', at: 2 }]);
    });

    it('forgets posts that are old', async () => {
      const post = { key: 'k', channel: 'C1', thread: null, since: 5 };
      await store.intend(post);
      await store.intend({ ...post, key: 'new', since: 100 });

      await store.forget(100);

      expect((await store.intend(post)).isNew).toBe(true);
      expect((await store.intend({ ...post, key: 'new' })).isNew).toBe(false);
    });
  });
}
