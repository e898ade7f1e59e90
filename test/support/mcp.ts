// The real MCP server over the demo world, with a real client before it.
import pLimit from 'p-limit';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { CallReport } from '../../src/mcp/calls.ts';
import { createMcpServer, type McpOptions } from '../../src/mcp/server.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import type { Sources } from '../../src/sources/ports.ts';
import { createSources } from '../../src/sources/sources.ts';
import { TOOLS } from '../../tools/index.ts';

export interface Result {
  readonly text: string;
  readonly isError: boolean;
  readonly output: Record<string, unknown>;
  readonly links: readonly string[];
}

export interface McpFixture {
  readonly client: Client;
  readonly options: McpOptions;
  readonly reports: CallReport[];
  call(name: string, args?: Record<string, unknown>): Promise<Result>;
  close(): Promise<void>;
}

/** Options of a server whose sources are at `url`. */
export function mcpOptions(
  url: string,
  now: () => number,
  more: Partial<McpOptions> = {},
): McpOptions & { sources: Sources } {
  const sources = createSources({ config: parseConfig({}, url), cache: memoryCache(), clock: now });
  return {
    tools: TOOLS,
    sources,
    clock: now,
    limit: pLimit(8),
    report: () => undefined,
    version: '0.0.0',
    prompts: readPrompts(),
    ...more,
  };
}

/** A client in this process, connected to a server whose sources are at `url`. */
export async function connectMcp(url: string, now: () => number): Promise<McpFixture> {
  const reports: CallReport[] = [];
  const options = mcpOptions(url, now, { report: (report) => reports.push(report) });
  const server = createMcpServer(options);
  const client = new Client({ name: 'test', version: '0.0.0' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  // From here on the client holds each result to the schema it was promised.
  await client.listTools();
  return {
    client,
    options,
    reports,
    call: async (name, args = {}) => resultOf(await client.callTool({ name, arguments: args })),
    close: async () => {
      await client.close();
      await options.sources.close();
    },
  };
}

/** The parts of a result that tests look at. */
export function resultOf(result: Awaited<ReturnType<Client['callTool']>>): Result {
  const content = result.content as { type: string; text?: string; uri?: string }[];
  return {
    text: content.flatMap(({ text }) => text ?? []).join('\n'),
    isError: result.isError === true,
    output: (result.structuredContent ?? {}) as Record<string, unknown>,
    links: content.flatMap(({ uri }) => uri ?? []),
  };
}
