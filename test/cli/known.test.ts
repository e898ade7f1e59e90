import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { serve } from '../support/server.ts';

let demo: Demo;
let dir = '';
beforeAll(async () => {
  demo = await startDemo();
  dir = mkdtempSync(join(tmpdir(), 'whyred-known-'));
});
afterAll(async () => {
  await demo.server.close();
  rmSync(dir, { recursive: true, force: true });
});

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<[number, string]> {
  let said = '';
  const write = (text: string): unknown => (said += text);
  const code = await main(['known', '--no-cache', ...args], {
    stdout: { write },
    stderr: { write },
    env: { WHYRED_CI_URL: demo.server.url, ...env },
    clock: () => demo.world.now,
    signal: new AbortController().signal,
  });
  return [code, said];
}

function file(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

describe('whyred known', () => {
  it('finds the issue of a test in repositories that the config file names', async () => {
    const config = file('config.json', '{"knownIssues":{"repositories":["whyred-demo/kubernetes"]}}');

    const [code, said] = await run(['CSI Volumes should detach a volume while its node drains', '--config', config]);

    expect(code).toBe(0);
    expect(said).toContain('whyred-demo/kubernetes#1207 (reopened): ');
    expect(said).toContain('https://github.com/whyred-demo/kubernetes/issues/1207');
  });

  it('finds the issue of an error text in the list, shows no secret of it, and says where there is none', async () => {
    const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
    const list = file(
      'known.yaml',
      `- issue: a/b#1\n  title: quota of addresses used up ${secret}\n  error: "AddressLimitExceeded: The maximum number of addresses"\n`,
    );
    const env = { WHYRED_KNOWN_ISSUES: list };

    const [code, said] = await run(['AddressLimitExceeded: The maximum number of addresses', '--json'], env);

    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ issues: 1, known: [{ issue: 'a/b#1', state: 'open', by: 'text' }] });
    expect(said).not.toContain(secret);
    expect(await run(['exit status 1'], env)).toEqual([3, 'None of 1 known issues fits.\n']);
  });

  it('says what is wrong with how it is set up', async () => {
    expect(await run(['x'])).toEqual([2, expect.stringContaining('no known issues are configured')]);
    const [code, said] = await run(['x'], { WHYRED_KNOWN_ISSUES: file('bad.yaml', '- issue: nonsense\n  title: x') });
    expect(code).toBe(2);
    expect(said).toContain('must be org/repo#123');
    expect((await run(['x'], { WHYRED_KNOWN_ISSUES: join(dir, 'none.yaml') }))[1]).toContain('cannot be read');
  });

  it('sends a token to no mirror that stands in for GitHub', async () => {
    const sent: (string | undefined)[] = [];
    const mirror = await serve((request, response) => {
      sent.push(request.headers.authorization);
      response.end('[]');
    });
    const config = file('config.json', '{"knownIssues":{"repositories":["whyred-demo/kubernetes"]}}');
    const env = { WHYRED_CI_URL: mirror.url, WHYRED_GITHUB_TOKEN_FILE: file('token', 'from-a-file\n') };

    const [code] = await run(['boom', '--config', config], env);
    await mirror.close();

    expect(code).toBe(3);
    expect(sent).toEqual([undefined, undefined]);
  });

  it('sends the token of a file to the API that the config file names', async () => {
    const sent: (string | undefined)[] = [];
    const api = await serve((request, response) => {
      sent.push(request.headers.authorization);
      response.end('[]');
    });
    const knownIssues = { repositories: ['a/b'], labels: ['kind/flake'], api: api.url };
    const config = file('api.json', JSON.stringify({ knownIssues }));
    const { signal } = new AbortController();
    const stream = { write: (): undefined => undefined };
    const io = { stdout: stream, stderr: stream, clock: () => demo.world.now, signal };

    await main(['known', '--no-cache', 'boom', '--config', config], {
      ...io,
      env: { WHYRED_GITHUB_TOKEN_FILE: file('token', 'from-a-file\n') },
    });
    await api.close();

    expect(sent).toEqual(['Bearer from-a-file']);
  });
});
