import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isShown } from '../../evals/redaction/make.ts';
import { AnswerSchema } from '../../src/answer/schema.ts';
import { sha256 } from '../../src/ci/evidence.ts';
import { main } from '../../src/cli/main.ts';
import { serveWorld, type ServedWorld } from '../../src/sources/demo/serve.ts';
import { createLeakyWorld } from '../support/leaky.ts';

const { world, secrets } = createLeakyWorld(1);
const question = (id: string): string => world.scenarios.find((scenario) => scenario.id === id)?.question ?? '';
const scenario = (id: string): { dashboard: string; tab: string } =>
  world.scenarios.find((known) => known.id === id) ?? { dashboard: '', tab: '' };

let server: ServedWorld;
beforeAll(async () => {
  server = await serveWorld(world);
});
afterAll(() => server.close());

async function run(args: readonly string[]): Promise<{ out: string; err: string }> {
  let out = '';
  let err = '';
  await main([...args, '--no-cache', '--ci-url', server.url], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    clock: () => world.now,
    signal: new AbortController().signal,
  });
  return { out, err };
}

const leaking = ['injection', 'node-lost', 'quota'].flatMap((id) => [
  { id, form: 'text', flags: [] },
  { id, form: 'JSON', flags: ['--json'] },
]);
/** What a text says, its links too. */
const decoded = (text: string): string =>
  text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

describe('no secret of a log, a JUnit file, a grid or a pod', () => {
  it.each(leaking)('is in the answer to $id as $form', async ({ id, flags }) => {
    const { out, err } = await run(['ask', question(id), ...flags]);

    expect(out).toContain('[redacted: ');
    for (const secret of secrets) expect(isShown(secret, decoded(out + err))).toBe(false);
  });

  it.each(leaking)('is in the grid of $id as $form', async ({ id, flags }) => {
    const { dashboard, tab } = scenario(id);
    const { out, err } = await run(['grid', dashboard, tab, ...flags]);

    expect(out.length).toBeGreaterThan(100);
    for (const secret of secrets) expect(isShown(secret, decoded(out + err))).toBe(false);
  });
});

describe('no secret of a grid', () => {
  it.each(['grid', 'failures', 'runs', 'metrics'])('is in the exported table %s', async (table) => {
    const { dashboard, tab } = scenario('injection');
    const [csv, jsonl] = await Promise.all(
      ['csv', 'jsonl'].map((format) => run(['export', table, `${dashboard}#${tab}`, '--format', format])),
    );

    for (const { out = '', err = '' } of [csv ?? {}, jsonl ?? {}]) {
      expect(out.length).toBeGreaterThan(100);
      for (const secret of secrets) expect(isShown(secret, decoded(out + err))).toBe(false);
    }
    if (table === 'failures') expect(csv?.out).toContain('[redacted: ');
  });
});

describe('no secret of a log', () => {
  /** The log that an answer quotes, its run, and the line. */
  const quoted = async (id: string): Promise<{ log: string; url: string; line: string }> => {
    const { out } = await run(['ask', question(id), '--json']);
    const { evidence } = AnswerSchema.parse(JSON.parse(out));
    const first = evidence.find(({ kind, redactions }) => kind === 'log-lines' && redactions.length > 0);
    const log = `gs://${first?.source.bucket}/${first?.source.object}`;
    return { log, url: log.replace(/\/(?:artifacts|build-log).*/, ''), line: String(first?.lines?.from) };
  };

  it.each(leaking.filter(({ id }) => id !== 'node-lost'))('is in what search finds in $id as $form', async (leak) => {
    const { url } = await quoted(leak.id);
    const found = await run(['search', 'got ghp|password=|Bearer|redacted', url, '--context', '3', ...leak.flags]);
    const nothing = await Promise.all(secrets.map((secret) => run(['search', secret.slice(0, 12), url])));

    expect(found.out).toContain('[redacted: ');
    for (const secret of secrets) expect(isShown(secret, found.out + found.err)).toBe(false);
    for (const { out } of nothing) expect(out).toContain('0 matches');
  });

  it.each(leaking.filter(({ id }) => id !== 'node-lost'))('is in the lines of $id as $form', async ({ id, flags }) => {
    const { log, line } = await quoted(id);
    const { out, err } = await run(['lines', log, '--around', line, ...flags]);

    expect(out).toContain('[redacted: ');
    for (const secret of secrets) expect(isShown(secret, out + err)).toBe(false);
  });

  it.each(leaking.filter(({ id }) => id !== 'node-lost'))('is in the summary of $id as $form', async (leak) => {
    const { log } = await quoted(leak.id);
    const { out, err } = await run(['log', log, ...leak.flags]);

    expect(out).toContain('[redacted: ');
    for (const secret of secrets) expect(isShown(secret, out + err)).toBe(false);
  });

  it('is in the picture of a grid', async () => {
    const { dashboard, tab } = scenario('injection');
    const file = join(mkdtempSync(join(tmpdir(), 'whyred-')), 'grid.svg');
    await run(['grid', dashboard, tab, '--svg', file]);

    for (const secret of secrets) expect(isShown(secret, readFileSync(file, 'utf8'))).toBe(false);
    rmSync(dirname(file), { recursive: true });
  });
});

describe('a quote that held a secret', () => {
  it('says so, keeps its lines and the hash of the bytes in its source', async () => {
    const { out } = await run(['ask', question('injection'), '--json']);
    const { evidence } = AnswerSchema.parse(JSON.parse(out));

    const quote = evidence.find(({ kind, redactions }) => kind === 'log-lines' && redactions.length > 0);
    const { bucket, object } = quote?.source ?? {};
    const log = await (await fetch(`${server.url}/gcs/${bucket}/${object}`)).text();
    const lines = log.split('\n').slice((quote?.lines?.from ?? 1) - 1, quote?.lines?.to);

    expect(quote?.sha256).toBe(sha256(lines.join('\n')));
    expect(quote?.quote.split('\n').length).toBe(lines.length);
    for (const { line } of quote?.redactions ?? []) expect(quote?.quote.split('\n')[line - 1]).toContain('[redacted: ');
  });
});
