import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinesSchema, SearchSchema, type SearchDocument } from '../../src/answer/log-schema.ts';
import { main } from '../../src/cli/main.ts';
import { startDemo, type Demo } from '../support/demo.ts';

let demo: Demo;
let dir = '';
let plain = '';
let zipped = '';
const LOG = Array.from(
  { length: 300 },
  (_, i) => `line ${i + 1}${i % 100 === 49 ? ' \u001b[31merror\u001b[0m' : ''}\n`,
).join('');
beforeAll(async () => {
  demo = await startDemo();
  dir = mkdtempSync(join(tmpdir(), 'whyred-logs-'));
  plain = join(dir, 'a.log');
  zipped = join(dir, 'b.log.gz');
  writeFileSync(plain, LOG);
  writeFileSync(zipped, gzipSync(LOG));
});
afterAll(async () => {
  await demo.server.close();
  rmSync(dir, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main([...args, '--no-cache', '--ci-url', demo.server.url], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    clock: () => demo.world.now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

/** The address of the newest failed run of a scenario's job. */
async function runUrl(id: string): Promise<string> {
  const job = demo.world.scenarios.find((scenario) => scenario.id === id)?.job ?? '';
  const { runs } = JSON.parse((await run('history', job, '--json')).out) as { runs: { url: string; state: string }[] };
  return runs.find(({ state }) => state === 'failed')?.url ?? '';
}

const asFound = (out: string): SearchDocument => SearchSchema.parse(JSON.parse(out));

describe('whyred search', () => {
  it('finds lines of files, plain and gzip, with the lines around them', async () => {
    const { code, out } = await run('search', 'ERROR$', plain, zipped, '-i', '--context', '1');

    expect(code).toBe(0);
    expect(out).toContain(` 49- line 49\n 50: line 50 error\n 51- line 51\n   ⋮\n149- line 149\n150: line 150 error`);
    expect(out).toContain('6 matches in 2 logs');
  });

  it('pages by its cursor', async () => {
    const first = asFound((await run('search', 'error', plain, '--max', '2', '--json')).out);
    const second = await run('search', 'error', plain, '--json', '--cursor', first.cursor ?? '');

    expect(first.logs[0]).toMatchObject({ lines_total: 300, matches: 2, omitted: 1 });
    expect(asFound(second.out).logs[0]?.lines.map(({ line }) => line)).toEqual([250]);
    expect((await run('search', 'other', plain, '--cursor', first.cursor ?? '')).code).toBe(2);
  });

  it('searches all logs of a run by its address, its own first', async () => {
    const { code, out } = await run('search', 'level=error', await runUrl('quota'), '--json');
    const { logs } = asFound(out);

    expect(code).toBe(0);
    expect(logs.length).toBeGreaterThan(3);
    expect(logs[0]?.source).toMatch(/^gs:\/\/test-platform-results\/logs\/[^/]+\/\d+\/build-log\.txt$/);
    expect(logs.some(({ source, matches }) => source.includes('ipi-install-install') && matches > 0)).toBe(true);
  });

  it('exits 3 when nothing matches, 2 for what cannot be searched, and says why', async () => {
    expect((await run('search', 'no such text', plain)).code).toBe(3);
    for (const [args, why] of [
      [['(?=x)', plain], 'look-ahead'],
      [['x'], 'takes a pattern'],
      [['x', join(dir, 'none.log')], 'cannot be read'],
      [['x', 'https://evil.example/view/gs/b/logs/j/1'], 'no log and no run'],
      [['x', 'http://169.254.169.254/latest'], 'no log and no run'],
      [['x', plain, '--max', '0'], '--max'],
    ] as const) {
      const { code, err } = await run('search', ...args);

      expect(code, why).toBe(2);
      expect(err).toContain(why);
    }
  });
});

describe('whyred lines', () => {
  it('reads a range, the end, and around a line', async () => {
    expect((await run('lines', plain, '--from', '2', '--to', '3')).out).toBe('2 line 2\n3 line 3\n');
    expect((await run('lines', zipped, '--tail', '2')).out).toBe('299 line 299\n300 line 300\n');
    expect((await run('lines', plain, '--around', '50', '--context', '1')).out).toBe(
      '49 line 49\n50 line 50 error\n51 line 51\n',
    );
  });

  it('reads an artifact by its address, and as JSON', async () => {
    const url = `${await runUrl('quota')}/build-log.txt`;
    const { code, out } = await run('lines', url, '--tail', '3', '--json');

    expect(code).toBe(0);
    const read = LinesSchema.parse(JSON.parse(out));
    expect(read.lines.map(({ line }) => line)).toEqual([2, 1, 0].map((n) => read.lines_total - n));
    expect(read.truncated).toBeNull();
  });

  it('wants one log and one part', async () => {
    expect((await run('lines', plain)).code).toBe(2);
    expect((await run('lines', plain, '--tail', '1', '--from', '2')).code).toBe(2);
    expect((await run('lines', plain, zipped, '--tail', '1')).code).toBe(2);
    expect((await run('lines', plain, '--from', '900')).code).toBe(3);
  });
});
