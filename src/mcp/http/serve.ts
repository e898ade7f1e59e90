// Listens, and stops without cutting off what it has begun.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpApp, type HttpAppOptions } from './app.ts';

export interface ServeOptions extends Omit<HttpAppOptions, 'isReady'> {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface HttpServer {
  readonly url: string;
  /** Answers no new requests, lets those under way end within `graceMs`, then cuts them off. */
  close(graceMs: number): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const CHECKED_EVERY_MS = 2_000;

/** @throws Error of `node:net` when the address cannot be listened on */
export async function serveHttp({ host, port, ...options }: ServeOptions): Promise<HttpServer> {
  let ready = true;
  const app = createHttpApp({ ...options, isReady: () => ready });
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECKED_EVERY_MS,
    },
    app,
  );
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}/mcp`,
    close: async (graceMs) => {
      ready = false;
      await stop(server, graceMs);
    },
  };
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(late);
}
