import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { LogSchema, type LogDocument } from '../../src/answer/log-schema.ts';
import { main } from '../../src/cli/main.ts';

const folder = mkdtempSync(join(tmpdir(), 'whyred-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LOG = ['start', 'setup', '--- FAIL: TestServer (0.02s)', '    server_test.go:42: got 3, want 4', 'FAIL', ''].join(
  '\n',
);
const file = (name: string, bytes: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

async function whyred(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(['log', ...args], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    clock: () => 0,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}
const asJson = (out: string): LogDocument => LogSchema.parse(JSON.parse(out));

describe('whyred log', () => {
  it('gives a JSON object a log, plain or gzip, with lines as they stand', async () => {
    const { code, out } = await whyred('--json', file('a.log', LOG), file('a.log.gz', gzipSync(LOG)));

    expect(code).toBe(0);
    const [plain, packed] = out.trim().split('\n').map(asJson);
    expect(plain).toMatchObject({
      lines_total: 5,
      bytes: LOG.length,
      truncated: null,
      headline: { line: 3, text: '--- FAIL: TestServer (0.02s)' },
      class: [{ name: 'unit test', line: 3 }],
    });
    expect(plain?.excerpts).toMatchObject([{ start: 1, end: 5, text: LOG.trimEnd() }]);
    expect({ ...packed, source: '', similar: [] }).toEqual({ ...plain, source: '' });
  });

  it('keeps what came of a gzip file that is cut off, and says so', async () => {
    const noise = Array.from({ length: 20_000 }, (_, i) => `ok ${(i * 7919) % 10_007}`).join('\n');
    const packed = gzipSync(`panic: first\n${noise}`);

    const { code, out } = await whyred('--json', file('cut.log.gz', packed.subarray(0, packed.length / 2)));

    expect(code).toBe(0);
    expect(asJson(out)).toMatchObject({
      truncated: 'the gzip file is cut off or corrupt',
      headline: { line: 1, text: 'panic: first' },
    });
  });

  it('says of a log that stops in the middle of a line that it is not whole, and takes no last words from it', async () => {
    const half = file('half.log', 'start\nsetup done\ncontinui');

    expect(asJson((await whyred('--json', half)).out)).toMatchObject({
      truncated: 'it stops in the middle of a line',
      headline: null,
    });
    expect((await whyred(half)).out).toContain('not the whole log: it stops in the middle of a line');
  });

  it('sets the log beside passing ones', async () => {
    const passing = file(
      'passing.log',
      ['start', 'setup', '--- PASS: TestServer (0.01s)', 'deploy', 'check', 'done'].join('\n'),
    );

    const { out } = await whyred('--json', '--baseline', passing, file('b.log', LOG));
    const { out: text } = await whyred('--baseline', passing, file('b.log', LOG));

    expect(asJson(out).comparison).toMatchObject({
      added: { lines: 3, ranges: [{ from: 3, to: 5, text: '--- FAIL: TestServer (0.02s)' }] },
      gone: { lines: 4, ranges: [{ from: 3, to: 6, text: '--- PASS: TestServer (0.01s)' }] },
      never_reached: { from: 3, to: 6, after: 2, before: 6, text: '--- PASS: TestServer (0.01s)' },
    });
    expect(text).toContain('3 lines only here\n      lines 3 to 5: --- FAIL: TestServer (0.02s)');
    expect(text).toContain(
      'never reached, due between lines 2 and 6:\n      lines 3 to 6: --- PASS: TestServer (0.01s)',
    );
  });

  it('says which of the logs fail in the same way', async () => {
    const [one, other] = [file('one.log', LOG), file('other.log', 'panic: out of range\n')];
    const again = file('again.log', LOG.replace('0.02s', '1.31s'));

    const { out } = await whyred('--json', one, other, again);
    const { out: text } = await whyred(one, again);

    expect(
      out
        .trim()
        .split('\n')
        .map((line) => asJson(line).similar),
    ).toEqual([[], [], [one]]);
    expect(text).toContain(`fails like ${one}`);
  });

  it('keeps its budget and cleans what it shows', async () => {
    const { out } = await whyred('--json', '--budget', '20', file('c.log', LOG.repeat(50)));
    const { out: text } = await whyred(file('d.log', 'error: \u001b[31mred\u001b[0m \u202etxt\n'));

    expect(asJson(out).tokens).toBeLessThanOrEqual(20);
    expect(text).toContain('error: red txt');
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  it.each([
    [[], 'log takes paths'],
    [['/no/such.log'], 'cannot be read'],
    [['--budget', '0', '/no/such.log'], '--budget takes'],
    [['https://example.com/build-log.txt'], 'is no log of a run of a CI system'],
  ])('refuses %j in words', async (args, words) => {
    const { code, err } = await whyred(...args);

    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});
