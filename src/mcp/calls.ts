// One call of a tool from its arguments to its result: sources of its own, progress, cancellation, and an account of it.
import type { LimitFunction } from 'p-limit';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Past } from '../history/past.ts';
import type { Sources } from '../sources/ports.ts';
import { SourceError } from '../sources/errors.ts';
import { explainError, ToolError } from '../tooling/errors.ts';
import type { Called, Tool } from '../tooling/tool.ts';
import { cicdAttributes, inSpan } from '../ops/span.ts';
import { wireError, wireResult } from './wire.ts';

const MAX_WAITING = 200;
const METHOD = 'tools/call';

/** What is said of a call once it is over. */
export interface CallReport {
  readonly tool: string;
  readonly outcome: 'ok' | 'error' | 'cancelled' | 'bug';
  readonly ms: number;
  readonly requests: number;
  readonly bytes: number;
  /** For the operator, never for a client; null unless it is a mistake of ours. */
  readonly error: unknown;
}

export interface CallOptions {
  readonly tools: readonly Tool[];
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** How many calls work at once; the others wait. */
  readonly limit: LimitFunction;
  readonly report: (report: CallReport) => void;
  /** What is kept of earlier runs, where something is. */
  readonly past?: Past | undefined;
}

export interface Caller {
  readonly signal: AbortSignal;
  /** What came with the request beside its parameters: a trace of the caller's may be in it. */
  readonly meta?: unknown;
  readonly progress: (doing: string) => void;
}

/** The output of a tool. @throws what the tool throws, and ToolError for a tool nobody has */
export async function runTool(name: string, args: unknown, caller: Caller, options: CallOptions): Promise<Called> {
  const { tools, sources, clock, limit, report, past } = options;
  const tool = tools.find((known) => known.name === name);

  if (!tool)
    throw new ToolError('there is no such tool', { known: [`tools: ${tools.map((known) => known.name).join(', ')}`] });
  refuseWhenBusy(limit);
  return limit(async () => {
    const began = performance.now();
    const own = sources.fork(caller.signal);
    const done = (outcome: CallReport['outcome'], error: unknown = null): void => {
      const { requests, bytes } = own.usage();
      report({ tool: name, outcome, ms: performance.now() - began, requests, bytes, error });
    };
    try {
      caller.signal.throwIfAborted();
      const called = await tool.call(args, { sources: own, clock, past, progress: caller.progress });
      done('ok');
      return called;
    } catch (error) {
      const outcome = outcomeOf(error, caller.signal);
      done(outcome, outcome === 'bug' ? error : null);
      throw error;
    }
  });
}

/** @throws ToolError when so many wait already that an answer would come too late to be of use */
export function refuseWhenBusy(limit: LimitFunction): void {
  if (limit.pendingCount >= MAX_WAITING)
    throw new ToolError('the server has too much to do', {
      known: [`${limit.pendingCount} calls wait`],
      next: ['the same call in a minute'],
    });
}

function outcomeOf(error: unknown, signal: AbortSignal): CallReport['outcome'] {
  if (signal.aborted || (error instanceof SourceError && error.problem === 'cancelled')) return 'cancelled';
  return explainError(error).bug === true ? 'bug' : 'error';
}

/** The result of `tools/call`: errors of whatever kind are results too, which a model can act on. */
export async function callTool(
  name: string,
  args: unknown,
  caller: Caller,
  options: CallOptions,
): Promise<CallToolResult> {
  // What nobody has may be called anything: its name is not repeated.
  const tool = options.tools.some((known) => known.name === name) ? { 'gen_ai.tool.name': name } : {};
  const attributes = { 'mcp.method.name': METHOD, 'gen_ai.operation.name': 'execute_tool', ...tool };
  const span = { name: [METHOD, ...Object.values(tool)].join(' '), kind: 'server', attributes } as const;
  return inSpan({ ...span, carrier: caller.meta }, async ({ set, fail }) => {
    try {
      const called = await runTool(name, args, caller, options);
      set(cicdAttributes(called.output));
      return wireResult(called);
    } catch (error) {
      fail('tool_error');
      return wireError(explainError(error));
    }
  });
}
