import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pastOf } from '../../src/diagnose/past.ts';
import type { Past } from '../../src/history/past.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { createSources } from '../../src/sources/sources.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import type { Called } from '../../src/tooling/tool.ts';
import tool from '../../tools/find-similar-failures.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { syncDemo } from '../support/synced.ts';

const JOB = 'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-fips';

describe('failures like one, with a history', () => {
  let demo: Demo;
  let store: SqliteStore;
  beforeAll(async () => {
    demo = await startDemo();
    store = openSqlite(':memory:');
    await syncDemo(demo, store.history, ['redhat-openshift-ocp-release-4.22-informing']);
  });
  afterAll(async () => {
    await store.close();
    await demo.server.close();
  });

  async function similar(past: Past | undefined, limit: number): Promise<Called> {
    const clock = (): number => demo.world.now;
    const sources = createSources({ config: parseConfig({}, demo.server.url), cache: memoryCache(), clock });
    try {
      return await tool.call({ run: JOB, limit }, { sources, clock, past, progress: () => undefined });
    } finally {
      await sources.close();
    }
  }

  it('are found where nothing but the history was read of them, each once', async () => {
    const past = pastOf(store.history);

    const [{ output: without }, { output, text }] = [await similar(undefined, 1), await similar(past, 1)];

    const found = output['similar'] as { job: string; build: string; evidence: string[] }[];
    expect(found.length).toBeGreaterThan((without['similar'] as unknown[]).length);
    expect(new Set(found.map(({ job, build }) => `${job} ${build}`)).size).toBe(found.length);
    const evidence = (output['evidence'] as { id: string }[]).map(({ id }) => id);
    for (const { evidence: ids } of found) expect(evidence).toEqual(expect.arrayContaining(ids));
    expect(output['seen_before']).toMatchObject({ at_least: false });
    expect(text).toMatch(/Seen before: \d+ runs in \d+ jobs? since .*, by the history that is kept\./);
    expect(without['seen_before']).toBeUndefined();
  });
});
