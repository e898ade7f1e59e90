// The server over standard input and output, for a client that starts it.
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createMcpServer, type McpOptions } from './server.ts';

const DRAIN_MS = 20;

/** Serves until the client closes its end or `signal` aborts. Nothing but JSON-RPC is written to `output`. */
export async function serveStdio(
  options: McpOptions,
  { input, output, signal }: { input: Readable; output: Writable; signal: AbortSignal },
): Promise<void> {
  const server = createMcpServer(options);
  const ended = Promise.race([once(input, 'end'), once(input, 'close'), aborted(signal)]);
  await server.connect(new StdioServerTransport(input, output));
  await ended;
  // What was asked before the input ended is answered, unless we are told to stop.
  do await setTimeout(DRAIN_MS);
  while (!signal.aborted && options.limit.activeCount + options.limit.pendingCount > 0);
  await server.close();
}

const aborted = (signal: AbortSignal): Promise<unknown> => (signal.aborted ? Promise.resolve() : once(signal, 'abort'));
