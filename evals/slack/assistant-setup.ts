// What an assistant over a CI at one address is opened with: the sources and the tools, no model.
import pLimit from 'p-limit';
import type { McpOptions } from '../../src/mcp/server.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import type { Sources } from '../../src/sources/ports.ts';
import { createSources } from '../../src/sources/sources.ts';
import { TOOLS } from '../../tools/index.ts';

const WORKING = 4;

export function assistantSetup(ciUrl: string): { mcp: McpOptions; sources: Sources } {
  const clock = Date.now;
  const sources = createSources({ config: parseConfig({}, ciUrl), cache: memoryCache(), clock });
  const mcp: McpOptions = {
    tools: TOOLS,
    sources,
    clock,
    limit: pLimit(WORKING),
    report: () => undefined,
    version: '0',
    prompts: readPrompts(),
  };
  return { mcp, sources };
}
