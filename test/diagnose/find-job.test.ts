import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findJob, type Found, type NotFound } from '../../src/diagnose/find-job.ts';
import { Gaps } from '../../src/diagnose/gaps.ts';
import { readQuestion } from '../../src/diagnose/question.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import type { Sources } from '../../src/sources/ports.ts';
import { createSources } from '../../src/sources/sources.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const NETWORK = 'ci-kubernetes-e2e-gce-network';

describe('the job that is meant', () => {
  let demo: Demo;
  let sources: Sources;
  beforeAll(async () => {
    demo = await startDemo();
    const clock = (): number => demo.world.now;
    sources = createSources({ config: parseConfig({}, demo.server.url), cache: memoryCache(), clock });
  });
  afterAll(async () => {
    await sources.close();
    await demo.server.close();
  });
  const find = async (question: string, gaps = new Gaps()): Promise<Found | NotFound> => {
    const systems = sources.systems.map(({ system }) => system);
    return findJob(readQuestion(question, systems), sources, gaps);
  };
  const jobOf = (found: Found | NotFound): string => (found.kind === 'job' ? found.job.name : found.message);

  it('is that of a tab by its very name, on whatever dashboard, though other names hold it', async () => {
    const grids = sources.systems[0]?.grids;
    const dashboards = (await grids?.dashboards())?.value ?? [];
    const places = await Promise.all(
      dashboards.map(async (dashboard) =>
        ((await grids?.tabs(dashboard))?.value ?? []).map((tab) => ({ dashboard, tab })),
      ),
    );

    for (const { dashboard, tab } of places.flat()) {
      const job = jobOf(await find(`why is ${tab} red?`));
      expect([tab, job]).toEqual([tab, jobOf(await find(`${dashboard}#${tab}`))]);
      expect(job).toMatch(new RegExp(`${tab.replaceAll('.', '\\.')}$`));
    }
    expect(jobOf(await find('gce-network'))).toBe(NETWORK);
  });

  it.each([
    'sig-release-master-blocking#gce-network',
    'why is `sig-release-master-blocking#gce-network` red?',
    'sig-release-master-blocking#gce-network?',
    'sig-release-master-blocking#gce-network, why red?',
    'why is the gce-network tab red?',
    'whyred://grid/sig-release-master-blocking/gce-network',
    `whyred://job/${NETWORK}`,
    `whyred://run/kubernetes-ci-logs/logs/${NETWORK}/2123727858169026762`,
    `what does whyred://log/kubernetes-ci-logs/logs/${NETWORK}/2123727858169026762/build-log.txt#L10-L40 say?`,
  ])('is named by %s', async (question) => {
    expect(jobOf(await find(question))).toBe(NETWORK);
  });

  it.each(['gce-network', NETWORK])(
    'is taken by its name where the dashboard has no tab %s, which is said',
    async (tab) => {
      const gaps = new Gaps();

      expect(jobOf(await find(`sig-network-gce#${tab}`, gaps))).toBe(NETWORK);
      expect(gaps.items).toMatchObject([
        { what: `tab ${tab} of dashboard sig-network-gce`, why: 'the dashboard has no such tab' },
      ]);
    },
  );

  it('is none for a tab that does not exist: the dashboard’s tabs nearest in name are shown', async () => {
    const found = await find('sig-network-gce#gce-net');

    expect(found).toMatchObject({ problem: 'unknown' });
    expect(jobOf(found)).toMatch(/^Dashboard sig-network-gce has no tab gce-net,/);
    expect(found.candidates.map(({ url }) => url)).toEqual(
      ['gce-network-dualstack', 'gce-network-policies', 'gce-ingress', 'gce-dns-nodelocal'].map(
        (tab) => `https://testgrid.k8s.io/sig-network-gce#${tab}`,
      ),
    );
    expect(jobOf(await find('sig-nothing#gce-net'))).toMatch(
      /^No dashboard is named sig-nothing\. No job is named gce-net\./,
    );
  });

  it('stands beside others that fit, each once and never itself', async () => {
    for (const question of ['example-org/widget#1234', 'gce-network', 'Is 4.22 aws proxy still broken?']) {
      const found = await find(question);
      const others = found.candidates.map(({ job }) => job);

      expect(others.length).toBeGreaterThan(0);
      expect(new Set([...others, jobOf(found)]).size).toBe(others.length + 1);
    }
  });

  it('is none at a foreign address, which names the hosts that are known', async () => {
    expect(jobOf(await find('https://evil.example/x'))).toMatch(/configured CI system; known are prow\.k8s\.io, /);
  });
});
