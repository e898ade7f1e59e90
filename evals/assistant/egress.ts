// Records where this process connects to, and every HTTP request that servers in it are sent: what really went out.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

export interface Egress {
  /** `host:port` of every connection that was begun. */
  readonly connections: string[];
  /** Request lines and headers, as servers of this process got them. */
  readonly requests: string[];
  stop(): void;
}

const ARRIVED = 'http.server.request.start';

/** Records from now on. Whatever client it is, it opens a socket. */
export function watchEgress(): Egress {
  const connections: string[] = [];
  const requests: string[] = [];
  const prototype = Socket.prototype as unknown as Record<'connect', (this: Socket, ...args: unknown[]) => Socket>;
  const { connect } = prototype;
  const record = (args: readonly unknown[]): void => {
    const [first] = Array.isArray(args[0]) ? (args[0] as readonly unknown[]) : args;
    if (typeof first !== 'object' || first === null) connections.push(String(first));
    else {
      const { host, port, path } = first as { host?: string; port?: number | string; path?: string };
      connections.push(path ?? `${host ?? 'localhost'}:${port ?? ''}`);
    }
  };
  const recording = function (this: Socket, ...args: unknown[]): Socket {
    record(args);
    return connect.apply(this, args);
  };
  prototype.connect = recording;
  const arrived = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    requests.push(`${request.method ?? ''} ${request.url ?? ''}\n${request.rawHeaders.join('\n')}`);
  };
  subscribe(ARRIVED, arrived);
  return {
    connections,
    requests,
    stop: () => {
      prototype.connect = connect;
      unsubscribe(ARRIVED, arrived);
    },
  };
}
