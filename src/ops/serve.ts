// The operator's door, on an address of its own: is it alive, does it take work, what has it done.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface OpsOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly registry: Registry;
  /** What stands in the way of work; nothing when it is taken. */
  readonly obstacles: () => readonly string[];
}

export interface OpsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws Error of `node:net` when the address cannot be listened on */
export async function serveOps({ host, port, registry, obstacles }: OpsOptions): Promise<OpsServer> {
  const say = (response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  const server = createServer((request, response) => {
    const inTheWay = obstacles();
    if (request.method !== 'GET') say(response, 405, 'ask with GET\n');
    else if (request.url === '/healthz') say(response, 200, 'alive\n');
    else if (request.url === '/readyz')
      say(response, inTheWay.length === 0 ? 200 : 503, `${inTheWay.length === 0 ? 'ready' : inTheWay.join(', ')}\n`);
    else if (request.url === '/metrics')
      registry.metrics().then(
        (text) => say(response, 200, text, registry.contentType),
        // A store that does not answer, for one: nothing is told rather than something wrong.
        () => say(response, 503, 'the metrics cannot be told\n'),
      );
    else say(response, 404, 'there are /healthz, /readyz and /metrics\n');
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
