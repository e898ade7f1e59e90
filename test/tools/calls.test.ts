import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_TEXT } from '../../src/tooling/cut.ts';
import { TOOLS } from '../../tools/index.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { connectMcp, type McpFixture } from '../support/mcp.ts';

let demo: Demo;
let mcp: McpFixture;
const JOB = 'ci-kubernetes-e2e-gce-network';
const GRID = 'sig-release-master-blocking#gce-network';
const DASHBOARD = 'sig-release-master-blocking';
let build = '';
beforeAll(async () => {
  demo = await startDemo();
  mcp = await connectMcp(demo.server.url, () => demo.world.now);
  build = (await demo.ask(`Why is ${JOB} red?`)).subject.build ?? '';
});
afterAll(async () => {
  await mcp.close();
  await demo.server.close();
});

/** For each tool, arguments that it takes on the demo world. */
const usual = (): Record<string, Record<string, unknown>> => ({
  diagnose: { question: `Why is ${JOB} red?` },
  find_jobs: { words: '4.22 aws' },
  get_job_history: { job: JOB },
  get_run: { run: `${JOB}/${build}` },
  decode_grid: { job: GRID },
  classify_failures: { job: GRID },
  compare_runs: { run: `${JOB}/${build}` },
  summarize_log: { log: `${JOB}/${build}` },
  search_logs: { log: `${JOB}/${build}`, pattern: 'FAIL' },
  read_log: { log: `${JOB}/${build}`, tail: 5 },
  find_similar_failures: { run: `${JOB}/${build}`, limit: 4 },
  get_dashboard_health: { dashboard: DASHBOARD },
  get_metrics: { job: GRID },
  summarize_failures: { of: [DASHBOARD] },
});

describe('every tool', () => {
  it.each(TOOLS.map(({ name }) => name))('%s answers on the demo world, in text and as data', async (name) => {
    const { text, output, isError } = await mcp.call(name, usual()[name] ?? {});

    expect(text).not.toBe('');
    expect(isError, text).toBe(false);
    expect(text.length).toBeLessThanOrEqual(MAX_TEXT);
    expect(Object.keys(output).length).toBeGreaterThan(0);
  });

  it.each(TOOLS.map(({ name }) => name))(
    '%s cites only evidence that it gives, with links that are ours',
    async (name) => {
      const { output, text } = await mcp.call(name, usual()[name] ?? {});

      const evidence = (output['evidence'] ?? []) as { id: string; url: string }[];
      const given = new Set(evidence.map(({ id }) => id));
      for (const [, id] of text.matchAll(/\[(E\d+)\]/g)) expect(given).toContain(id);
      for (const id of citedIn(output)) expect(given).toContain(id);
      for (const { url } of evidence) expect(url).toMatch(/^https:\/\/(?:prow|storage|testgrid|github)\./);
    },
  );

  it.each(TOOLS.map(({ name }) => name))('%s tells what is wrong with arguments it cannot take', async (name) => {
    const wrong: Record<string, unknown>[] = [
      {},
      ...Object.keys(usual()[name] ?? {}).map((key) => ({ ...usual()[name], [key]: 7.5 })),
      ...Object.keys(usual()[name] ?? {}).map((key) => ({ ...usual()[name], [key]: { $ne: null } })),
      { ...usual()[name], extra: 'x' },
      { ...usual()[name], __proto__: null, constructor: 'x' },
    ];
    for (const args of wrong) {
      const { text, isError } = await mcp.call(name, args);
      expect(isError, JSON.stringify(args)).toBe(true);
      expect(text).toMatch(/^Not done: .+\n/);
      expect(text).toContain('Next: ');
      expect(text).not.toMatch(/node_modules|file:|at .+\.ts:\d|mistake of whyred/);
    }
  });

  it.each(TOOLS.map(({ name }) => name))(
    '%s takes strings of a megabyte, and hostile ones, as mistakes (B-16)',
    async (name) => {
      const hostile = [
        'x'.repeat(1024 * 1024),
        '../../etc/passwd',
        '..',
        '%2e%2e%2f',
        'a%2f..%2fb',
        'logs\\..\\x',
        'job\u0000name',
        'gs://kubernetes-ci-logs/logs/../secret/1/build-log.txt',
        'gs://other-bucket/logs/a/1',
        'https://evil.example/view/gs/kubernetes-ci-logs/logs/a/1',
        'https://169.254.169.254/latest/meta-data',
        '\u202eerb',
        '-'.repeat(5_000),
      ];
      const [first = ''] = Object.keys(usual()[name] ?? {});
      for (const text of hostile) {
        const said = await mcp.call(name, { ...usual()[name], [first]: text });
        // find_jobs may simply find nothing.
        if (name !== 'find_jobs') expect(said.isError, `${text.slice(0, 40)}: ${said.text.slice(0, 200)}`).toBe(true);
        expect(said.text).not.toMatch(/mistake of whyred|node_modules|ENOENT/);
        expect(said.text.length).toBeLessThan(4_000);
      }
    },
  );

  it.each(['get_run', 'summarize_log', 'read_log', 'find_similar_failures'])(
    '%s says that a build of another job is none of this one',
    async (name) => {
      const [first = ''] = Object.keys(usual()[name] ?? {});

      const { text, isError } = await mcp.call(name, {
        ...usual()[name],
        [first]: `ci-kubernetes-e2e-gce-apps/${build}`,
      });

      expect(isError).toBe(true);
      expect(text).toContain('does not exist');
      expect(text).toContain('Next: ');
    },
  );

  it.each(['find_jobs', 'decode_grid', 'classify_failures', 'get_dashboard_health', 'get_run', 'search_logs'])(
    '%s takes no cursor of another call',
    async (name) => {
      const { text, isError } = await mcp.call(name, { ...usual()[name], cursor: 'NSBub3RoaW5n' });

      expect(isError).toBe(true);
      expect(text).toMatch(/cursor/);
    },
  );
});

describe('diagnose', () => {
  it('costs at most 1,500 tokens in the median and 4,000 at p95, text and data together', async () => {
    const costs: number[] = [];
    for (const { question } of demo.world.scenarios) {
      const { text, output } = await mcp.call('diagnose', { question });
      costs.push((text.length + JSON.stringify(output).length) / 4);
    }
    costs.sort((a, b) => a - b);

    expect(costs[Math.floor(costs.length / 2)]).toBeLessThanOrEqual(1_500);
    expect(costs[Math.floor(0.95 * costs.length)]).toBeLessThanOrEqual(4_000);
  });
});

describe('compare_runs', () => {
  it('takes a failed run and one that passed, and nothing else', async () => {
    const { output } = await mcp.call('get_job_history', { job: JOB, limit: 20 });
    const runs = output['runs'] as { build: string; state: string }[];
    const of = (state: string): string[] =>
      runs.filter((run) => run.state === state).map((run) => `${JOB}/${run.build}`);
    const [[bad, other], [good]] = [of('failed'), of('passed')];

    for (const [run, beside] of [
      [bad, other],
      [good, bad],
      [good, undefined],
    ]) {
      const { text, isError } = await mcp.call('compare_runs', {
        run,
        ...(beside === undefined ? {} : { good: beside }),
      });
      expect(isError).toBe(true);
      expect(text).toContain('a failed run is compared with one that passed');
    }
    const { text } = await mcp.call('compare_runs', { run: bad, good });
    expect(text).toMatch(/moved from \w+ \(good\) to \w+ \(bad\)/);
    expect((await mcp.call('compare_runs', { run: JOB })).text).toMatch(/\(last good\) to \w+ \(first bad\)/);
  });
});

describe('summarize_failures', () => {
  it('has each job in its counts once, and says which names are nothing’s', async () => {
    const of = [JOB, 'gce-node-conformance', 'Is 4.22 aws proxy still broken?', 'no-such-job-anywhere'];

    const { output } = await mcp.call('summarize_failures', { of, hours: 300 });

    const counts = output['counts'] as Record<string, number>;
    expect(counts).toEqual({ failing: 1, flaky: 1, passing: 1 });
    const sections = (output['items'] as { section: string }[]).map(({ section }) => section);
    expect(sections).toEqual(expect.arrayContaining(['broke', 'recovered', 'flaky']));
    expect(output['gaps']).toEqual([expect.stringContaining('no-such-job-anywhere')]);
  });

  it('counts every tab of a dashboard once, and tells of what was not investigated', async () => {
    const { output } = await mcp.call('summarize_failures', { of: [DASHBOARD], limit: 1 });
    const health = await mcp.call('get_dashboard_health', { dashboard: DASHBOARD });

    const counts = Object.values(output['counts'] as Record<string, number>);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe((health.output['tabs'] as unknown[]).length);
    expect(output['gaps']).toContainEqual(expect.stringContaining('the limit is 1'));
  });

  it('of nothing that there is says so, and what to call next', async () => {
    const { text, isError } = await mcp.call('summarize_failures', { of: ['no-such-job-anywhere'] });

    expect(isError).toBe(true);
    expect(text).toContain('find_jobs');
  });
});

describe('paging', () => {
  it('shows every row of a grid once', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    let left = 0;
    do {
      const { output } = await mcp.call('decode_grid', { job: GRID, limit: 30, ...(cursor ? { cursor } : {}) });
      names.push(...(output['rows'] as { name: string }[]).map(({ name }) => name));
      cursor = output['cursor'] as string | undefined;
      left = output['left'] as number;
    } while (cursor !== undefined);

    expect(left).toBe(0);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(60);
  });

  it('goes on to older runs of a job', async () => {
    const first = await mcp.call('get_job_history', { job: JOB, limit: 5 });
    const next = await mcp.call('get_job_history', { job: JOB, limit: 5, cursor: first.output['cursor'] });

    const builds = [first, next].flatMap(({ output }) =>
      (output['runs'] as { build: string }[]).map((run) => run.build),
    );
    expect(new Set(builds).size).toBe(10);
    expect(builds).toEqual([...builds].sort((a, b) => (a < b ? 1 : -1)));
  });
});

describe('an ambiguous name', () => {
  it('gives candidates and the next call', async () => {
    const { text, isError } = await mcp.call('get_job_history', { job: 'gce' });

    expect(isError).toBe(true);
    expect(text).toMatch(/candidate: ci-kubernetes-e2e-gce/);
    expect(text).toMatch(/Next: the same call with the exact name/);
  });
});

describe('the log tools', () => {
  it('read the lines that a summary quotes, as it quotes them', async () => {
    const summary = await mcp.call('summarize_log', { log: `${JOB}/${build}`, budget: 200 });
    const headline = summary.output['headline'] as { line: number; text: string };

    const read = await mcp.call('read_log', { log: summary.output['log'], around: headline.line });

    const { from, lines } = read.output as unknown as { from: number; lines: string[] };
    expect(lines[headline.line - from]).toContain(headline.text);
  });

  it('say which of several ways to name lines is meant', async () => {
    const { text, isError } = await mcp.call('read_log', { log: `${JOB}/${build}`, from: 1, tail: 3 });

    expect(isError).toBe(true);
    expect(text).toContain('three ways');
  });

  it('refuse a pattern that RE2 does not know, and say what to write', async () => {
    const { text, isError } = await mcp.call('search_logs', { log: `${JOB}/${build}`, pattern: '(?=x)' });

    expect(isError).toBe(true);
    expect(text).toContain('look-ahead');
  });
});

/** Ids in fields that cite: `evidence` inside of entries, and `cites`. */
function citedIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return (key === 'evidence' || key === 'cites') && /^E\d+$/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => citedIn(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => citedIn(inner, name));
}
