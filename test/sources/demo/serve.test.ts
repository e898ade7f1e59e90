// The demo server: loopback only, gzip where it is worth it, faults on demand.
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serveWorld, type ServedWorld } from '../../../src/sources/demo/serve.ts';
import { get, world } from './support.ts';

const TABLE = '/testgrid/sig-release-master-blocking/table?tab=gce-network';

let server: ServedWorld;
beforeAll(async () => {
  server = await serveWorld(world);
});
afterAll(() => server.close());
afterEach(() => server.fault(null));

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** A request that nothing decodes or repeats. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const sent = request(server.url + path, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

describe('the demo server', () => {
  it('listens on the loopback interface and answers as the world does', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const plain = await raw(TABLE);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.equals(get(TABLE).body)).toBe(true);
  });

  it('compresses what is large when the client takes gzip, and no ranges', async () => {
    const zipped = await raw(TABLE, { 'accept-encoding': 'gzip, br' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).equals(get(TABLE).body)).toBe(true);
    const small = await raw('/testgrid/api/v1/dashboards', { 'accept-encoding': 'gzip' });
    expect(small.headers['content-encoding']).toBeUndefined();
    const build = /"changelists":\["(\d+)"/.exec(get(TABLE).body.toString())?.[1] ?? '';
    const log = `/gcs/kubernetes-ci-logs/logs/ci-kubernetes-e2e-gce-network/${build}/build-log.txt`;
    const part = await raw(log, { 'accept-encoding': 'gzip', range: 'bytes=0-4095' });
    expect(part.status).toBe(206);
    expect(part.headers['content-encoding']).toBeUndefined();
    expect(part.body).toHaveLength(4096);
  });

  it('answers HEAD with headers alone', async () => {
    const head = await raw(TABLE, {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect(Number(head.headers['content-length'])).toBe(get(TABLE).body.length);
  });

  it('counts requests and the bytes it sent', async () => {
    const before = server.stats();
    const { body } = await raw(TABLE);
    expect(server.stats()).toEqual({ requests: before.requests + 1, bytes: before.bytes + body.length });
  });

  it('fails a service on demand and leaves the others alone', async () => {
    server.fault({ only: 'testgrid', status: 429 });
    const refused = await raw(TABLE);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect((await raw('/deck/prowjobs.js')).status).toBe(200);
  });

  it('fails a share of the requests', async () => {
    server.fault({ rate: 0.5 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => raw('/testgrid/api/v1/dashboards')));
    const failures = answers.filter(({ status }) => status === 503).length;
    expect(failures).toBeGreaterThan(10);
    expect(failures).toBeLessThan(50);
  });

  it('answers with a login page or with half a gzip stream', async () => {
    server.fault({ body: 'html' });
    const login = await raw(TABLE);
    expect([login.status, login.body.toString()]).toEqual([200, expect.stringContaining('<form action="/login">')]);
    server.fault({ body: 'truncated-gzip' });
    const half = await raw(TABLE);
    expect(half.headers['content-encoding']).toBe('gzip');
    expect(() => gunzipSync(half.body)).toThrow(/unexpected end/);
  });

  it('is slow on demand without failing', async () => {
    server.fault({ latencyMs: 80 });
    const began = performance.now();
    expect((await raw('/testgrid/api/v1/dashboards')).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(70);
  });
});
