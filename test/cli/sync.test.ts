import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const DASHBOARD = 'redhat-openshift-ocp-release-4.22-informing';
const JOB = 'periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-fips';
const folder = mkdtempSync(join(tmpdir(), 'whyred-sync-'));
const store = join(folder, 'store.sqlite');

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(async () => {
  await demo.server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function whyred(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main([...args, '--no-cache', '--ci-url', demo.server.url], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: { WHYRED_STORE: store },
    clock: () => demo.world.now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

describe('whyred sync, and what it is for', () => {
  it('says that there is no store before there is one, and answers all the same', async () => {
    expect(await whyred('history')).toMatchObject({ code: 2 });
    expect((await whyred('history', JOB)).out).not.toContain('Kept since');
    expect((await whyred('ask', JOB)).out).not.toContain('Seen before');
  });

  it('keeps a dashboard, shows progress, and counts', async () => {
    const { code, out, err } = await whyred('sync', DASHBOARD);

    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ jobs: \d+ runs kept, \d+ failed ones looked into \(\d+ requests, /);
    expect(err).toMatch(/whyred: \d+ of \d+ jobs; \d+ runs kept/);
    const again = JSON.parse((await whyred('sync', DASHBOARD, '--json')).out) as object;
    expect(again).toMatchObject({ runs: 0, lookedInto: 0, left: 0, gaps: [] });
  });

  it('lets answers and summaries say what was seen before', async () => {
    expect((await whyred('ask', JOB)).out).toMatch(/Seen before: \d+ runs in \d+ jobs? since \d{4}-/);
    expect((await whyred('digest', DASHBOARD)).out).toMatch(/seen before: \d+ runs? in \d+ jobs? since/);
  });

  it('tells what comes again, where, and how long until a job was fixed', async () => {
    const { code, out } = await whyred('history');
    const signature = /v1:[0-9a-f]{32}/.exec(out)?.[0] ?? '';

    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ runs in \d+ jobs?, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d {2}v1:/);
    expect((await whyred('history', signature)).out).toMatch(/^\d+ runs? in \d+ jobs? since .*\n(?:fixed|not|it does)/);
    expect((await whyred('history', JOB)).out).toMatch(
      /\nKept since .*: \d+ of \d+ runs failed; .*not fixed yet\n {2}\d+ run/,
    );
    expect(await whyred('history', `v1:${'0'.repeat(32)}`)).toMatchObject({ code: 3 });
  });

  it('forgets what is older than is to be kept, and keeps what is synced', async () => {
    expect(await whyred('sync', DASHBOARD, '--since', '7d', '--keep', '2d')).toMatchObject({ code: 2 });
    await whyred('sync', DASHBOARD, '--since', '1d', '--keep', '1d');

    expect((await whyred('history', JOB)).out).toMatch(/Kept since/);
    expect((await whyred('history', '--json')).out).not.toContain('"headline": ""');
  });

  it('says what was wrong with what was asked', async () => {
    expect(await whyred('sync')).toMatchObject({ code: 2 });
    expect(await whyred('sync', 'no-such-dashboard')).toMatchObject({ code: 3 });
    demo.server.fault({ rate: 1, status: 403 });
    const { code, err } = await whyred('sync', DASHBOARD);
    demo.server.fault(null);
    expect(code).toBe(4);
    expect(err).toContain('not public');
  });
});
