// Traces: how long a question, a call of a tool and a turn of a model took, named by OpenTelemetry's conventions. Nothing
// is recorded unless `export-spans.ts` was started, and never a word of what was asked, answered or read.
import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

export interface SpanOptions {
  readonly name: string;
  /** `server` for what others ask of us, `client` for what we ask of others. */
  readonly kind: 'server' | 'client' | 'internal';
  readonly attributes: Attributes;
  /** Where the caller's own trace is told (`traceparent`); a part of the trace that is under way where it is not. */
  readonly carrier?: unknown;
}

/** What is found out about a span while it lasts. */
export interface OpenSpan {
  readonly set: (attributes: Attributes) => void;
  /** It ends with an error of this kind: a word of ours, never a message. */
  readonly fail: (type: string) => void;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/** Does a piece of work within a span. What it throws makes the span an error by the name of its class. */
export function inSpan<T>(
  { name, kind, attributes, carrier }: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  const within = carrier === undefined ? context.active() : propagation.extract(context.active(), carrier);
  return trace.getTracer('whyred').startActiveSpan(name, { kind: KINDS[kind], attributes }, within, async (span) => {
    const fail = (type: string): void => {
      span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
    };
    try {
      return await work({ set: (more) => void span.setAttributes(more), fail });
    } catch (error) {
      fail(error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The attributes of CI/CD that a tool's output tells: which job, and which run of it. */
export function cicdAttributes({ job, build }: Readonly<Record<string, unknown>>): Attributes {
  return {
    ...(typeof job === 'string' ? { 'cicd.pipeline.name': job } : {}),
    ...(typeof build === 'string' ? { 'cicd.pipeline.run.id': build } : {}),
  };
}
