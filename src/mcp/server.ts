// The MCP server: tools, resources, prompts and completion over one set of sources. Definitions know no protocol; this does.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
} from '@modelcontextprotocol/sdk/types.js';
import type { Prompt } from '../prompts/prompt.ts';
import { missingIn, renderPrompt } from '../prompts/prompt.ts';
import { errorText, explainError } from '../tooling/errors.ts';
import { callTool, type CallOptions, type Caller } from './calls.ts';
import { complete } from './complete.ts';
import { readResource, RESOURCES, TEMPLATES } from './resources.ts';
import { wireTool } from './wire.ts';

export interface McpOptions extends CallOptions {
  readonly version: string;
  readonly prompts: ReadonlyMap<string, Prompt>;
}

const INSTRUCTIONS = 'instructions';

/** What the protocol's handlers are given besides the request. */
interface Extra {
  readonly signal: AbortSignal;
  readonly _meta?: { readonly progressToken?: string | number | undefined } | undefined;
  readonly sendNotification: (notification: ServerNotification) => Promise<void>;
}

/** A server for one connection, or one request. It keeps no state. */
export function createMcpServer(options: McpOptions): McpServer {
  const { tools, sources, version, prompts } = options;
  const instructions = prompts.get(INSTRUCTIONS)?.text ?? '';
  const mcp = new McpServer(
    { name: 'whyred', title: 'whyred: why is it red?', version, websiteUrl: 'https://www.npmjs.com/package/whyred' },
    {
      capabilities: {
        tools: {},
        resources: {},
        prompts: {},
        completions: {},
        extensions: { 'io.modelcontextprotocol/ui': {} },
      },
      instructions,
    },
  );
  const { server } = mcp;
  const offered = [...prompts.values()].filter(({ internal }) => !internal);

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(wireTool) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    callTool(params.name, params.arguments, callerOf(extra), options),
  );

  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [...RESOURCES] }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [...TEMPLATES] }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }, extra) => {
    try {
      return await readResource(params.uri, callerOf(extra), options);
    } catch (error) {
      const explained = explainError(error);
      const isTheirs = explained.bug !== true && !explained.retry;
      throw new McpError(isTheirs ? ErrorCode.InvalidParams : ErrorCode.InternalError, errorText(explained));
    }
  });

  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: offered.map(({ id, title, description, arguments: args }) => ({
      name: id,
      title,
      description,
      arguments: args,
    })),
  }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    const prompt = offered.find(({ id }) => id === params.name);
    if (!prompt) throw new McpError(ErrorCode.InvalidParams, `Prompts are: ${offered.map(({ id }) => id).join(', ')}`);
    const values = params.arguments ?? {};
    const missing = missingIn(prompt, values);
    if (missing.length > 0) throw new McpError(ErrorCode.InvalidParams, `It needs: ${missing.join(', ')}`);
    const text = renderPrompt(prompt, values);
    return { description: prompt.description, messages: [{ role: 'user', content: { type: 'text', text } }] };
  });

  server.setRequestHandler(CompleteRequestSchema, async ({ params }, extra) => ({
    completion: {
      ...(await complete(
        params.argument.name,
        params.argument.value,
        params.context?.arguments ?? {},
        sources.fork(extra.signal),
      )),
    },
  }));
  return mcp;
}

/** Progress goes to a client that asked for it; what it does not take is no error of the call. */
function callerOf({ signal, _meta, sendNotification }: Extra): Caller {
  const progressToken = _meta?.progressToken;
  let progress = 0;
  return {
    signal,
    meta: _meta,
    progress: (message) => {
      if (progressToken === undefined) return;
      progress += 1;
      void sendNotification({
        method: 'notifications/progress',
        params: { progressToken, progress, message },
      }).catch(() => undefined);
    },
  };
}
