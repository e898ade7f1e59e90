// The server over HTTP: who may ask, how much, and a fresh server for each request.
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Sources } from '../../sources/ports.ts';
import { analyze } from './analyze.ts';
import { guard, rpcError, type GuardOptions } from './guard.ts';
import type { Metrics } from '../metrics.ts';
import { UnderWay } from './under-way.ts';
import { verifierOf, type Token } from './tokens.ts';

export interface HttpAppOptions extends GuardOptions {
  /** A fresh server: one answers one request. */
  readonly newServer: () => McpServer;
  /** For what is not asked through MCP. */
  readonly sources: Sources;
  readonly metrics: Metrics;
  /** Empty: nobody is asked for one. */
  readonly tokens: readonly Token[];
  /** Requests a minute for each token, or each address where there are none; null: as many as they like. */
  readonly rate: number | null;
  /** False once the server has been told to stop. */
  readonly isReady: () => boolean;
}

const MAX_BODY = 1024 * 1024;
/** Each message of a batch is as much work as a request of its own. */
const MAX_BATCH = 5;
const MINUTE = 60_000;

export function createHttpApp({ newServer, sources, metrics, tokens, rate, isReady, ...who }: HttpAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Probes come by address and carry no token; they tell nothing else.
  app.get('/healthz', (_, response) => response.json({ ok: true }));
  app.get('/readyz', (_, response) => response.status(isReady() ? 200 : 503).json({ ready: isReady() }));
  app.use(guard(who));
  if (tokens.length > 0) app.use(requireBearerAuth({ verifier: verifierOf(tokens) }));
  app.get('/metrics', async (_, response) => {
    const { type, text } = await metrics.render();
    response.type(type).send(text);
  });
  if (rate !== null)
    app.use(
      rateLimit({
        windowMs: MINUTE,
        limit: rate,
        standardHeaders: true,
        legacyHeaders: false,
        validate: false,
        keyGenerator: (request) => request.auth?.clientId ?? request.socket.remoteAddress ?? '',
        handler: (_, response) => response.status(429).json(rpcError(-32000, 'too many requests: wait a minute')),
      }),
    );
  const underWay = new UnderWay();
  app.post('/mcp', express.json({ limit: MAX_BODY }), (request, response) =>
    serveOne(request, response, newServer(), underWay),
  );
  // No stream of our own accord, and no sessions that could be ended.
  app.all('/mcp', (_, response) => {
    response.status(405).set('Allow', 'POST').json(rpcError(-32000, 'ask with POST'));
  });
  app.post(
    '/analyze',
    express.json({ limit: MAX_BODY, type: ['text/plain', 'application/json'] }),
    async (request, response) => {
      const stop = new AbortController();
      response.on('close', () => stop.abort());
      response.json(await analyze(request.body, sources.fork(stop.signal)));
    },
  );
  app.use((_, response) => response.status(404).json(rpcError(-32000, 'there is nothing here')));
  app.use(onError);
  return app;
}

async function serveOne(request: Request, response: Response, server: McpServer, underWay: UnderWay): Promise<void> {
  const body: unknown = request.body;
  if (Array.isArray(body) && body.length > MAX_BATCH) {
    response.status(400).json(rpcError(-32600, `a batch has at most ${MAX_BATCH} messages`));
    return;
  }
  const session = sessionOf(request);
  // Its server is another one by now: the call is told by the session that the client was given.
  if (underWay.cancel(session, body)) {
    response.status(202).end();
    return;
  }
  if (isInitializeRequest(body)) response.setHeader('mcp-session-id', randomUUID());
  const transport = new StreamableHTTPServerTransport();
  const leave = underWay.enter(session, body, transport);
  // A client that goes away wants no answer any more: closing the server aborts what it has begun.
  response.on('close', () => {
    leave();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, body);
}

const sessionOf = (request: Request): string => {
  const session = request.headers['mcp-session-id'];
  return typeof session === 'string' ? session : '';
};

/** Bodies that cannot be read, and mistakes of ours: a line of JSON, never a stack. */
const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  const told =
    status === 413 ? 'the body is too large' : status < 500 ? 'the body is not JSON' : 'a mistake of whyred itself';
  response.status(status >= 400 && status < 600 ? status : 500).json(rpcError(status < 500 ? -32700 : -32603, told));
};
