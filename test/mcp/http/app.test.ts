import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createMetrics } from '../../../src/mcp/metrics.ts';
import { serveHttp, type HttpServer, type ServeOptions } from '../../../src/mcp/http/serve.ts';
import { createMcpServer } from '../../../src/mcp/server.ts';
import { parseTokens } from '../../../src/mcp/http/tokens.ts';
import { startDemo, type Demo } from '../../support/demo.ts';
import { mcpOptions, resultOf } from '../../support/mcp.ts';
import { serve, type TestServer } from '../../support/server.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const SECRET = 'a-secret-of-more-than-24-characters';
const open: (() => Promise<void>)[] = [];
let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(more: Partial<ServeOptions> = {}, ciUrl = demo.server.url): Promise<HttpServer> {
  const metrics = createMetrics(() => ({ working: 0, waiting: 0 }));
  const mcp = mcpOptions(ciUrl, () => demo.world.now, { report: (call) => metrics.report(call) });
  const server = await serveHttp({
    newServer: () => createMcpServer(mcp),
    sources: mcp.sources,
    metrics,
    tokens: [],
    rate: null,
    hosts: new Set(['127.0.0.1', 'localhost']),
    origins: new Set(),
    host: '127.0.0.1',
    port: 0,
    ...more,
  });
  open.push(async () => {
    await server.close(100);
    await mcp.sources.close();
  });
  return server;
}

async function connectTo(server: HttpServer, headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '0' });
  const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } });
  await client.connect(transport);
  open.push(() => client.close());
  return client;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

function send(
  server: HttpServer,
  options: { path?: string; method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Reply> {
  const url = new URL(options.path ?? '/mcp', server.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method: options.method ?? 'POST',
        setHost: options.headers?.['host'] === undefined,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...options.headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    request.on('error', reject);
    const ping = options.method === undefined ? JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }) : '';
    request.end(options.body ?? ping);
  });
}

describe('a client over HTTP', () => {
  it('lists, calls and reads, each request on a server of its own', async () => {
    const client = await connectTo(await start());

    expect((await client.listTools()).tools.length).toBeGreaterThan(10);
    const { text } = resultOf(await client.callTool({ name: 'diagnose', arguments: { question: JOB } }));
    expect(text).toMatch(/^RED ci-kubernetes-e2e-gce-network/);
  });

  it.each(['by a notification', 'by going away'])('cancels %s, and nothing is fetched any more', async (way) => {
    const connected = new Set<Socket>();
    const begun = Promise.withResolvers<undefined>();
    const slow: TestServer = await serve(({ socket }) => {
      connected.add(socket);
      socket.once('close', () => connected.delete(socket));
      begun.resolve(undefined);
    });
    open.push(() => slow.close());
    const client = await connectTo(await start({}, slow.url));
    const stop = new AbortController();

    const call = client.callTool({ name: 'get_job_history', arguments: { job: JOB } }, undefined, {
      signal: stop.signal,
    });
    await begun.promise;
    if (way === 'by a notification') stop.abort('enough');
    else void client.close();

    await expect(call).rejects.toThrow();
    await expect.poll(() => connected.size).toBe(0);
  });
});

describe('who may ask (N-07)', () => {
  it.each<[string, Record<string, string>]>([
    ['another host', { host: 'evil.example' }],
    ['another host with our port', { host: 'evil.example:8484' }],
    ['no host', { host: '' }],
    ['a user in the host', { host: 'user@127.0.0.1' }],
    ['a path in the host', { host: '127.0.0.1/x' }],
    ['an origin', { origin: 'https://evil.example' }],
    ['the origin null', { origin: 'null' }],
    ['an origin on loopback', { origin: 'http://localhost:3000' }],
  ])('refuses %s', async (_, headers) => {
    const { status, text } = await send(await start(), { headers });

    expect(status === 403 || (headers['host'] === '' && status === 400)).toBe(true);
    expect(text).not.toContain('evil');
  });

  it('takes its own origin', async () => {
    const server = await start();

    expect((await send(server, { headers: { origin: new URL(server.url).origin } })).status).toBe(200);
  });

  it('takes an origin that is listed', async () => {
    const server = await start({ origins: new Set(['https://ide.example']) });

    expect((await send(server, { headers: { origin: 'https://ide.example' } })).status).toBe(200);
  });

  it('lets probes through, and nothing else', async () => {
    const server = await start({ tokens: parseTokens(`ci: ${SECRET}`) });
    const host = '10.2.3.4';

    expect((await send(server, { path: '/healthz', method: 'GET', headers: { host } })).status).toBe(200);
    expect((await send(server, { path: '/readyz', method: 'GET', headers: { host } })).status).toBe(200);
    expect((await send(server, { path: '/metrics', method: 'GET', headers: { host } })).status).toBe(403);
  });
});

describe('tokens (N-09)', () => {
  it.each([
    ['none', {}],
    ['another', { authorization: 'Bearer another-token-of-24-characters' }],
    ['another scheme', { authorization: `Basic ${SECRET}` }],
    ['an unsigned JWT', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.' }],
    ['nothing behind the scheme', { authorization: 'Bearer ' }],
  ])('refuse %s and say how to ask', async (_, headers) => {
    const { status, headers: answered } = await send(await start({ tokens: parseTokens(`ci: ${SECRET}`) }), {
      headers,
    });

    expect(status).toBe(401);
    expect(answered['www-authenticate']).toMatch(/^Bearer /);
  });

  it('let their owner in, and go to no CI service', async () => {
    const headers: (string | undefined)[] = [];
    const ci = await serve((request, response) => {
      headers.push(JSON.stringify(request.headers));
      response.writeHead(404).end();
    });
    open.push(() => ci.close());
    const server = await start({ tokens: parseTokens(`# who\nci: ${SECRET}, ide: ${SECRET}x`) }, ci.url);

    const client = await connectTo(server, { authorization: `Bearer ${SECRET}x`, cookie: 'session=client' });
    await client.callTool({ name: 'get_job_history', arguments: { job: JOB } });

    expect(headers.length).toBeGreaterThan(0);
    expect(headers.join()).not.toMatch(/authorization|cookie|a-secret/);
  });

  it('have a rate each', async () => {
    const server = await start({ tokens: parseTokens(`a: ${SECRET}1, b: ${SECRET}2`), rate: 3 });
    const ask = async (who: string): Promise<number> =>
      (await send(server, { headers: { authorization: `Bearer ${SECRET}${who}` } })).status;

    expect([await ask('1'), await ask('1'), await ask('1'), await ask('1')]).toEqual([200, 200, 200, 429]);
    expect(await ask('2')).toBe(200);
  });

  it.each(['short: abc', 'no-secret', 'a: aaaaaaaaaaaaaaaaaaaaaaaaaa\na: bbbbbbbbbbbbbbbbbbbbbbbbbb'])(
    'are refused at the start where they are none: %s',
    (text) => {
      expect(() => parseTokens(text)).toThrow(/token/);
      expect(() => parseTokens(text)).not.toThrow(/abc|aaaa/);
    },
  );
});

describe('bodies (N-08)', () => {
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

  it.each([
    ['five megabytes', 'x'.repeat(5_000_000), 413],
    ['no JSON', '{"jsonrpc":', 400],
    ['50,000 levels', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
    ['a batch of 101', JSON.stringify(Array(101).fill(ping)), 400],
    ['something else', '"hello"', 400],
    ['nothing', '', 400],
  ])('of %s are an error of JSON-RPC without a stack', async (_, body, status) => {
    const reply = await send(await start(), { body });

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) as number } });
    expect(reply.text).not.toMatch(/node_modules|\.ts:|\.js:/);
  });

  it('of arguments 50,000 levels deep are refused by the tool', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"diagnose","arguments":${deep}}}`;

    const reply = await send(await start(), { body });

    expect([200, 400, 500]).toContain(reply.status);
    expect(reply.text).not.toMatch(/node_modules|\.ts:|\.js:/);
  });

  it('that come too slowly end with their connection', async () => {
    const server = await start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(
      'POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );

    await once(socket, 'connect');
    await server.close(50);

    await once(socket, 'close');
  });

  it('ask for other methods and paths in vain', async () => {
    const server = await start();

    expect((await send(server, { method: 'GET' })).status).toBe(405);
    expect((await send(server, { method: 'DELETE' })).status).toBe(405);
    expect((await send(server, { path: '/admin' })).status).toBe(404);
  });
});

describe('an operator', () => {
  it('sees calls by tool and outcome', async () => {
    const server = await start();
    const client = await connectTo(server);
    await client.callTool({ name: 'get_job_history', arguments: { job: JOB } });
    await client.callTool({ name: 'get_job_history', arguments: {} });

    const { text, headers } = await send(server, { path: '/metrics', method: 'GET' });

    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('whyred_mcp_calls_total{tool="get_job_history",outcome="ok"} 1');
    expect(text).toContain('whyred_mcp_calls_total{tool="get_job_history",outcome="error"} 1');
    expect(text).toMatch(/whyred_upstream_requests_total [1-9]/);
  });

  it('stops the server without cutting off a call that ends in time', async () => {
    const server = await start();
    const client = await connectTo(server);

    const call = client.callTool({ name: 'diagnose', arguments: { question: JOB } });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const closed = server.close(5_000);

    expect(resultOf(await call).text).toMatch(/^RED/);
    await client.close();
    await closed;
    await expect(send(server)).rejects.toThrow();
  });
});

describe('the Analyze button of Prow', () => {
  const post = async (server: HttpServer, body: object): Promise<Record<string, unknown>> => {
    const { status, text } = await send(server, {
      path: '/analyze',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(body),
    });
    expect(status).toBe(200);
    return JSON.parse(text) as Record<string, unknown>;
  };

  it('is told the lines that say why, and a link to them', async () => {
    const server = await start();
    const client = await connectTo(server);
    const { output } = resultOf(await client.callTool({ name: 'summarize_log', arguments: { log: JOB } }));
    const path = (output['log'] as string).replace('gs://', '');
    const { line } = output['headline'] as { line: number };

    for (const host of ['storage.googleapis.com', 'storage.cloud.google.com']) {
      const answer = await post(server, { url: `https://${host}/${path}`, pin: true, overwrite: true });

      expect(answer).toMatchObject({ pinned: false, link: expect.stringContaining('build-log.txt') as string });
      expect(answer['min']).toBeLessThanOrEqual(line);
      expect(answer['max']).toBeGreaterThanOrEqual(line);
    }
  });

  it.each<[string, Record<string, string>]>([
    ['another host', { url: 'https://evil.example/kubernetes-ci-logs/logs/a/1/build-log.txt' }],
    ['another bucket', { url: 'https://storage.googleapis.com/other/logs/a/1/build-log.txt' }],
    ['a log that is gone', { url: 'https://storage.googleapis.com/kubernetes-ci-logs/logs/a/1/build-log.txt' }],
    ['nothing', {}],
  ])('is told what is wrong with %s, in its own form', async (_, body) => {
    expect(await post(await start(), body)).toEqual({
      min: 0,
      max: 0,
      pinned: false,
      error: expect.any(String) as string,
    });
  });
});
