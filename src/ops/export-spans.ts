// Sends spans to an OpenTelemetry collector. Loaded only where one is configured: it brings the SDK with it.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';

export interface SpanExport {
  /** Sends what is left and ends; a collector that does not answer is not waited for long. */
  stop(): Promise<void>;
}

/**
 * Records spans from here on. Where they are sent, with which headers and of which resource the SDK reads
 * from its own variables (`OTEL_EXPORTER_OTLP_ENDPOINT` and so on).
 * @param processor for tests: what takes the spans in place of the exporter
 */
export function exportSpans(
  version: string,
  processor: SpanProcessor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() }),
): SpanExport {
  const ours = resourceFromAttributes({ 'service.name': 'whyred', 'service.version': version });
  const theirs = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
  const resource = defaultResource().merge(ours).merge(theirs);
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    stop: async () => {
      await provider.shutdown().catch(() => undefined);
      for (const api of [trace, propagation, context]) api.disable();
    },
  };
}
