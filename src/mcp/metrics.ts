// What an operator watches: calls by tool and outcome, how long they took, and what they fetched.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { createRegistry } from '../ops/registry.ts';
import type { CallReport } from './calls.ts';

export interface Metrics {
  readonly report: (call: CallReport) => void;
  /** The text of `/metrics`, and its content type. */
  readonly render: () => Promise<{ type: string; text: string }>;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** @param running how many calls work and wait now */
export function createMetrics(
  running: () => { working: number; waiting: number },
  registry: Registry = createRegistry(),
): Metrics {
  const registers = [registry];
  const calls = new Counter({
    name: 'whyred_mcp_calls_total',
    help: 'Calls of tools by outcome: ok, error (told to the client), cancelled, bug',
    labelNames: ['tool', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'whyred_mcp_call_seconds',
    help: 'How long calls took once they were begun',
    labelNames: ['tool'],
    buckets: SECONDS,
    registers,
  });
  const requests = new Counter({
    name: 'whyred_upstream_requests_total',
    help: 'Requests sent to CI services for calls',
    registers,
  });
  const bytes = new Counter({
    name: 'whyred_upstream_bytes_total',
    help: 'Bytes of bodies that came for calls',
    registers,
  });
  new Gauge({
    name: 'whyred_mcp_calls_now',
    help: 'Calls that work or wait',
    labelNames: ['state'],
    registers,
    collect() {
      const { working, waiting } = running();
      this.set({ state: 'working' }, working);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  return {
    report: (call) => {
      calls.inc({ tool: call.tool, outcome: call.outcome });
      seconds.observe({ tool: call.tool }, call.ms / 1000);
      requests.inc(call.requests);
      bytes.inc(call.bytes);
    },
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
