// The demo world behind its server, and questions asked of it through the real code path.
import { investigate } from '../../src/diagnose/investigate.ts';
import type { Investigation } from '../../src/diagnose/investigation.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld, type ServedWorld } from '../../src/sources/demo/serve.ts';
import { createWorld, type DemoWorld } from '../../src/sources/demo/world.ts';
import type { Usage } from '../../src/sources/meter.ts';
import { createSources } from '../../src/sources/sources.ts';

export interface Demo {
  readonly world: DemoWorld;
  readonly server: ServedWorld;
  ask(question: string): Promise<Investigation & { cost: Usage }>;
}

/** @param config what a config file would hold */
export async function startDemo(seed = 1, config: unknown = {}): Promise<Demo> {
  const world = createWorld({ seed });
  const server = await serveWorld(world);
  const clock = (): number => world.now;
  return {
    world,
    server,
    ask: async (question) => {
      const sources = createSources({ config: parseConfig(config, server.url), cache: memoryCache(), clock });
      try {
        return { ...(await investigate(question, { sources, clock })), cost: sources.usage() };
      } finally {
        await sources.close();
      }
    },
  };
}
