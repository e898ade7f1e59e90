import { expect, it } from 'vitest';
import { plain } from '../../src/answer/paint.ts';
import { gather } from '../../src/digest/gather.ts';
import { digestText } from '../../src/digest/text.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { createSources } from '../../src/sources/sources.ts';

it('a summary says which issue a failure is known as, with the issue among its evidence', async () => {
  const world = createWorld({ seed: 1 });
  const server = await serveWorld(world);
  const clock = (): number => world.now;
  const config = parseConfig({ knownIssues: { repositories: ['whyred-demo/release'] } }, server.url);
  const sources = createSources({ config, cache: memoryCache(), clock });
  try {
    const window = { from: world.now - 86_400_000, to: world.now };
    const quota = world.scenarios.find(({ id }) => id === 'quota');

    const { digest } = await gather([quota?.dashboard ?? ''], { sources, clock, window, limit: 100 });

    const known = digest.items.filter(({ note }) => note?.startsWith('known:'));
    expect(known.map(({ jobs }) => jobs.map(({ name }) => name))).toEqual([[quota?.tab]]);
    const cited = digest.evidence.filter(({ id }) => known[0]?.evidence.includes(id));
    expect(cited.map(({ kind }) => kind)).toContain('known-issue');
    expect(digestText(digest, { paint: plain, width: 120 })).toContain('known: whyred-demo/release#34 (fixed ');
  } finally {
    await sources.close();
    await server.close();
  }
});
