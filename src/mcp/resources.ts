// Resources: jobs, runs, logs and grids by address, made by the tools; and the page that shows a grid.
import type { ReadResourceResult, Resource, ResourceTemplate } from '@modelcontextprotocol/sdk/types.js';
import { gridPicture } from '../tooling/grid-picture.ts';
import { parseUri, type Named } from '../tooling/uris.ts';
import { ToolError } from '../tooling/errors.ts';
import { gridPage } from './app/page.ts';
import { GRID_APP_URI } from './app/uri.ts';
import { refuseWhenBusy, runTool, type CallOptions, type Caller } from './calls.ts';

const APP_TYPE = 'text/html;profile=mcp-app';

export const RESOURCES: readonly Resource[] = [
  {
    uri: GRID_APP_URI,
    name: 'grid',
    title: 'Grid as a heat map',
    description: 'The page that shows the result of decode_grid (MCP Apps).',
    mimeType: APP_TYPE,
  },
];

export const TEMPLATES: readonly ResourceTemplate[] = [
  template('whyred://job/{job}', 'job', 'History of a job'),
  template('whyred://run/{bucket}/{+path}', 'run', 'A run by its folder: steps, tests, artifacts'),
  template('whyred://log/{bucket}/{+path}', 'log', 'A log: the lines that say why; with #L10-L40 these lines'),
  template('whyred://grid/{dashboard}/{tab}', 'grid', 'A TestGrid tab, as text and as a picture'),
];

function template(uriTemplate: string, name: string, description: string): ResourceTemplate {
  return { uriTemplate, name, title: description, description, mimeType: 'text/plain' };
}

/** The contents at `uri`. @throws ToolError for an address that is none, and what the tools throw */
export async function readResource(uri: string, caller: Caller, options: CallOptions): Promise<ReadResourceResult> {
  if (uri === GRID_APP_URI)
    return { contents: [{ uri, mimeType: APP_TYPE, text: gridPage(), _meta: { ui: { prefersBorder: true } } }] };
  const named = parseUri(uri);
  if (!named)
    throw new ToolError('there is no such resource', { known: TEMPLATES.map(({ uriTemplate }) => uriTemplate) });
  const { name, args } = callFor(named);
  const { text } = await runTool(name, args, caller, options);
  const asText = { uri, mimeType: 'text/plain', text };
  return { contents: named.kind === 'grid' ? [asText, await pictureOf(named.grid, uri, caller, options)] : [asText] };
}

function callFor(named: Named): { name: string; args: object } {
  switch (named.kind) {
    case 'job':
      return { name: 'get_job_history', args: { job: named.job } };
    case 'run':
      return { name: 'get_run', args: { run: named.run } };
    case 'grid':
      return { name: 'decode_grid', args: { job: named.grid } };
    case 'log':
      return named.lines === null
        ? { name: 'summarize_log', args: { log: named.log } }
        : { name: 'read_log', args: { log: named.log, ...named.lines } };
  }
}

function pictureOf(
  grid: string,
  uri: string,
  { signal, progress }: Caller,
  { sources, clock, limit }: CallOptions,
): Promise<{ uri: string; mimeType: string; blob: string }> {
  refuseWhenBusy(limit);
  return limit(async () => {
    const { png } = await gridPicture(grid, { sources: sources.fork(signal), clock, progress });
    return { uri, mimeType: 'image/png', blob: png.toString('base64') };
  });
}
