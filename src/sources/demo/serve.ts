// Serves a demo world over HTTP on the loopback interface.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { FaultInjector, type Fault } from './faults.ts';
import { respond, type WireResponse } from './wire/response.ts';
import type { DemoWorld } from './world.ts';

export type { Fault } from './faults.ts';

export interface ServedWorld {
  /** Without a slash at the end; the services are below it at `/testgrid`, `/gcs` and `/deck`. */
  readonly url: string;
  close(): Promise<void>;
  stats(): { requests: number; bytes: number };
  /** From now on fail like this; null ends it. */
  fault(fault: Fault | null): void;
}

const COMPRESS_FROM = 1024;

/** @param options.port 0, the default, takes any free one */
export async function serveWorld(world: DemoWorld, options: { port?: number } = {}): Promise<ServedWorld> {
  const stats = { requests: 0, bytes: 0 };
  const faults = new FaultInjector(world.now);
  const server = createServer((request, response) => {
    stats.requests += 1;
    answer(world, faults, request)
      .catch((error: unknown) => respond(500, 'text/plain', String(error)))
      .then((answered) => {
        stats.bytes += send(request, response, answered);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
    stats: () => ({ ...stats }),
    fault: (fault) => faults.set(fault),
  };
}

async function answer(world: DemoWorld, faults: FaultInjector, request: IncomingMessage): Promise<WireResponse> {
  const url = new URL(request.url ?? '/', 'http://demo');
  const service = url.pathname.split('/')[1] ?? '';
  const delay = faults.delay(service);
  if (delay > 0) await sleep(delay);
  const headers = { range: request.headers.range };
  return compressed(request, faults.spoil(service, world.answer(request.method ?? 'GET', url, headers)));
}

/** The answer compressed, where the client takes it, it is worth it, and no byte range was asked for. */
function compressed(request: IncomingMessage, answered: WireResponse): WireResponse {
  const { headers, body } = answered;
  const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (!accepts || request.headers.range !== undefined || body.length <= COMPRESS_FROM || 'content-encoding' in headers)
    return answered;
  const zipped = { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
  return { ...answered, headers: zipped, body: gzipSync(body, { level: 1 }) };
}

/** @returns how many bytes of body were sent */
function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: WireResponse): number {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  const head = request.method === 'HEAD';
  response.end(head ? undefined : body);
  return head ? 0 : body.length;
}
