// Socket Mode: the app connects, each thing to tell goes to one of its connections in an envelope and waits for its ack.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Attempt, Retry, Transport } from './delivery.ts';
import type { Told } from './events.ts';
import { isFields, type Fields } from './schema.ts';

export interface SocketOptions {
  readonly appId: string;
  readonly clock: () => number;
  readonly ackMs: number;
}

/** An envelope that was acked. */
export interface Ack {
  readonly envelopeId: string;
  readonly connection: number;
  readonly payload: Fields;
}

interface Connection {
  readonly number: number;
  readonly socket: WebSocket;
  /** Envelopes that wait for their ack. */
  readonly waiting: Map<string, (outcome: 'acked' | 'connection_failed', payload: Fields) => void>;
  /** Told to go: gets nothing any more. */
  leaving: boolean;
}

/** How often Slack pings. */
const PING = 10_000;

export class SocketMode implements Transport {
  readonly acks: Ack[] = [];
  /** Which connection each envelope went to. */
  readonly sent: { readonly envelopeId: string; readonly connection: number }[] = [];
  readonly #server: WebSocketServer;
  readonly #options: SocketOptions;
  readonly #connections = new Set<Connection>();
  #last = 0;
  #turn = 0;

  constructor(server: Server, options: SocketOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({ server, path: '/link/' });
    this.#server.on('connection', (socket) => {
      this.#welcome(socket);
    });
  }

  /** How many connections the app has open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Sends one thing to the connection whose turn it is. */
  async send({ kind, payload }: Told, retry: Retry | null): Promise<Attempt> {
    const at = this.#options.clock();
    const started = performance.now();
    const done = (outcome: Attempt['outcome'], answer: Fields | null = null): Attempt => ({
      at,
      ms: performance.now() - started,
      retry,
      outcome,
      status: null,
      answer,
      noRetry: false,
    });
    const ready = Array.from(this.#connections).filter(({ leaving }) => !leaving);
    this.#turn += 1;
    const connection = ready[this.#turn % ready.length];
    if (!connection) return done('connection_failed');
    const envelopeId = `${connection.number}-${this.#turn}-envelope`;
    this.sent.push({ envelopeId, connection: connection.number });
    const { promise, resolve } = Promise.withResolvers<Attempt>();
    const timer = setTimeout(() => {
      resolve(done('http_timeout'));
    }, this.#options.ackMs);
    connection.waiting.set(envelopeId, (outcome, answer) => {
      resolve(done(outcome, outcome === 'acked' ? answer : null));
    });
    connection.socket.send(
      JSON.stringify({
        envelope_id: envelopeId,
        type: kind,
        payload,
        accepts_response_payload: kind !== 'events_api',
        ...(kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
      }),
    );
    const attempt = await promise;
    clearTimeout(timer);
    connection.waiting.delete(envelopeId);
    return attempt;
  }

  /** Tells every connection that it will go away; the client is to open another. */
  refresh(reason: 'refresh_requested' | 'warning' = 'refresh_requested'): void {
    for (const connection of this.#connections) {
      connection.leaving = reason === 'refresh_requested';
      connection.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'stand-in' } }));
    }
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #welcome(socket: WebSocket): void {
    this.#last += 1;
    const connection: Connection = { number: this.#last, socket, waiting: new Map(), leaving: false };
    this.#connections.add(connection);
    const pings = setInterval(() => {
      socket.ping();
    }, PING);
    socket.on('message', (data: Buffer) => {
      this.#hear(connection, data.toString());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(pings);
      this.#connections.delete(connection);
      for (const give of connection.waiting.values()) give('connection_failed', {});
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#connections.size,
        connection_info: { app_id: this.#options.appId },
        debug_info: { host: 'stand-in', build_number: 1, approximate_connection_time: 3_600 },
      }),
    );
  }

  #hear(connection: Connection, text: string): void {
    const value: unknown = JSON.parse(text);
    if (!isFields(value) || typeof value['envelope_id'] !== 'string') return;
    const envelopeId = value['envelope_id'];
    const payload = isFields(value['payload']) ? value['payload'] : {};
    this.acks.push({ envelopeId, connection: connection.number, payload });
    connection.waiting.get(envelopeId)?.('acked', payload);
  }
}
