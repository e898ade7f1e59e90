// whyred mcp
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { jsonLine } from '../../answer/json.ts';
import type { Past } from '../../history/past.ts';
import type { CallReport } from '../../mcp/calls.ts';
import { createMetrics } from '../../mcp/metrics.ts';
import { serveHttp } from '../../mcp/http/serve.ts';
import { BadTokens, parseTokens, type Token } from '../../mcp/http/tokens.ts';
import { createMcpServer, type McpOptions } from '../../mcp/server.ts';
import { createRegistry } from '../../ops/registry.ts';
import { serveStdio } from '../../mcp/stdio.ts';
import { readPrompts } from '../../prompts/files.ts';
import type { Sources } from '../../sources/ports.ts';
import { TOOLS } from '../../../tools/index.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { numberOf } from '../numbers.ts';
import { openOps } from '../ops.ts';
import { openLastingSources, openSources } from '../options.ts';
import { openPast } from '../past.ts';
import { VERSION } from '../version.ts';

/** Calls that work at once: each may hold logs of some ten megabytes. */
const WORKING = 8;
const PORT = 8484;
const RATE = 60;
const GRACE_MS = 20_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]', '::1'];
const EVERYWHERE = ['0.0.0.0', '::'];

export const mcp: Command = {
  name: 'mcp',
  usage: 'mcp [--http]',
  summary: 'the MCP server, on standard input and output, or over HTTP on loopback',
  run: async ({ words, values }, io) => {
    if (words.length > 0) throw new UsageError('mcp takes options only');
    const isHttp = values.http === true;
    const sources = isHttp ? openLastingSources(values, io) : openSources(values, io);
    const { past, close } = await openPast(values, io);
    try {
      await (isHttp ? overHttp(values, sources, past, io) : overStdio(sources, past, io));
      return EXIT.answered;
    } finally {
      await sources.close();
      await close();
    }
  },
};

function optionsOf(sources: Sources, past: Past | undefined, io: Io, report: (call: CallReport) => void): McpOptions {
  const limit = pLimit(WORKING);
  return { tools: TOOLS, sources, past, clock: io.clock, limit, report, version: VERSION, prompts: readPrompts() };
}

async function overStdio(sources: Sources, past: Past | undefined, io: Io): Promise<void> {
  const { pipes, signal } = io;
  if (!pipes) throw new UsageError('mcp needs standard input and output');
  await serveStdio(
    optionsOf(sources, past, io, (call) => tell(call, io)),
    { ...pipes, signal },
  );
}

async function overHttp(values: Call['values'], sources: Sources, past: Past | undefined, io: Io): Promise<void> {
  const host = values.host ?? '127.0.0.1';
  const isLocal = LOOPBACK.includes(host);
  const tokens = tokensOf(values, io);
  const named = values['allow-host'] ?? [];
  if (!isLocal && tokens.length === 0)
    throw new UsageError(
      `${host} can be reached by others: give tokens in WHYRED_MCP_TOKENS or --tokens <file>, \`name: token\` a line`,
    );
  if (EVERYWHERE.includes(host) && named.length === 0)
    throw new UsageError(`--host ${host} needs --allow-host with the names that clients use`);
  const limited = numberOf(values.rate, 'rate', { least: 1, most: 1_000_000 });
  const working = optionsOf(sources, past, io, (call) => {
    metrics.report(call);
    tell(call, io);
  });
  const { limit } = working;
  const registry = createRegistry();
  const metrics = createMetrics(() => ({ working: limit.activeCount, waiting: limit.pendingCount }), registry);
  let isServing = false;
  const ops = await openOps(registry, () => (isServing && !io.signal.aborted ? [] : ['not serving']), values, io);
  try {
    const server = await serveHttp({
      newServer: () => createMcpServer(working),
      sources,
      metrics,
      tokens,
      rate: limited ?? (isLocal && tokens.length === 0 ? null : RATE),
      hosts: new Set([...(isLocal ? LOOPBACK : [host]), ...named].map((name) => name.toLowerCase())),
      origins: new Set(values['allow-origin'] ?? []),
      host,
      port: numberOf(values.port, 'port', { least: 0, most: 65_535 }) ?? PORT,
    });
    isServing = true;
    io.stderr.write(`whyred: MCP at ${server.url}${tokens.length > 0 ? `, ${tokens.length} tokens` : ''}\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await server.close(GRACE_MS);
  } finally {
    await ops.close();
  }
}

function tokensOf({ tokens: file }: Call['values'], { env }: Io): Token[] {
  try {
    return parseTokens(file === undefined ? (env['WHYRED_MCP_TOKENS'] ?? '') : readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof BadTokens) throw new UsageError(error.message);
    throw new UsageError(`the tokens in ${file ?? ''} cannot be read`);
  }
}

/** A line of JSON for the operator, of calls that failed through a mistake of ours. */
function tell({ tool, outcome, ms, error }: CallReport, { stderr }: Io): void {
  if (outcome !== 'bug') return;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(jsonLine({ level: 'error', tool, ms: Math.round(ms), error: told }));
}
