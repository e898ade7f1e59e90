import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnknownSubject } from '../../src/digest/subject.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { syncDemo } from '../support/synced.ts';

const DASHBOARD = 'redhat-openshift-ocp-release-4.22-informing';
const NAME = 'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-fips';
const JOB = { system: 'openshift', bucket: 'test-platform-results', kind: 'periodic', name: NAME } as const;

describe('a sync', () => {
  let demo: Demo;
  let store: SqliteStore;
  beforeAll(async () => {
    demo = await startDemo();
  });
  beforeEach(() => {
    store = openSqlite(':memory:');
  });
  afterEach(async () => {
    demo.server.fault(null);
    await store.close();
  });
  afterAll(() => demo.server.close());

  it('keeps the runs of a dashboard, and of the failed ones what they failed with', async () => {
    const { synced, gaps } = await syncDemo(demo, store.history, [DASHBOARD]);

    const runs = await store.history.runsOf(JOB, 0);
    const answer = await demo.ask(NAME);
    const red = runs.filter(({ result }) => result === 'failed' || result === 'error');
    expect(gaps).toEqual([]);
    expect(synced.left).toBe(0);
    expect(red.every(({ isLookedInto }) => isLookedInto)).toBe(true);
    expect(runs.length).toBeGreaterThan(red.length);
    const [cause] = await store.history.failuresOf(JOB, 0);
    expect(cause).toMatchObject({
      build: answer.subject.build,
      step: answer.failures[0]?.step,
      signature: answer.failures[0]?.signature,
      locus: answer.verdict?.locus,
    });
  });

  it('asks a second time for nothing but the grids, and keeps nothing twice', async () => {
    await syncDemo(demo, store.history, [DASHBOARD]);
    const tabs = (await syncDemo(demo, store.history, [DASHBOARD], { limit: 0 })).cost.requests;
    const before = await store.history.failuresOf(JOB, 0);

    const { synced, cost } = await syncDemo(demo, store.history, [DASHBOARD]);

    expect(synced).toMatchObject({ runs: 0, lookedInto: 0, left: 0 });
    expect(cost.requests).toBe(tabs);
    expect(await store.history.failuresOf(JOB, 0)).toEqual(before);
  });

  it('goes on with what its limits left', async () => {
    const whole = openSqlite(':memory:');
    await syncDemo(demo, whole.history, [DASHBOARD]);

    const first = await syncDemo(demo, store.history, [DASHBOARD], { limit: 1 });
    const none = await syncDemo(demo, store.history, [DASHBOARD], { maxBytes: 0 });
    await syncDemo(demo, store.history, [DASHBOARD]);

    expect(first.synced.left).toBeGreaterThan(0);
    expect(none.synced).toMatchObject({ runs: 0, lookedInto: 0, left: first.synced.left });
    expect(await store.history.failuresOf(JOB, 0)).toEqual(await whole.history.failuresOf(JOB, 0));
    expect(await store.history.clusters(0, 99)).toEqual(await whole.history.clusters(0, 99));
    await whole.close();
  });

  it('names what its sources did not give, keeps no guess, and tries it again', async () => {
    demo.server.fault({ rate: 1, status: 403, only: 'gcs' });
    const { synced, gaps } = await syncDemo(demo, store.history, [NAME]);

    expect(synced).toMatchObject({ jobs: 1, lookedInto: 0 });
    expect(synced.left).toBeGreaterThan(0);
    expect(gaps.map(({ why, effect }) => `${why}; ${effect}`).join()).toMatch(/not public: .*by the next sync/);
    expect(await store.history.failuresOf(JOB, 0)).toEqual([]);

    demo.server.fault(null);
    expect((await syncDemo(demo, store.history, [NAME])).synced).toMatchObject({ runs: 0, left: 0 });
    expect(await store.history.failuresOf(JOB, 0)).not.toEqual([]);
  });

  it('reads older runs than the grid shows from the pages of the job, once', async () => {
    await syncDemo(demo, store.history, [NAME], { days: 1 });
    const [ofADay, backTo] = [await store.history.runsOf(JOB, 0), await store.history.readBackTo(JOB)];
    await syncDemo(demo, store.history, [NAME], { days: 300 });
    const all = await store.history.runsOf(JOB, 0);

    expect(backTo).toBe(demo.world.now - 86_400_000);
    expect(all.length).toBeGreaterThan(ofADay.length);
    expect(await store.history.readBackTo(JOB)).toBe(demo.world.now - 300 * 86_400_000);
    expect((await syncDemo(demo, store.history, [NAME], { days: 300 })).synced.runs).toBe(0);
  });

  it('of what there is not says so', async () => {
    await expect(syncDemo(demo, store.history, ['no-such-dashboard'])).rejects.toThrow(UnknownSubject);

    const { gaps, synced } = await syncDemo(demo, store.history, [NAME, 'no-such-dashboard']);

    expect(synced.jobs).toBe(1);
    expect(gaps).toMatchObject([{ what: 'no-such-dashboard' }]);
  });
});
