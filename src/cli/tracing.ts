// Starts sending traces where a collector is configured, by OpenTelemetry's own variables.
import type { SpanExport } from '../ops/export-spans.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** Null where no collector is configured: nothing of the SDK is loaded then. */
export async function startTracing({ env }: Pick<Io, 'env'>): Promise<SpanExport | null> {
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '' || env['OTEL_SDK_DISABLED'] === 'true') return null;
  const { exportSpans } = await import('../ops/export-spans.ts');
  return exportSpans(VERSION);
}
