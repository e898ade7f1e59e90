import { describe, expect, it } from 'vitest';
import { createOutbox, type Outbox, type Poster } from '../../src/slack/outbox.ts';
import { SlackTrouble } from '../../src/slack/trouble.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

const MESSAGE = { channel: 'C1', thread: '1.0', text: 'hello', blocks: [] };
const signal = new AbortController().signal;

/** A Slack that keeps what is posted; `before` may throw instead of, `after` after the effect. */
class Slack implements Poster {
  readonly posted: string[] = [];
  looked = 0;
  before: () => void = () => undefined;
  after: () => void = () => undefined;

  post(_: unknown, key: string): Promise<string> {
    return new Promise((resolve) => {
      this.before();
      this.posted.push(key);
      this.after();
      resolve(`${this.posted.length}.0`);
    });
  }

  find(_channel: string, _thread: string | null, _since: number, key: string): Promise<string | null> {
    this.looked += 1;
    const at = this.posted.indexOf(key);
    return Promise.resolve(at < 0 ? null : `${at + 1}.0`);
  }
}

function setUp(store: Store = openSqlite(':memory:')): {
  outbox: Outbox;
  slack: Slack;
  waited: number[];
  store: Store;
} {
  const slack = new Slack();
  const waited: number[] = [];
  let time = 0;
  const wait = (ms: number): Promise<void> => Promise.resolve(void waited.push(ms));
  return { outbox: createOutbox({ store, poster: slack, clock: () => (time += 1), wait }), slack, waited, store };
}

const once = (throwing: () => Error): (() => void) => {
  let thrown = false;
  return () => {
    if (thrown) return;
    thrown = true;
    throw throwing();
  };
};
const ambiguous = (): Error => new SlackTrouble('timeout', 'ambiguous');
const refused = (): Error => new SlackTrouble('invalid_blocks', 'refused');

describe('a message', () => {
  it('is posted once, however often it is asked for', async () => {
    const { outbox, slack } = setUp();

    expect(await outbox.postOnce('k', MESSAGE, signal)).toBe('1.0');
    expect(await outbox.postOnce('k', MESSAGE, signal)).toBe('1.0');

    expect(slack.posted).toEqual(['k']);
  });

  it('whose post broke off after its effect is found, not posted again (R-07)', async () => {
    const { outbox, slack, waited } = setUp();
    slack.after = once(ambiguous);

    expect(await outbox.postOnce('k', MESSAGE, signal)).toBe('1.0');

    expect(slack.posted).toEqual(['k']);
    expect(waited).toEqual([5_000]);
  });

  it('whose post broke off before its effect is posted again', async () => {
    const { outbox, slack } = setUp();
    slack.before = once(ambiguous);

    expect(await outbox.postOnce('k', MESSAGE, signal)).toBe('1.0');

    expect(slack.posted).toEqual(['k']);
    expect(slack.looked).toBe(1);
  });

  it('is looked for first when an earlier life meant to post it', async () => {
    const { store, slack: earlier, outbox } = setUp();
    earlier.after = () => {
      throw refused();
    };
    await expect(outbox.postOnce('k', MESSAGE, signal)).rejects.toThrow('invalid_blocks');

    const { outbox: later, slack } = setUp(store);
    slack.posted.push('k');

    expect(await later.postOnce('k', MESSAGE, signal)).toBe('1.0');
    expect(slack.posted).toEqual(['k']);
  });

  it('that Slack refuses is not tried again', async () => {
    const { outbox, slack } = setUp();
    slack.before = () => {
      throw refused();
    };

    await expect(outbox.postOnce('k', MESSAGE, signal)).rejects.toThrow('invalid_blocks');
    expect(slack.looked).toBe(0);
  });
});
