import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDay } from '../../evals/digest/plan.ts';
import type { Digest, Section } from '../../src/digest/digest.ts';
import { gather } from '../../src/digest/gather.ts';
import { handoverOf } from '../../src/digest/handover.ts';
import { digestPage } from '../../src/digest/html/page.ts';
import { digestMarkdown } from '../../src/digest/markdown.ts';
import { UnknownSubject } from '../../src/digest/subject.ts';
import { digestText } from '../../src/digest/text.ts';
import { plain } from '../../src/answer/paint.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld, type ServedWorld } from '../../src/sources/demo/serve.ts';
import { createWorld, type DemoWorld } from '../../src/sources/demo/world.ts';
import { createSources } from '../../src/sources/sources.ts';

const DAY = 86_400_000;

interface Asked {
  readonly subject: readonly string[];
  readonly until?: number;
  readonly limit?: number;
}

const summaryOf = async (
  world: DemoWorld,
  server: ServedWorld,
  { subject, until = world.now, limit = 100 }: Asked,
): ReturnType<typeof gather> => {
  const clock = (): number => world.now;
  const sources = createSources({ config: parseConfig({}, server.url), cache: memoryCache(), clock });
  const window = { from: until - DAY, to: until };
  try {
    return await gather(subject, { sources, clock, window, limit, draw: true });
  } finally {
    await sources.close();
  }
};

const titlesIn = ({ items }: Digest, section: Section): string[] =>
  items.filter((item) => item.section === section).map(({ title }) => title);

describe('the summary of a made day', () => {
  const plan = planDay(7);
  const world = createWorld({ seed: 7, jobs: plan.jobs });
  let server: ServedWorld;
  let digest: Digest;
  beforeAll(async () => {
    server = await serveWorld(world);
    ({ digest } = await summaryOf(world, server, { subject: [plan.dashboard] }));
  });
  afterAll(() => server.close());

  it('tells each planted event once, in its section, and nothing else', () => {
    const told = digest.items.map(({ section, jobs }) => [section, jobs.map(({ name }) => name).sort()]);
    const planted = plan.planted.map(({ section, jobs }) => [section, [...jobs].sort()]);
    const sorted = (list: unknown[]): string[] => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(told)).toEqual(sorted(planted));
  });

  it('has an outage of many jobs as one item, and counts its runs apart', () => {
    const outage = digest.items.find(({ section, isOver }) => section === 'infrastructure' && !isOver);
    expect(outage?.jobs.length).toBeGreaterThan(2);
    expect(outage?.title).toContain('failed to acquire lease');
    expect(digest.runs.infrastructure).toBeGreaterThanOrEqual(outage?.jobs.length ?? 0);
  });

  it('says of what broke where the proof stands', () => {
    for (const item of digest.items.filter(({ section }) => section === 'broke')) {
      const cited = item.evidence.map((id) => digest.evidence.find((known) => known.id === id));
      expect(cited.length).toBeGreaterThan(0);
      for (const piece of cited) expect(piece?.url).toMatch(/^https:\/\//);
    }
  });

  it('hands over: what is open still, what is new, what is gone', async () => {
    const before = await summaryOf(world, server, { subject: [plan.dashboard], until: world.now - DAY });
    const handover = handoverOf(before.digest, digest.items);
    expect(handover.kept).toBeGreaterThan(0);
    expect(handover.added).toBeGreaterThan(0);
    expect(handoverOf(digest, digest.items)).toMatchObject({ added: 0, gone: [] });
  });

  it('a job that was fixed says so once', () => {
    const [fixed] = digest.items.filter(({ section }) => section === 'recovered');
    expect(titlesIn(digest, 'recovered')).toHaveLength(1);
    expect(digest.items.filter(({ jobs }) => jobs.some(({ url }) => url === fixed?.jobs[0]?.url))).toHaveLength(1);
  });
});

describe('the summary of the demo world', () => {
  const world = createWorld({ seed: 1 });
  let server: ServedWorld;
  beforeAll(async () => {
    server = await serveWorld(world);
  });
  afterAll(() => server.close());
  const subject = ['redhat-openshift-ocp-release-4.22-informing', 'sig-release-*'];

  it('is of dashboards and patterns, each tab once', async () => {
    const { digest } = await summaryOf(world, server, { subject: [...subject, 'sig-release-master-blocking'] });
    const names = digest.jobs.map(({ url }) => url);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(15);
  });

  it('is of a job by its name', async () => {
    const { digest } = await summaryOf(world, server, { subject: ['ci-kubernetes-e2e-gce-network'] });
    expect(digest.jobs.map(({ name }) => name)).toEqual(['gce-network']);
  });

  it.each([
    ['its name', 'sig-release-master-blocking#gce-network'],
    ['its address', 'https://testgrid.k8s.io/sig-release-master-blocking#gce-network'],
  ])('is of a tab by %s', async (_, name) => {
    const { digest } = await summaryOf(world, server, { subject: [name] });
    expect(digest.jobs.map((job) => job.name)).toEqual(['gce-network']);
  });

  it('says which names are nothing’s, and refuses where all are', async () => {
    const { digest } = await summaryOf(world, server, { subject: [...subject, 'no-such-dashboard'] });
    expect(digest.gaps.map(({ what }) => what)).toContain('no-such-dashboard');
    await expect(summaryOf(world, server, { subject: ['no-such-dashboard'] })).rejects.toThrow(UnknownSubject);
  });

  it('says what it did not look into', async () => {
    const { digest } = await summaryOf(world, server, { subject, limit: 1 });
    expect(digest.gaps.map(({ why }) => why)).toContain('the limit is 1');
    expect(digest.items.some(({ note }) => note === 'its runs were not looked into')).toBe(true);
  });

  it('names the gap that a failing source leaves', async () => {
    server.fault({ only: 'gcs', status: 403 });
    try {
      const { digest } = await summaryOf(world, server, { subject });
      expect(digest.items.length).toBeGreaterThan(0);
      expect(digest.gaps.length).toBeGreaterThan(0);
    } finally {
      server.fault(null);
    }
  });

  it('is the same in words, Markdown and as a page: nothing of others is markup, and nothing comes from elsewhere', async () => {
    const { digest, pictures } = await summaryOf(world, server, { subject });
    const text = digestText(digest, { paint: plain, width: 110 });
    const markdown = digestMarkdown(digest);
    const page = digestPage(digest, pictures);
    for (const { title } of digest.items) expect(text).toContain(title.slice(0, 30));
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(markdown).not.toMatch(/[^\\]<!channel/);
    expect(page).not.toMatch(
      /<(?!\/?(?:!doctype|html|head|meta|title|style|body|header|h[123]|p|nav|ul|li|a|main|section|article|pre|details|summary|div|img|svg|g|rect|text|line|table|thead|tbody|tr|th|td|button|footer|script)[\s>])/,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    for (const [, url = ''] of page.matchAll(/\b(?:src|href)="([^"]*)"/g))
      expect(url).toMatch(
        /^(?:#|data:image\/svg\+xml;base64,|https:\/\/(?:testgrid\.k8s\.io|prow\.|storage\.googleapis\.com|github\.com|[\w.-]+\.openshift\.org))/,
      );
    expect(pictures.size).toBeGreaterThan(3);
  });
});
