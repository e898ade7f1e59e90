// The assistant put together: our own MCP server in this process before a client, the other servers, the model.
import { randomBytes } from 'node:crypto';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { createMcpServer, type McpOptions } from '../mcp/server.ts';
import { cicdAttributes, inSpan } from '../ops/span.ts';
import { answer, type AssistantAnswer } from './answer.ts';
import { Account } from './budget.ts';
import type { ModelConfig } from './config.ts';
import type { Conversation } from './conversation.ts';
import { connectTools, type ToolServer } from './tools.ts';

export interface Asking {
  /** Stops the answer, down to the sockets. */
  readonly signal: AbortSignal;
  readonly progress: (doing: string) => void;
}

export interface Assistant {
  /** Servers that were configured and do not answer. */
  readonly missing: readonly string[];
  ask(question: string, conversation: Conversation, asking: Asking): Promise<AssistantAnswer>;
  close(): Promise<void>;
}

export interface AssistantSetup {
  readonly mcp: McpOptions;
  /** Null: the rules answer. */
  readonly config: ModelConfig | null;
  /** Other MCP servers by the prefix of their tools. */
  readonly others?: Readonly<Record<string, string>>;
}

const SYSTEM = 'assistant';
const QUESTION = {
  name: 'invoke_agent whyred',
  kind: 'internal',
  attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'whyred' },
} as const;
/** Without a model only the time of the tools counts. */
const RULES_MS = 120_000;

/** @throws Error when our own server cannot be had, or its prompt is missing */
export async function openAssistant({ mcp, config, others = {} }: AssistantSetup): Promise<Assistant> {
  const system = mcp.prompts.get(SYSTEM)?.text;
  if (system === undefined) throw new Error(`there is no prompt ${SYSTEM}`);
  const servers: ToolServer[] = [
    { name: '', connect: () => connectOwn(mcp) },
    ...Object.entries(others).map(([name, url]) => ({ name, connect: () => Promise.resolve(overHttp(url)) })),
  ];
  const toolbox = await connectTools(servers, mcp.version);
  return {
    missing: toolbox.missing,
    ask: (question, conversation, { signal, progress }) =>
      inSpan(QUESTION, async ({ set }) => {
        const answered = await answer(
          question,
          conversation,
          {
            model: config?.model ?? null,
            toolbox,
            system,
            account: new Account(config?.limits ?? NO_LIMITS, config?.prices ?? null),
            ms: config?.limits.ms ?? RULES_MS,
            resultTokens: config?.limits.resultTokens ?? 0,
            now: () => performance.now(),
            newMark: () => randomBytes(6).toString('hex'),
            progress,
          },
          signal,
        );
        set(cicdAttributes(answered.first.data));
        return answered;
      }),
    close: () => toolbox.close(),
  };
}

const NO_LIMITS = { turns: 0, calls: 0, inputTokens: 0, outputTokens: 0, dollars: null, ms: RULES_MS, resultTokens: 0 };

async function connectOwn(mcp: McpOptions): Promise<Transport> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createMcpServer(mcp).connect(theirs);
  return ours;
}

const overHttp = (url: string): Transport => new StreamableHTTPClientTransport(new URL(url));
