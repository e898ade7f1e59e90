import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const DASHBOARD = 'sig-release-master-blocking';
const JOB = 'ci-kubernetes-e2e-gce-network';

let demo: Demo;
let dir = '';
beforeAll(async () => {
  demo = await startDemo();
  dir = mkdtempSync(join(tmpdir(), 'whyred-export-'));
});
afterEach(() => {
  demo.server.fault(null);
});
afterAll(async () => {
  await demo.server.close();
  rmSync(dir, { recursive: true, force: true });
});

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(['export', ...args, '--no-cache'], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: { WHYRED_CI_URL: demo.server.url },
    clock: () => demo.world.now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

const objects = (jsonl: string): Record<string, unknown>[] =>
  jsonl
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const jsonl = ['--format', 'jsonl'];

describe('whyred export', () => {
  it('gives the same table for a job, its tab and the URL of that', async () => {
    const [byJob, byTab, byUrl] = await Promise.all([
      run('runs', JOB),
      run('runs', `${DASHBOARD}#gce-network`),
      run('runs', `https://testgrid.k8s.io/${DASHBOARD}#gce-network`),
    ]);

    expect(byTab.code).toBe(0);
    expect(byTab.out.split('\r\n')).toHaveLength(42);
    expect(byTab.out).toMatch(new RegExp(`^dashboard,tab,job,.*\r\n${DASHBOARD},gce-network,${JOB},\\d{19},2026-11-`));
    expect([byJob.out, byUrl.out]).toEqual([byTab.out, byTab.out]);
  });

  it('reads the tabs of a dashboard in their order, with progress on stderr, and its own row at the end', async () => {
    const { code, out, err } = await run('metrics', DASHBOARD, ...jsonl);
    const rows = objects(out);

    expect(code).toBe(0);
    expect(err).toContain('tab 5 of 5');
    expect(rows.filter(({ level }) => level === 'tab').map(({ tab }) => tab)).toEqual(
      ['conformance-latest', 'default', 'network', 'scale-correctness', 'serial'].map((name) => `gce-${name}`),
    );
    expect(rows.at(-1)).toMatchObject({ level: 'dashboard', n: 199, passed: 188, class: 'failing' });
  });

  it('leaves out what is older than --since', async () => {
    const all = objects((await run('runs', JOB, ...jsonl)).out);
    const day = objects((await run('runs', JOB, ...jsonl, '--since', '1d')).out);
    const then = demo.world.now - 86_400_000;

    expect(day).toEqual(all.filter(({ started }) => Date.parse(String(started)) >= then));
    expect(day.length).toBeGreaterThan(1);
  });

  it('writes a file that is there only when it is whole, in the format of its name', async () => {
    const file = join(dir, 'runs.parquet');
    const { code, out, err } = await run('runs', JOB, '--out', file);

    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('40 rows in ');
    expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1');
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  it('leaves no file, and an old one as it was, when the sources fail', async () => {
    const file = join(dir, 'old.csv');
    writeFileSync(file, 'old');
    demo.server.fault({ only: 'testgrid', status: 403 });
    const { code, err } = await run('grid', DASHBOARD, '--out', file);

    expect(code).toBe(4);
    expect(err).toContain('testgrid');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  it('takes a recorded table, plain or gzip, without asking anybody', async () => {
    const file = join(dir, 'table.json.gz');
    const table = {
      query: 'kubernetes-ci-logs/logs/ci-x',
      changelists: ['3', '2', '1'],
      timestamps: [3e12, 2e12, 1e12],
      tests: [
        {
          name: 'a test',
          statuses: [
            { count: 1, value: 12 },
            { count: 2, value: 1 },
          ],
          messages: ['=bad', '', ''],
        },
      ],
    };
    writeFileSync(file, gzipSync(JSON.stringify(table)));
    const { requests } = demo.server.stats();
    const { code, out } = await run('grid', 'some-dashboard', '--file', file);

    expect(code).toBe(0);
    expect(out.split('\r\n').slice(1)).toEqual([
      "some-dashboard,ci-x,a test,a test,test,3,2065-01-24T05:20:00.000Z,12,FAIL,fail,'=bad,,normal",
      'some-dashboard,ci-x,a test,a test,test,2,2033-05-18T03:33:20.000Z,1,PASS,pass,,,normal',
      'some-dashboard,ci-x,a test,a test,test,1,2001-09-09T01:46:40.000Z,1,PASS,pass,,,normal',
      '',
    ]);
    expect(demo.server.stats().requests).toBe(requests);
  });

  it('exits 3 with the candidates for what is not one job', async () => {
    const { code, out, err } = await run('grid', 'e2e', 'aws');

    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/\n {2}periodic-ci-/);
    expect((await run('grid', 'ci-no-such-job-anywhere')).code).toBe(3);
  });

  it('exits 2 for what it does not take, before it asks anybody', async () => {
    const { requests } = demo.server.stats();
    const calls = [
      [],
      ['cells', JOB],
      ['grid'],
      ['grid', JOB, '--format', 'xlsx'],
      ['grid', JOB, '--format', 'parquet'],
      ['grid', JOB, '--since', 'yesterday'],
      ['grid', '--file', join(dir, 'none')],
    ];
    for (const call of calls) expect((await run(...call)).code, call.join(' ')).toBe(2);
    expect(demo.server.stats().requests).toBe(requests);
    expect((await run('grid', JOB, '--out', join(dir, 'no/such/folder.csv'))).code).toBe(2);
  });
});
