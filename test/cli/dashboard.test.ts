import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DashboardSchema } from '../../src/answer/dashboard.ts';
import { main } from '../../src/cli/main.ts';
import { INFORMING, NETWORK, OCP_INFORMING } from '../../src/sources/demo/scenarios/script.ts';
import { startDemo, type Demo } from '../support/demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());

async function dashboard(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(['dashboard', ...args, '--no-cache', '--ci-url', demo.server.url], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: {},
    clock: () => demo.world.now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

describe('whyred dashboard', () => {
  it('tells each tab that is not passing, the failing ones first, and the passing ones by name', async () => {
    const { code, out } = await dashboard(OCP_INFORMING);

    expect(code).toBe(0);
    expect(out).toMatch(/^FAILING {2}redhat-openshift-ocp-release-4\.22-informing\n {2}\d+ tabs: \d+ failing/);
    expect(out.indexOf('FLAKY')).toBeGreaterThan(out.lastIndexOf('\nFAILING'));
    expect(out).toMatch(/passing: .*e2e-aws-ovn-dualstack/);
  });

  it('writes the document of its schema, with every tab of the dashboard and its stale ones', async () => {
    const { out } = await dashboard(INFORMING, '--json');

    const { tabs, counts } = DashboardSchema.parse(JSON.parse(out));
    expect(tabs.map(({ tab }) => tab)).toContain('gce-storage-slow');
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(tabs.length);
  });

  it('tells a stale tab with its last state before those that pass, and its age once', async () => {
    const { out } = await dashboard(NETWORK);

    expect(out).toContain('\nSTALE  gce-ingress, flaky when it last ran\n');
    expect(out.match(/newest run began/g)).toHaveLength(1);
    expect(out.indexOf('STALE')).toBeLessThan(out.lastIndexOf('passing: '));
  });

  it('says that there is no such dashboard, and what it takes', async () => {
    expect(await dashboard('no-such-dashboard')).toMatchObject({ code: 3 });
    expect((await dashboard('no-such-dashboard')).err).toContain('there is no dashboard "no-such-dashboard"');
    expect(await dashboard()).toMatchObject({ code: 2 });
    expect(await dashboard('two', 'words')).toMatchObject({ code: 2 });
  });
});
