// The demo world and our server over it, as the checks by others' clients need them.
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import pLimit from 'p-limit';
import { createMetrics } from '../../src/mcp/metrics.ts';
import { serveHttp, type HttpServer } from '../../src/mcp/http/serve.ts';
import { createMcpServer } from '../../src/mcp/server.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { createSources } from '../../src/sources/sources.ts';
import { TOOLS } from '../../tools/index.ts';

export interface Served {
  readonly ciUrl: string;
  /** Our own server, over the demo world. */
  readonly own: HttpServer;
  stop(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

/** Serves one kind of server over our HTTP door. */
export function overHttp(newServer: () => McpServer, sources: Parameters<typeof createMcpServer>[0]['sources']) {
  return serveHttp({
    newServer,
    sources,
    metrics: createMetrics(() => ({ working: 0, waiting: 0 })),
    tokens: [],
    rate: null,
    hosts: LOOPBACK,
    origins: new Set(),
    host: '127.0.0.1',
    port: 0,
  });
}

export async function serveDemo(): Promise<Served & { sources: ReturnType<typeof createSources> }> {
  const world = createWorld({ seed: 1, now: Date.now() });
  const ci = await serveWorld(world);
  const sources = createSources({ config: parseConfig({}, ci.url), cache: memoryCache(), clock: Date.now });
  const prompts = readPrompts();
  const limit = pLimit(8);
  const own = await overHttp(
    () =>
      createMcpServer({
        tools: TOOLS,
        sources,
        clock: Date.now,
        limit,
        report: () => undefined,
        version: '0.0.0',
        prompts,
      }),
    sources,
  );
  return {
    ciUrl: ci.url,
    own,
    sources,
    stop: async () => {
      await own.close(1_000);
      await sources.close();
      await ci.close();
    },
  };
}
