import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AnswerSchema } from '../../src/answer/schema.ts';
import { main } from '../../src/cli/main.ts';
import { startDemo, type Demo } from '../support/demo.ts';

let demo: Demo;
let dir = '';
beforeAll(async () => {
  demo = await startDemo();
  dir = mkdtempSync(join(tmpdir(), 'whyred-cli-'));
});
afterAll(async () => {
  await demo.server.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await main(args, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: { WHYRED_CACHE_DIR: join(dir, 'cache'), WHYRED_CI_URL: demo.server.url, ...env },
    clock: () => demo.world.now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

const JOB = 'ci-kubernetes-e2e-gce-network';

describe('whyred', () => {
  it('ask answers, with progress on stderr and no colour where there is no terminal', async () => {
    const { code, out, err } = await run(['ask', `why is ${JOB} red?`]);

    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^RED {2}${JOB}\n`));
    expect(out).not.toContain('\u001b');
    expect(err).toContain('finding the job');
  });

  it('ask --json is one document of the documented schema', async () => {
    const { code, out } = await run(['ask', JOB, '--json']);

    expect(code).toBe(0);
    const answer = AnswerSchema.parse(JSON.parse(out));
    expect(answer.failures[0]?.test).toContain('terminating endpoint');
    expect(answer.cost.requests).toBeGreaterThanOrEqual(0);
  });

  it('ask exits 3 for what is ambiguous or unknown, with the candidates', async () => {
    const ambiguous = await run(['ask', 'e2e aws', '--json']);
    const unknown = await run(['ask', 'ci-no-such-job-anywhere', '--json']);

    expect([ambiguous.code, unknown.code]).toEqual([3, 3]);
    expect(AnswerSchema.parse(JSON.parse(ambiguous.out)).candidates.length).toBeGreaterThan(1);
    expect(AnswerSchema.parse(JSON.parse(unknown.out)).verdict).toBeNull();
  });

  it('ask exits 4 when nothing can be reached, and names each service', async () => {
    const { code, err } = await run(['ask', JOB, '--no-cache'], { WHYRED_CI_URL: 'http://127.0.0.1:9' });

    expect(code).toBe(4);
    for (const service of ['deck', 'gcs', 'testgrid']) expect(err).toContain(`- ${service}: `);
    expect(err).not.toMatch(/ at .*\.ts/);
  });

  it('run takes one run’s URL and nothing else', async () => {
    const { out } = await run(['history', JOB, '--json']);
    const { runs } = JSON.parse(out) as { runs: { url: string; state: string }[] };
    const failed = runs.find(({ state }) => state === 'failed');

    expect((await run(['run', failed?.url ?? ''])).code).toBe(0);
    expect((await run(['run', JOB])).code).toBe(2);
    expect((await run(['run', 'https://evil.example/view/gs/a/logs/b/1'])).code).toBe(2);
  });

  it('jobs lists names by words, best first', async () => {
    const { code, out } = await run(['jobs', '4.22', 'aws', 'serial']);

    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^periodic-ci-openshift-release-main-nightly-4\.22-e2e-aws-ovn-serial /);
    expect((await run(['jobs', 'zzzzzz'])).code).toBe(3);
  });

  it('history shows the runs, newest first', async () => {
    const { code, out } = await run(['history', JOB]);

    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => /(?:passed|failed) +2026-/.test(line)).length).toBe(20);
    expect((await run(['history', 'ci-no-such-job-anywhere'])).code).toBe(3);
  });

  it('doctor reaches each source and says what is wrong', async () => {
    const well = await run(['doctor', '--json']);
    const ill = await run(['doctor'], { WHYRED_CI_URL: 'http://127.0.0.1:9' });

    expect(well.code).toBe(0);
    expect((JSON.parse(well.out) as { checks: { ok: boolean }[] }).checks.every(({ ok }) => ok)).toBe(true);
    expect(ill.code).toBe(4);
    expect(ill.out.match(/^fail/gm)).toHaveLength(6);
  });

  it('demo answers on the made-up CI, and says that it is made up', async () => {
    const { code, out } = await run(['demo']);

    expect(code).toBe(0);
    expect(out).toContain('This CI is made up.');
    expect(out).not.toContain('https://prow.k8s.io');
  });

  it.each([
    [['ask']],
    [['ask', '--nonsense', 'x']],
    [['frobnicate']],
    [['jobs']],
    [['history']],
    [['demo', '--port', 'x']],
  ])('%j is a usage error', async (args) => {
    const { code, err } = await run(args);

    expect(code).toBe(2);
    expect(err).toMatch(/^whyred: /);
  });

  it('a config with mistakes lists them all at once', async () => {
    const file = join(dir, 'config.json');
    writeFileSync(
      file,
      JSON.stringify({
        systems: [
          { name: 'X', buckets: ['..'], sites: { deck: 'file:///x', storage: 'https://a', testgrid: 'https://b' } },
        ],
        extra: 1,
      }),
    );

    const { code, err } = await run(['ask', JOB, '--config', file, '--ci-url', 'ftp://x']);

    expect(code).toBe(2);
    expect(err.match(/^ {2}- /gm)?.length).toBeGreaterThanOrEqual(5);
    expect((await run(['ask', JOB, '--config', join(dir, 'none.json')])).code).toBe(2);
  });

  it('help names every command', async () => {
    const { code, out } = await run(['help']);

    expect(code).toBe(0);
    for (const name of ['ask', 'run', 'jobs', 'history', 'doctor', 'demo']) expect(out).toContain(`whyred ${name}`);
  });
});
