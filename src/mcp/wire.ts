// Tools as MCP puts them on the wire.
import type { Tool as WireTool, CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { errorText, type ExplainedError } from '../tooling/errors.ts';
import type { Called, Tool } from '../tooling/tool.ts';
import { withoutNulls, withoutNullTypes } from './nulls.ts';
import { GRID_APP_URI, GRID_TOOLS } from './app/uri.ts';

/** Nothing is ever changed, the same call may be repeated, and the sources are public services. */
const ANNOTATIONS = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };

/** What a client shows its model of a tool. */
export const shownTool = ({ name, title, description, input }: Tool): WireTool => ({
  name,
  title,
  description,
  inputSchema: schemaOf(input, 'input') as WireTool['inputSchema'],
  annotations: { title, ...ANNOTATIONS },
});

/** The definition that `tools/list` gives. */
export const wireTool = (tool: Tool): WireTool => ({
  ...shownTool(tool),
  outputSchema: withoutNullTypes(schemaOf(tool.output, 'output')) as NonNullable<WireTool['outputSchema']>,
  ...(GRID_TOOLS.has(tool.name) ? { _meta: { ui: { resourceUri: GRID_APP_URI } } } : {}),
});

/** JSON Schema 2020-12 without the parts that only cost: the dialect, and integer bounds that say nothing. */
function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): object {
  const made = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  delete made.$schema;
  return made;
}

/** The result of a call: short text, the same as data, and what can be read on. */
export const wireResult = ({ text, output, links, page }: Called): CallToolResult => ({
  content: [{ type: 'text', text }, ...links.map((link) => ({ type: 'resource_link' as const, ...link }))],
  structuredContent: withoutNulls(output) as Record<string, unknown>,
  ...(page === null ? {} : { _meta: { 'whyred/page': page } }),
});

export const wireError = (error: ExplainedError): CallToolResult => ({
  content: [{ type: 'text', text: errorText(error) }],
  isError: true,
});
