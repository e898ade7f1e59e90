import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { competent } from '../../evals/models/characters.ts';
import { Conversation } from '../../src/assistant/conversation.ts';
import { exportSpans, type SpanExport } from '../../src/ops/export-spans.ts';
import { inSpan } from '../../src/ops/span.ts';
import { startAssistant } from '../support/assistant.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { connectMcp, type McpFixture } from '../support/mcp.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const KNOWN = new Set(Object.entries(conventions).flatMap(([name, key]) => (name.startsWith('ATTR_') ? [key] : [])));
let demo: Demo;
let tracing: SpanExport;
let exporter: InMemorySpanExporter;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
beforeEach(() => {
  exporter = new InMemorySpanExporter();
  tracing = exportSpans('0.0.0', new SimpleSpanProcessor({ exporter }));
});
afterEach(() => tracing.stop());

const named = (name: string): ReadableSpan => {
  const span = exporter.getFinishedSpans().find((one) => one.name === name);
  if (!span) throw new Error(`there is no span ${name}`);
  return span;
};

async function withMcp(work: (mcp: McpFixture) => Promise<unknown>): Promise<void> {
  const mcp = await connectMcp(demo.server.url, () => demo.world.now);
  await work(mcp).finally(() => mcp.close());
}

describe('a question', () => {
  const ask = async (env: Record<string, string> = {}): Promise<void> => {
    const fixture = await startAssistant(demo.server.url, () => demo.world.now, competent, env);
    const asking = { signal: new AbortController().signal, progress: () => undefined };
    const asked = fixture.assistant.ask(`Why is ${JOB} red? It says canary-7731`, new Conversation(), asking);
    await asked.finally(() => fixture.close());
  };

  it('is a span with the turns of the model and the calls of tools below it', async () => {
    await ask();

    const question = named('invoke_agent whyred');
    const below = [named('chat scripted'), named('tools/call diagnose')];
    expect(question.attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'cicd.pipeline.name': JOB,
      'cicd.pipeline.run.id': expect.stringMatching(/^\d{10,}$/) as string,
    });
    for (const span of below) expect(span.parentSpanContext?.spanId).toBe(question.spanContext().spanId);
    expect(below[0]?.kind).toBe(SpanKind.CLIENT);
    expect(below[0]?.attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(100);
    expect(below[1]?.attributes).toMatchObject({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'diagnose' });
  });

  it('is told in attributes that the conventions know, and in no word of what was said', async () => {
    await ask({ OPENAI_API_KEY: 'sk-canary-7731' });

    const spans = exporter.getFinishedSpans();
    expect(spans.length).toBeGreaterThan(2);
    for (const { attributes, events } of spans) {
      for (const key of Object.keys(attributes)) expect(KNOWN, key).toContain(key);
      expect(events).toEqual([]);
      expect(JSON.stringify(attributes)).not.toContain('canary');
    }
  });
});

describe('a call of a tool', () => {
  it('that ends in an error is an error, though the protocol calls it a result', async () => {
    await withMcp((mcp) => mcp.call('diagnose', { question: 'no-such-job-anywhere' }));

    const span = named('tools/call diagnose');
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.attributes['error.type']).toBe('tool_error');
    expect(span.kind).toBe(SpanKind.SERVER);
  });

  it('of a tool that nobody has does not spread its name', async () => {
    await withMcp(({ client }) => client.callTool({ name: 'canary-7731', arguments: {} }));

    const span = named('tools/call');
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(JSON.stringify(span.attributes)).not.toContain('canary');
  });

  it('belongs to the trace of its caller', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    await withMcp(({ client }) =>
      client.callTool({ name: 'find_jobs', arguments: { query: 'network' }, _meta: { traceparent } }),
    );

    expect(named('tools/call find_jobs').spanContext().traceId).toBe(traceId);
  });
});

describe('a span', () => {
  it('of work that throws is an error by the name of its class, without its message', async () => {
    const work = inSpan({ name: 'work', kind: 'internal', attributes: {} }, () =>
      Promise.reject(new TypeError('canary-7731')),
    );

    await expect(work).rejects.toThrow('canary-7731');
    const { attributes, status, events } = named('work');
    expect({ attributes, status, events }).toEqual({
      attributes: { 'error.type': 'TypeError' },
      status: { code: SpanStatusCode.ERROR },
      events: [],
    });
  });

  it('costs nothing to those who export none', async () => {
    await tracing.stop();
    expect(await inSpan({ name: 'work', kind: 'internal', attributes: {} }, () => Promise.resolve(7))).toBe(7);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
