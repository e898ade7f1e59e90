// What the history of every store must do, whichever engine stands behind it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/ci/job.ts';
import { signatureOf } from '../../src/logs/signature.ts';
import type { KeptFailure, KeptRun } from '../../src/store/history.ts';
import type { Store } from '../../src/store/port.ts';

const DAY = 86_400_000;
const FIRST_DAY = 20_000 * DAY;
export const JOB: Job = { system: 'openshift', bucket: 'results', kind: 'periodic', name: 'periodic-e2e-aws' };
export const OTHER_JOB: Job = { ...JOB, name: 'periodic-e2e-gcp' };
export const QUOTA = signatureOf('quota VPCS exceeded in region us-east-1: the maximum number of VPCs was reached');
const NEAR = signatureOf('quota VPCS exceeded in region eu-west-1: the maximum number of VPCs was reached');
const OTHER = signatureOf('timed out waiting for the condition: deployment web has no pods');

const run = (build: string, day: number, job = JOB, result: KeptRun['result'] = 'failed'): KeptRun => ({
  job,
  build,
  result,
  class: 'normal',
  started: FIRST_DAY + day * DAY + Number(build),
  ended: null,
});

const failure = (signature: KeptFailure['signature'], headline = 'it failed'): KeptFailure => ({
  step: 'install',
  test: null,
  locus: 'cluster install',
  signature,
  headline,
});

/** Four runs of two jobs on three days, three of them failed. */
export async function fillHistory({ history }: Store): Promise<void> {
  const [one, two, three] = [run('1', 0), run('2', 1), run('3', 2, OTHER_JOB)];
  await history.keepRuns([one, two, three, run('4', 2, JOB, 'passed')]);
  await history.keepFailures([
    { run: one, failures: [failure(QUOTA, 'quota, first')] },
    { run: two, failures: [failure(OTHER), failure(null)] },
    { run: three, failures: [failure(QUOTA, 'quota, third')] },
  ]);
  await history.keepReadBackTo(JOB, FIRST_DAY);
}

export function describeHistory(name: string, open: () => Promise<Store>): void {
  describe(`history on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('tells the runs of a job since, newest first, and which were looked into', async () => {
      await fillHistory(store);
      await store.history.keepRuns([{ ...run('5', 2), ended: FIRST_DAY + 3 * DAY, class: null, result: 'error' }]);

      const runs = await store.history.runsOf(JOB, FIRST_DAY + DAY);

      expect(runs.map(({ build, isLookedInto }) => [build, isLookedInto])).toEqual([
        ['5', false],
        ['4', false],
        ['2', true],
      ]);
      expect(runs[0]).toEqual({
        build: '5',
        result: 'error',
        class: null,
        started: FIRST_DAY + 2 * DAY + 5,
        ended: FIRST_DAY + 3 * DAY,
        isLookedInto: false,
      });
    });

    it('keeps what it is told twice once, as it was first', async () => {
      await fillHistory(store);
      const before = await store.history.failuresOf(JOB, 0);
      await store.history.keepRuns([{ ...run('1', 0), result: 'passed' }]);
      await store.history.keepFailures([{ run: run('1', 0), failures: [failure(OTHER), failure(QUOTA)] }]);

      expect(await store.history.failuresOf(JOB, 0)).toEqual(before);
      expect((await store.history.runsOf(JOB, 0)).at(-1)?.result).toBe('failed');
    });

    it('looks into a run once though nothing was found', async () => {
      await store.history.keepRuns([run('1', 0)]);
      await store.history.keepFailures([{ run: run('1', 0), failures: [] }]);

      expect((await store.history.runsOf(JOB, 0))[0]?.isLookedInto).toBe(true);
      expect(await store.history.failuresOf(JOB, 0)).toEqual([]);
    });

    it('tells the runs that failed with a signature, in any job, and since when', async () => {
      await fillHistory(store);

      const { newest, since } = await store.history.failuresWith([QUOTA.key, NEAR.key], 1);

      expect(newest).toEqual([
        {
          job: OTHER_JOB,
          build: '3',
          started: FIRST_DAY + 2 * DAY + 3,
          step: 'install',
          test: null,
          locus: 'cluster install',
          signature: QUOTA.key,
          headline: 'quota, third',
        },
      ]);
      expect(since).toBe(FIRST_DAY + 1);
      expect(await store.history.failuresWith([NEAR.key], 9)).toEqual({ newest: [], since: null });
      expect(await store.history.failuresWith([], 9)).toEqual({ newest: [], since: null });
    });

    it('finds signatures that may be similar, and not what has nothing in common', async () => {
      await fillHistory(store);

      expect(await store.history.candidatesNear(NEAR)).toEqual([QUOTA]);
      expect(await store.history.candidatesNear(QUOTA)).toEqual([]);
    });

    it('counts each way of failing over runs and jobs', async () => {
      await fillHistory(store);

      const clusters = await store.history.clusters(0, 9);

      expect(clusters.map(({ signature, runs, jobs }) => [signature.key, runs, jobs])).toEqual([
        [QUOTA.key, 2, 2],
        [OTHER.key, 1, 1],
      ]);
      expect(clusters[0]).toMatchObject({ first: FIRST_DAY + 1, last: FIRST_DAY + 2 * DAY + 3, signature: QUOTA });
      expect(await store.history.clusters(FIRST_DAY + 2 * DAY, 9)).toMatchObject([{ runs: 1, jobs: 1 }]);
    });

    it('knows how far back a job is read, and only goes further', async () => {
      expect(await store.history.readBackTo(JOB)).toBeNull();
      await store.history.keepReadBackTo(JOB, 50);
      await store.history.keepReadBackTo(JOB, 70);

      expect(await store.history.readBackTo(JOB)).toBe(50);
      expect(await store.history.readBackTo(OTHER_JOB)).toBeNull();
    });

    it('forgets whole days, and signatures that nothing fails with any more', async () => {
      await fillHistory(store);

      await store.history.forgetBefore(FIRST_DAY + 2 * DAY + 9);

      expect((await store.history.runsOf(JOB, 0)).map(({ build }) => build)).toEqual(['4']);
      const { newest, since } = await store.history.failuresWith([QUOTA.key], 9);
      expect([newest.map(({ build }) => build), since]).toEqual([['3'], FIRST_DAY + 1]);
      expect(
        await store.history.candidatesNear(
          signatureOf('timed out waiting for the condition: deployment db has no pods'),
        ),
      ).toEqual([]);
      expect(await store.history.readBackTo(JOB)).toBe(FIRST_DAY + 2 * DAY);
    });
  });
}
