import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AnswerSchema } from '../../src/answer/schema.ts';
import { verify } from '../../src/answer/verify.ts';
import { investigate } from '../../src/diagnose/investigate.ts';
import type { Investigation } from '../../src/diagnose/investigation.ts';
import { pastOf } from '../../src/diagnose/past.ts';
import type { Past } from '../../src/history/past.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { createSources } from '../../src/sources/sources.ts';
import { StoreUnreachable } from '../../src/store/errors.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { syncDemo } from '../support/synced.ts';

const DASHBOARD = 'redhat-openshift-ocp-release-4.22-informing';
const QUESTION = 'why is periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-fips failing?';

describe('whether a failure was seen before', () => {
  let demo: Demo;
  let store: SqliteStore;
  beforeAll(async () => {
    demo = await startDemo();
    store = openSqlite(':memory:');
    await syncDemo(demo, store.history, [DASHBOARD]);
  });
  afterAll(async () => {
    await store.close();
    await demo.server.close();
  });

  async function ask(past?: Past): Promise<Investigation> {
    const clock = (): number => demo.world.now;
    const sources = createSources({ config: parseConfig({}, demo.server.url), cache: memoryCache(), clock });
    try {
      return await investigate(QUESTION, { sources, clock, past });
    } finally {
      await sources.close();
    }
  }

  it('is told with the earlier runs, which are evidence that holds', async () => {
    const found = await ask(pastOf(store.history));
    const { investigation, claims, verified } = verify(found);

    const { verdict, evidence, subject } = investigation;
    const reason = verdict?.reasons.find(({ text }) => text.startsWith('Seen before: '));
    const cited = evidence.filter(({ id }) => reason?.evidence.includes(id));
    expect(verdict?.seen_before).toMatchObject({ at_least: false });
    expect(verdict?.seen_before?.runs).toBeGreaterThan(1);
    expect(cited.map(({ source }) => source.service)).toContain('history');
    expect(cited.map(({ source }) => source.build)).not.toContain(subject.build);
    for (const { url } of cited) expect(url).toMatch(/^https:\/\/prow\.ci\.openshift\.org\/view\/gs\//);
    expect(verified).toBe(claims);
    const cost = { requests: 0, waves: 0, bytes: 0, ms: 0 };
    expect(() => AnswerSchema.parse({ ...investigation, cost })).not.toThrow();
  });

  it('is not spoken of without a store, nor over an empty one: nothing else is different', async () => {
    const empty = openSqlite(':memory:');

    const [without, over] = [await ask(), await ask(pastOf(empty.history))];

    expect(over).toEqual(without);
    expect(without.verdict?.seen_before).toBeUndefined();
    await empty.close();
  });

  it('is a gap where the store does not answer', async () => {
    const { verdict, gaps } = await ask({
      like: () => Promise.reject(new StoreUnreachable('the database does not answer')),
    });

    expect(verdict?.recurrence).toBe('outage');
    expect(gaps).toContainEqual({
      what: 'the history',
      why: 'the database does not answer',
      effect: 'whether it was seen before is not told',
    });
  });
});
