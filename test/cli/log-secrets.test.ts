import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isShown, make } from '../../evals/redaction/make.ts';
import { main } from '../../src/cli/main.ts';
import { Random } from '../../src/sources/demo/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'whyred-log-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = new Random(1, 'log');
const password = make('<alnum 20>', random);
const github = make('ghp_<alnum 36>', random);
const bearer = make('<alnum 40>', random);
const key = Array.from({ length: 51 }, () => make('<alnum 64>', random));
const split = `${github.slice(0, 8)}\u001b[0m\u200b${github.slice(8)}`;

interface Document {
  headline: { line: number; text: string };
  excerpts: { start: number; end: number; text: string }[];
  omitted: { family: string }[];
  redactions: { rule: string; line: number }[];
}

async function summaryOf(log: string, ...flags: string[]): Promise<string> {
  const path = join(folder, 'build.log');
  writeFileSync(path, log);
  let out = '';
  await main(['log', path, ...flags], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (out += text) },
    env: {},
    clock: () => 0,
    signal: new AbortController().signal,
  });
  return out;
}

/** Families that are not quoted at a small budget; each of their first lines leaks. */
const families = [
  `error: login failed: Authorization: Bearer ${bearer}`,
  `ERROR: could not clone https://ci:${password}@git.example.com/x.git`,
  `E1120 10:00:00 main.go:7] unauthorized, token ${split} was refused`,
].flatMap((line) => [line, ...Array<string>(30).fill('all is well')]);
const pem = ['-----BEGIN RSA PRIVATE KEY-----', ...key, '-----END RSA PRIVATE KEY-----'];
const cause = `panic: cannot log in with password=${password}`;

describe('whyred log of a log that leaks', () => {
  const secrets = [password, github, bearer, ...key];
  const log = [...families, ...pem, cause, 'goroutine 1 [running]:', 'main.main()', ''].join('\n');

  it.each([
    ['text', []],
    ['JSON', ['--json']],
    ['text, little of it', ['--budget', '40']],
    ['JSON, little of it', ['--budget', '40', '--json']],
  ])('shows no secret as %s', async (_, flags) => {
    const out = await summaryOf(log, ...flags);

    expect(out).toContain('[redacted: ');
    for (const secret of secrets) expect(isShown(secret, out)).toBe(false);
  });

  it('says what it took out and on which lines, and tells families without secrets', async () => {
    const whole = JSON.parse(await summaryOf(log, '--json')) as Document;
    const little = JSON.parse(await summaryOf(log, '--json', '--budget', '40')) as Document;
    const at = log.split('\n').indexOf(cause) + 1;

    expect(whole.headline).toMatchObject({ line: at, text: expect.stringContaining('password=[redacted: ') as string });
    expect(whole.redactions.map(({ line }) => line)).toContain(at);
    for (const { text, start, end } of whole.excerpts) expect(text.split('\n').length).toBe(end - start + 1);
    expect(little.omitted.map(({ family }) => family).join('\n')).toContain('Bearer [redacted: ');
  });

  it('tells a private key by its beginning above the quoted lines, in a log of which only windows are kept', async () => {
    const noise = 'I1120 12:00:00 all is well in this part of the log, nothing to see\n'.repeat(450_000);
    const out = await summaryOf(`${noise}${[...pem, cause].join('\n')}\n${noise}`, '--json', '--budget', '4000');

    expect(out).toContain('password=[redacted: ');
    for (const secret of secrets) expect(isShown(secret, out)).toBe(false);
  });
});
