import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Body } from '../../src/sources/body.ts';
import { memoryCache, type Cache } from '../../src/sources/cache.ts';
import { createHttp, type Http, type Request } from '../../src/sources/http.ts';
import { parseJson } from '../../src/sources/json.ts';
import { serve, type TestServer } from '../support/server.ts';

const open: (Http | TestServer)[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

interface Setup {
  readonly http: Http;
  readonly server: TestServer;
  readonly get: (request?: Partial<Request<unknown>>) => Promise<unknown>;
}

async function setUp(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: { cache?: Cache; clock?: () => number; signal?: AbortSignal } = {},
): Promise<Setup> {
  const server = await serve(answer);
  const http = createHttp({ origins: new Set([server.url]), cache: memoryCache(), clock: () => 0, ...options });
  open.push(http, server);
  const get = async (request: Partial<Request<unknown>> = {}): Promise<unknown> => {
    const { value } = await http.get({
      service: 'gcs',
      what: 'thing',
      url: `${server.url}/thing`,
      keep: 0,
      maxBytes: 10_000_000,
      partial: 'refuse',
      accept: ({ bytes }: Body) => parseJson(bytes),
      ...request,
    });
    return value;
  };
  return { http, server, get };
}

const text = (body: Body): string => `${body.bytes.length} ${String(body.cut)}`;

describe('a request', () => {
  it('counts what the server counts, bytes as they came over the wire', async () => {
    const packed = gzipSync(JSON.stringify({ a: 'x'.repeat(5_000) }));
    const { http, get } = await setUp((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    );

    await get();

    expect(http.usage()).toEqual({ requests: 1, bytes: packed.length, waves: 1 });
  });

  it('counts a wave for each request that began after another had ended', async () => {
    const { http, get, server } = await setUp((_, response) => response.end('{}'));

    await Promise.all([get({ url: `${server.url}/a` }), get({ url: `${server.url}/b` })]);
    await get({ url: `${server.url}/c` });

    expect(http.usage()).toMatchObject({ requests: 3, waves: 2 });
  });

  it('for the same thing at the same time goes out once', async () => {
    const { server, get } = await setUp((_, response) => response.end('{}'));

    await Promise.all([get(), get(), get()]);

    expect(server.asked).toHaveLength(1);
  });

  it('is tried again when the service is overloaded, and counted each time (D-08)', async () => {
    let tries = 0;
    const { http, get } = await setUp((_, response) => {
      tries += 1;
      if (tries < 3) response.writeHead(503).end('busy');
      else response.end('{"ok":true}');
    });

    expect(await get()).toEqual({ ok: true });
    expect(http.usage().requests).toBe(3);
  });

  it('gives up after four tries and says so without the upstream’s words', async () => {
    const { server, get } = await setUp((_, response) => response.writeHead(503).end('secret path /srv/x'));

    await expect(get()).rejects.toMatchObject({
      problem: 'unavailable',
      message: 'thing: unavailable (HTTP 503 after 4 tries)',
    });
    expect(server.asked).toHaveLength(4);
  });

  it.each([
    [404, 'not found'],
    [401, 'not public'],
    [403, 'not public'],
    [302, 'bad response'],
    [418, 'bad response'],
  ])('that is answered %i is not repeated and not followed (D-06, D-07, N-03)', async (status, problem) => {
    const { server, get } = await setUp((_, response) =>
      response.writeHead(status, { location: 'http://169.254.169.254/' }).end(),
    );

    await expect(get()).rejects.toMatchObject({ problem });
    expect(server.asked).toHaveLength(1);
  });

  it('goes to configured origins only', async () => {
    const { get, server } = await setUp((_, response) => response.end('{}'));

    await expect(get({ url: 'http://127.0.0.1:1/x' })).rejects.toMatchObject({ problem: 'not allowed' });
    expect(server.asked).toEqual([]);
  });

  it('never takes HTML, an empty body or other JSON for an answer (D-10)', async () => {
    const bodies = ['<html>please log in</html>', '', '[1,2', `${'['.repeat(70)}${']'.repeat(70)}`];
    let next = 0;
    const { get, server } = await setUp((_, response) => response.end(bodies[next++]));

    for (const path of ['/a', '/b', '/c', '/d'])
      await expect(get({ url: server.url + path })).rejects.toMatchObject({ problem: 'bad response' });
  });

  it('ends when the caller stops it', async () => {
    const stop = new AbortController();
    const { get } = await setUp(() => stop.abort(), { signal: stop.signal });

    await expect(get()).rejects.toMatchObject({ problem: 'cancelled' });
  });
});

describe('a body', () => {
  const packed = gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, i) => `line ${i}`).join('\n')));

  it('that is cut off is kept as far as it came and marked, where that is of use (B-04)', async () => {
    const { get } = await setUp((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length / 2)),
    );

    expect(await get({ partial: 'keep', accept: text })).toMatch(/^[1-9]\d+ cut off$/);
    await expect(get()).rejects.toMatchObject({ problem: 'cut off' });
  });

  it('whose connection breaks in the middle is marked as cut', async () => {
    const { get } = await setUp((_, response) => {
      response.writeHead(200, { 'content-length': '100000' }).write('x'.repeat(1000));
      setTimeout(() => response.destroy(), 50);
    });

    expect(await get({ partial: 'keep', accept: text })).toMatch(/cut off$/);
  });

  it('is read to its cap of decoded bytes and no further (B-02)', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { get } = await setUp((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));

    expect(await get({ partial: 'keep', maxBytes: 1_000_000, accept: text })).toBe('1000000 too large');
  });

  it('that unpacks to two hundred times its size is refused before its cap', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const { get } = await setUp((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));

    expect(await get({ partial: 'keep', maxBytes: 90_000_000, accept: ({ bytes }) => bytes.length < 40_000_000 })).toBe(
      true,
    );
  });

  it('in an unknown encoding is refused (B-03)', async () => {
    const { get } = await setUp((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(packed),
    );

    await expect(get()).rejects.toMatchObject({ problem: 'bad response' });
  });
});

describe('the cache', () => {
  it('keeps what belongs to a finished run for good, and the rest for its time', async () => {
    let now = 0;
    const { server, get } = await setUp((_, response) => response.end('{}'), { clock: () => now });

    await get({ url: `${server.url}/run`, keep: 'for good' });
    await get({ url: `${server.url}/page`, keep: 1000 });
    now = 999;
    await get({ url: `${server.url}/page`, keep: 1000 });
    now = 1e12;
    await get({ url: `${server.url}/run`, keep: 'for good' });
    await get({ url: `${server.url}/page`, keep: 1000 });

    expect(server.asked).toEqual(['/run', '/page', '/page']);
  });

  it('asks again with the ETag and keeps the body when nothing changed', async () => {
    const { server, get } = await setUp((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end('{"n":1}');
    });

    expect([await get(), await get()]).toEqual([{ n: 1 }, { n: 1 }]);
    expect(server.asked).toHaveLength(2);
  });

  it('never keeps a body that is not what was asked for, and falls back to the good one it had (D-13)', async () => {
    let now = 0;
    let body = '{"n":1}';
    const { http, server, get } = await setUp((_, response) => response.end(body), { clock: () => now });
    const request = {
      service: 'deck' as const,
      what: 'x',
      url: `${server.url}/x`,
      keep: 10,
      maxBytes: 1000,
      partial: 'refuse' as const,
    };
    const accept = ({ bytes }: Body): unknown => parseJson(bytes);

    await get({ url: request.url, keep: 10 });
    body = '<html>down for maintenance</html>';
    now = 60_000;

    expect(await http.get({ ...request, accept })).toMatchObject({ value: { n: 1 }, staleMs: 60_000 });
    now = 25 * 3_600_000;
    await expect(http.get({ ...request, accept })).rejects.toMatchObject({ problem: 'bad response' });
  });
});
