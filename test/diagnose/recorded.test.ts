import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startMirror, type Mirror } from '../../evals/mirror.ts';
import { investigate } from '../../src/diagnose/investigate.ts';
import type { Investigation } from '../../src/diagnose/investigation.ts';
import { diskCache, memoryCache, type Cache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { SourcesUnreachable } from '../../src/sources/errors.ts';
import type { Usage } from '../../src/sources/meter.ts';
import { createSources } from '../../src/sources/sources.ts';
import { describeRecorded } from '../support/recorded.ts';

const JOB = 'periodic-ci-openshift-release-main-nightly-4.22-telco5g-network-flow-matrix-bm';
const QUESTION = `why is ${JOB} failing?`;

describeRecorded('recorded CI behind the mirror', (shared) => {
  let mirror: Mirror;
  beforeAll(async () => {
    mirror = await startMirror(shared);
  });
  afterAll(() => mirror.stop());
  beforeEach(async () => {
    await mirror.fault({ rate: 0, latency: 0 });
    await mirror.reset();
  });

  async function ask(
    question: string,
    cache: Cache = memoryCache(),
    clock = Date.now,
  ): Promise<Investigation & { cost: Usage }> {
    const sources = createSources({ config: parseConfig({}, mirror.url), cache, clock });
    try {
      return { ...(await investigate(question, { sources, clock })), cost: sources.usage() };
    } finally {
      await sources.close();
    }
  }

  it('names the failing step, since when, and quotes its log at the true lines with public links', async () => {
    const { failures, since, evidence, verdict } = await ask(QUESTION);

    expect(failures[0]).toMatchObject({ step: 'telco5g-cluster-setup', secondary: false });
    expect(failures.filter(({ secondary }) => secondary).map(({ step }) => step)).toEqual([
      'telco5g-log-gather',
      'gather-extra',
    ]);
    expect(since).toMatchObject({
      first_failing: { build: '2074841182621405184' },
      last_passing: { build: '2074478765043355648' },
      recovered: { build: '2080277084764114944' },
    });
    expect(verdict?.recurrence).toBe('recovered');
    const quoted = evidence.find(({ id, kind }) => kind === 'log-lines' && failures[0]?.evidence.includes(id));
    const log = readFileSync(
      join(shared, 'data/prow/gcs/logs', JOB, '2074841182621405184/artifacts/telco5g-cluster-setup/build-log.txt'),
      'utf8',
    );
    expect(quoted?.quote).toBe(
      log
        .split('\n')
        .slice((quoted?.lines?.from ?? 0) - 1, quoted?.lines?.to)
        .join('\n'),
    );
    for (const { url } of evidence)
      expect(url).toMatch(
        /^https:\/\/(?:prow\.ci\.openshift\.org|storage\.googleapis\.com|testgrid\.k8s\.io|github\.com)\//,
      );
  });

  it('costs a cold answer at most 6 waves and 2 MB at 80 ms a request, a repeated one at most 2, as the meter says', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'whyred-'));
    try {
      await mirror.fault({ latency: 80 });
      await mirror.reset();

      const cold = await ask(QUESTION, diskCache(dir, 1e9));
      const metered = await mirror.stats();
      await mirror.reset();
      const repeated = await ask(QUESTION, diskCache(dir, 1e9));

      expect(cold.cost.waves).toBeLessThanOrEqual(6);
      expect(cold.cost.bytes).toBeLessThanOrEqual(2_000_000);
      expect(cold.cost.requests).toBe(metered.requests);
      // The mirror also counts the two bytes of its own answer to the reset.
      expect(cold.cost.bytes).toBe(metered.bytes - 2);
      expect(metered.peak).toBeLessThanOrEqual(8);
      expect(repeated.cost.waves).toBeLessThanOrEqual(2);
      expect(repeated.failures).toEqual(cold.failures);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('finds the job by loose words, and says which others may be meant', async () => {
    expect((await ask('4.22 telco bm network flow')).subject.job).toBe(JOB);
    expect((await ask('telco bm network flow')).candidates.length).toBeGreaterThan(2);
  });

  it('tells of a job known from its grid alone how often the failed test fails, not the step around it', async () => {
    const tab = 'periodic-ci-openshift-release-master-nightly-4.9-e2e-aws-serial';
    const board = 'redhat-openshift-ocp-release-4.9-blocking';
    const then = Date.parse('2021-10-20T00:00:00Z');

    const { verdict } = await ask(`https://testgrid.k8s.io/${board}#${tab}`, memoryCache(), () => then);

    const said = verdict?.reasons.slice(0, 2).map(({ text }) => text) ?? [];
    for (const text of said) expect(text).toMatch(/^Test .*operators should not create watch channels.* 5 of 212 runs/);
  });

  it('still answers when one request in five is refused', async () => {
    await mirror.fault({ rate: 0.2, status: 503 });

    expect((await ask(QUESTION)).failures[0]?.step).toBe('telco5g-cluster-setup');
  });

  it('says that nothing was reached when everything refuses', async () => {
    await mirror.fault({ rate: 1, status: 503 });

    await expect(ask(QUESTION)).rejects.toBeInstanceOf(SourcesUnreachable);
  });
});
