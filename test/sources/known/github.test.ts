import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryCache } from '../../../src/sources/cache.ts';
import { createHttp, type Http } from '../../../src/sources/http.ts';
import { githubIssues, type IssueMemory } from '../../../src/sources/known/github.ts';
import { Memory } from '../../../src/sources/known/memory.ts';
import type { KnownIssues } from '../../../src/sources/ports.ts';
import { serve, type TestServer } from '../../support/server.ts';

const open: (Http | TestServer)[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

interface Setup {
  readonly server: TestServer;
  readonly source: KnownIssues;
}

async function setUp(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  {
    token = null,
    labels = ['kind/flake'],
    now = { ms: 0 },
  }: { token?: string | null; labels?: string[]; now?: { ms: number } } = {},
): Promise<Setup> {
  const server = await serve(answer);
  const http = createHttp({ origins: new Set([server.url]), cache: memoryCache(), clock: () => now.ms });
  open.push(http, server);
  const memory: IssueMemory = new Memory();
  const options = { api: server.url, labels, token, memory };
  return { server, source: githubIssues(http, { org: 'kubernetes', repo: 'kubernetes' }, options) };
}

/** An issue as GitHub sends it, as far as it is read. */
const wire = (number: number, more: object = {}): object => ({
  number,
  title: `[Flaky test] ${number}`,
  state: 'open',
  state_reason: null,
  body: 'it fails',
  labels: [{ id: 1, name: 'kind/flake' }],
  milestone: null,
  closed_at: null,
  updated_at: '2026-01-02T03:04:05Z',
  ...more,
});
const send = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}): unknown =>
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

describe('issues on GitHub', () => {
  it('are read label by label and page by page, each once, without pull requests', async () => {
    const { server, source } = await setUp(
      (request, response) => {
        const query = new URL(request.url ?? '', 'http://x').searchParams;
        const page = Number(query.get('page'));
        const first = Array.from({ length: 100 }, (_, i) => wire(i + 1));
        const second = [wire(101), wire(102, { pull_request: { url: 'x' } })];
        send(response, query.get('labels') === 'kind/flake' ? (page === 1 ? first : second) : [wire(1)]);
      },
      { labels: ['kind/flake', 'kind/failing-test'] },
    );

    const { value, staleMs } = await source.issues();

    expect(value.map(({ id }) => id)).toEqual(Array.from({ length: 101 }, (_, i) => `kubernetes/kubernetes#${i + 1}`));
    expect(value[0]).toMatchObject({
      tracker: 'github',
      url: 'https://github.com/kubernetes/kubernetes/issues/1',
      labels: ['kind/flake'],
      text: 'it fails',
    });
    expect(staleMs).toBeNull();
    expect(server.asked).toHaveLength(3);
    expect(server.asked[0]).toMatch(/^\/repos\/kubernetes\/kubernetes\/issues\?labels=kind%2Fflake&state=all&/);
  });

  it('stop at a few pages', async () => {
    const { server, source } = await setUp((_, response) =>
      send(
        response,
        Array.from({ length: 100 }, (_, i) => wire(server.asked.length * 100 + i)),
      ),
    );

    await source.issues();

    expect(server.asked).toHaveLength(5);
  });

  it.each([
    [{ state: 'open' }, { state: 'open', fixedIn: null }],
    [{ state: 'open', state_reason: 'reopened' }, { state: 'reopened' }],
    [
      { state: 'closed', state_reason: 'completed', milestone: { title: 'v1.35' }, closed_at: '2026-03-01T00:00:00Z' },
      { state: 'fixed', fixedIn: 'v1.35', changed: Date.parse('2026-03-01T00:00:00Z') },
    ],
    [
      { state: 'closed', state_reason: 'not_planned', milestone: { title: 'v1' } },
      { state: 'closed', fixedIn: null },
    ],
    [
      { body: null, labels: ['kind/flake', { name: null }] },
      { text: '', labels: ['kind/flake'] },
    ],
  ])('%j are %j', async (sent, read) => {
    const { source } = await setUp((_, response) => send(response, [wire(1, sent)]));

    expect((await source.issues()).value[0]).toMatchObject(read);
  });

  it('are asked for with the token, where there is one, in the form that GitHub documents', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      seen.push(request.headers);
      send(response, []);
    };
    const [asked, anyone] = [await setUp(answer, { token: 'secret' }), await setUp(answer)];

    await asked.source.issues();
    await anyone.source.issues();

    expect(seen[0]).toMatchObject({ authorization: 'Bearer secret', accept: 'application/vnd.github+json' });
    expect(seen[1]).not.toHaveProperty('authorization');
  });

  it('are kept, confirmed by their tag when they are old, and then the very same', async () => {
    const now = { ms: 0 };
    const { server, source } = await setUp(
      (request, response) => {
        if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
        else send(response, [wire(1)], { etag: '"1"' });
      },
      { now },
    );

    const first = await source.issues();
    const soon = await source.issues();
    now.ms = 3_600_000;
    const later = await source.issues();

    expect(server.asked).toHaveLength(2);
    expect(soon.value).toBe(first.value);
    expect(later).toEqual({ value: first.value, staleMs: null });
    expect(later.value).toBe(first.value);
  });

  it.each([
    ['a login page', 'bad response', (response: ServerResponse) => response.writeHead(200).end('<html>')],
    ['another form', 'bad response', (response: ServerResponse) => send(response, { message: 'no list' })],
    ['a repository that is not there', 'not found', (response: ServerResponse) => response.writeHead(404).end('{}')],
    ['a refusal', 'not public', (response: ServerResponse) => response.writeHead(403).end('{}')],
    [
      'a used up limit',
      'unavailable',
      (response: ServerResponse) => response.writeHead(403, { 'x-ratelimit-remaining': '0' }).end('{}'),
    ],
    [
      'a body that ends early',
      'unavailable',
      (response: ServerResponse) =>
        void response.writeHead(200, { 'content-length': '99' }).write('[', () => response.destroy()),
    ],
  ])('that are %s are an error: %s', async (_, problem, answer) => {
    const { source } = await setUp((_, response) => void answer(response));

    await expect(source.issues()).rejects.toMatchObject({ service: 'github' });
    await expect(source.issues()).rejects.toMatchObject({
      problem: expect.stringMatching(`${problem}|cut off`) as string,
    });
  });
});
