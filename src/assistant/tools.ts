// The tools an assistant may use: ours through an MCP client, and those of other servers that were configured beside it.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ModelTool } from './model.ts';

export interface ToolServer {
  /** Empty for our own; the others' tools are called `<name>__<tool>`. */
  readonly name: string;
  readonly connect: () => Promise<Transport>;
}

export interface ToolOutcome {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

export interface Toolbox {
  readonly tools: readonly ModelTool[];
  /** Servers that could not be reached, and are left out. */
  readonly missing: readonly string[];
  /**
   * @param progress is told what one of our own tools does now, in words of ours
   * @throws Error when the connection fails or the signal aborts; what a tool says of a failure is an outcome
   */
  call(
    name: string,
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    progress?: (doing: string) => void,
  ): Promise<ToolOutcome>;
  close(): Promise<void>;
}

const CALL_TIMEOUT_MS = 45_000;
const SEPARATOR = '__';
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Connects to all servers; the first is ours and must answer. @throws Error when it does not */
export async function connectTools(servers: readonly ToolServer[], version: string): Promise<Toolbox> {
  const clients = new Map<string, Client>();
  const tools: ModelTool[] = [];
  const missing: string[] = [];
  for (const { name, connect } of servers) {
    const client = new Client({ name: 'whyred', version });
    try {
      await client.connect(await connect());
      const listed = (await client.listTools()).tools;
      clients.set(name, client);
      tools.push(...listed.flatMap((tool) => functionOf(name, tool)));
    } catch (error) {
      if (name === '') throw error;
      missing.push(name);
    }
  }
  return {
    tools,
    missing,
    call: async (name, args, signal, progress) => {
      const [server, tool] = split(name, clients);
      const client = clients.get(server);
      if (!client || !tools.some((known) => known.name === name)) return noTool(name, tools);
      const result = await client.callTool({ name: tool, arguments: { ...args } }, undefined, {
        signal,
        timeout: CALL_TIMEOUT_MS,
        maxTotalTimeout: CALL_TIMEOUT_MS,
        ...(server === '' && progress ? { onprogress: ({ message = '' }) => progress(message) } : {}),
      });
      const content = result.content as { type: string; text?: string }[];
      const text = content.flatMap((part) => part.text ?? []).join('\n');
      // What another server calls evidence is not what we have checked.
      const data = server === '' ? ((result.structuredContent ?? {}) as Record<string, unknown>) : {};
      return { text, data, isError: result.isError === true };
    },
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

const noTool = (name: string, tools: readonly ModelTool[]): ToolOutcome => ({
  text: `Not done: there is no tool ${NAME.test(name) ? name : 'of that name'}\nNext: one of ${tools.map((tool) => tool.name).join(', ')}`,
  data: {},
  isError: true,
});

function split(name: string, clients: ReadonlyMap<string, Client>): [server: string, tool: string] {
  const [server = '', ...rest] = name.split(SEPARATOR);
  return rest.length > 0 && clients.has(server) ? [server, rest.join(SEPARATOR)] : ['', name];
}

/** A tool as a function: what a model needs to call it, and nothing else, for every word is paid for in each turn. */
function functionOf(
  server: string,
  tool: { name: string; description?: string | undefined; inputSchema: object },
): ModelTool[] {
  const name = server === '' ? tool.name : `${server}${SEPARATOR}${tool.name}`;
  if (!NAME.test(name)) return [];
  return [{ name, description: tool.description ?? '', parameters: thin(tool.inputSchema) as object }];
}

const COSTS_ONLY = new Set(['$schema', 'additionalProperties', 'minLength', 'maxLength', 'minItems', 'title']);

/** The schema without what a server checks anyway and a model does not read. */
function thin(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(thin);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, inner]) => {
      if (key === 'properties') return [[key, thinAll(inner as Record<string, unknown>)]];
      return COSTS_ONLY.has(key) ? [] : [[key, thin(inner)]];
    }),
  );
}

const thinAll = (properties: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, thin(schema)]));
