import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GridSchema } from '../../../src/answer/heatmap/schema.ts';
import type { Call } from '../../../src/cli/command.ts';
import { grid } from '../../../src/cli/commands/grid.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import { startDemo, type Demo } from '../../support/demo.ts';

let demo: Demo;
let dir = '';
beforeAll(async () => {
  demo = await startDemo();
  dir = mkdtempSync(join(tmpdir(), 'whyred-grid-'));
});
afterAll(async () => {
  await demo.server.close();
  rmSync(dir, { recursive: true, force: true });
});

async function run(words: string[], values: Call['values'] = {}): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await grid.run(
    { words, values },
    {
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
      env: { WHYRED_CACHE_DIR: join(dir, 'cache'), WHYRED_CI_URL: demo.server.url },
      clock: () => demo.world.now,
      signal: new AbortController().signal,
    },
  );
  return { code, out, err };
}

describe('whyred grid', () => {
  it('shows a tab, by its name or its URL', async () => {
    const { code, out } = await run(['sig-release-master-blocking', 'gce-network']);

    expect(code).toBe(0);
    expect(out).toMatch(/^FAILING {2}sig-release-master-blocking \/ gce-network\n/);
    expect(out).toContain('Services should forward');
    expect((await run(['https://testgrid.k8s.io/sig-release-master-blocking#gce-network'])).out).toBe(out);
  });

  it('--json is one document of the documented schema, with links', async () => {
    const { out } = await run(['sig-release-master-blocking', 'gce-network'], { json: true });
    const document = GridSchema.parse(JSON.parse(out));
    const broken = document.rows.find(({ class: name }) => name === 'regression');

    expect(document.job).toBe('ci-kubernetes-e2e-gce-network');
    expect(broken?.first_bad?.url).toMatch(/^https:\/\/prow\.k8s\.io\/view\/gs\/kubernetes-ci-logs\/logs\/.+\/\d+$/);
    expect(document.columns[0]?.time).toMatch(/^2026-.*Z$/);
  });

  it('exits 3 with the tabs for one there is not, and for a dashboard alone', async () => {
    for (const words of [['sig-network-gce', 'nope'], ['sig-network-gce']]) {
      const { code, out, err } = await run(words);

      expect([code, out]).toEqual([3, '']);
      expect(err).toContain('  gce-ingress\n');
    }
    expect(await run(['nowhere', 'x'])).toMatchObject({ code: 3, err: 'whyred: there is no dashboard "nowhere"\n' });
  });

  it('reads a recorded table, plain or gzip, and writes pictures', async () => {
    const table = JSON.stringify({
      query: 'kubernetes-ci-logs/logs/ci-x',
      changelists: ['3', '2', '1'],
      timestamps: [3e12, 2e12, 1e12],
      tests: [{ name: 'Overall', statuses: [{ count: 3, value: 1 }] }],
    });
    const [file, svg, png] = ['table.json.gz', 'x.svg', 'x.png'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(file, gzipSync(table));
    const { code, out } = await run([], { file, svg, png });

    expect(code).toBe(0);
    expect(out).toMatch(/ {2}ci-x\n/);
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg /);
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
    writeFileSync(file, table);
    expect((await run([], { file })).out).toBe(out);
  });

  it('says what it does not take', async () => {
    const file = join(dir, 'not.json');
    writeFileSync(file, 'secret words');

    await expect(run([])).rejects.toThrow(UsageError);
    await expect(run(['a', 'b', 'c'])).rejects.toThrow(UsageError);
    await expect(run(['a', 'b'], { rows: '0' })).rejects.toThrow('--rows takes a whole number');
    await expect(run([], { file: join(dir, 'none') })).rejects.toThrow('cannot be read');
    await expect(run([], { file })).rejects.toThrow(/^(?!.*secret).*not JSON/);
  });
});
