// The operator's door as commands open it: `--ops [host:]port`, or WHYRED_OPS; closed where neither is given.
import type { Registry } from 'prom-client';
import { tellReadiness } from '../ops/registry.ts';
import { serveOps } from '../ops/serve.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

export interface Ops {
  close(): Promise<void>;
}

/** @param obstacles what stands in the way of work; nothing when it is taken. @throws UsageError */
export async function openOps(
  registry: Registry,
  obstacles: () => readonly string[],
  values: Call['values'],
  { env, stderr }: Io,
): Promise<Ops> {
  tellReadiness(registry, () => obstacles().length === 0);
  const asked = values.ops ?? env['WHYRED_OPS'] ?? '';
  if (asked === '') return { close: () => Promise.resolve() };
  const server = await serveOps({ ...addressIn(asked), registry, obstacles }).catch((error: unknown) => {
    throw error instanceof Error && 'syscall' in error
      ? new UsageError('--ops: the address cannot be listened on')
      : error;
  });
  stderr.write(`whyred: /healthz, /readyz and /metrics at ${server.url}\n`);
  return server;
}

/** `9464`, on loopback, `0.0.0.0:9464` or `[::]:9464`. @throws UsageError */
function addressIn(text: string): { host: string; port: number } {
  const [, host = '127.0.0.1', port = ''] = /^(?:\[?([\w.:-]{1,253})\]?:)?(\d{1,5})$/.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) throw new UsageError('--ops is [host:]port, such as 9464 or 0.0.0.0:9464');
  return { host, port: Number(port) };
}
