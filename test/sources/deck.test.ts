import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/ci/job.ts';
import type { System } from '../../src/ci/system.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { deck } from '../../src/sources/deck.ts';
import { createHttp } from '../../src/sources/http.ts';
import type { Runs } from '../../src/sources/ports.ts';
import { describeRecorded } from '../support/recorded.ts';
import { serve } from '../support/server.ts';

const system: System = {
  name: 'kubevirt',
  buckets: ['kubevirt-prow'],
  sites: { deck: 'https://prow.example', storage: 'https://storage.example', testgrid: 'https://testgrid.example' },
  gcsweb: [],
  dashboards: [],
};
const job: Job = { system: 'kubevirt', bucket: 'kubevirt-prow', kind: 'periodic', name: 'periodic-x' };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function deckWith(page: string): Promise<Runs> {
  const server = await serve((_, response) => response.end(page));
  const http = createHttp({ origins: new Set([server.url]), cache: memoryCache(), clock: () => 0 });
  closers.push(
    () => http.close(),
    () => server.close(),
  );
  return deck(http, server.url, system);
}

const entry = (id: string, more = ''): string =>
  `{"SpyglassLink":"/view/gs/kubevirt-prow/logs/periodic-x/${id}","ID":"${id}","Started":"2026-01-02T03:04:05Z","Duration":60000000000,"Result":"FAILURE"${more}}`;

describe('a job-history page', () => {
  it('gives the runs with their exact records, and where older ones are', async () => {
    const records = [entry('12'), entry('11', ',"Refs":{"pulls":[{"title":"a } ] \\" tricky"}]}')];
    const prow = await deckWith(
      `<a href="/job-history/gs/kubevirt-prow/logs/periodic-x?buildId=10">&lt;- Older Runs</a><script>var allBuilds = [${records.join(',')}];</script>`,
    );

    const { value } = await prow.history(job);

    expect(value.runs.map(({ build, state, durationMs, record }) => [build, state, durationMs, record])).toEqual([
      ['12', 'failed', 60_000, records[0]],
      ['11', 'failed', 60_000, records[1]],
    ]);
    expect(value.older).toBe('10');
  });

  it('of another bucket is not this job’s', async () => {
    const prow = await deckWith(`<script>var allBuilds = [${entry('12').replace('kubevirt-prow', 'other')}];</script>`);

    await expect(prow.history(job)).rejects.toMatchObject({ problem: 'not found' });
  });

  it.each(['<html>log in</html>', 'var allBuilds = [{"ID":', 'var allBuilds = [{"ID":"x"}]'])(
    'is not %s',
    async (page) => {
      const prow = await deckWith(page);

      await expect(prow.history(job)).rejects.toMatchObject({ problem: 'bad response' });
    },
  );
});

describe('prowjobs.js', () => {
  it.each(['', 'var allBuilds = '])('gives each job once, with or without %j in front', async (prefix) => {
    const item = (name: string, id: string, state: string): object => ({
      spec: { job: name, type: 'periodic' },
      status: { state, build_id: id, url: `https://prow.example/view/gs/kubevirt-prow/logs/${name}/${id}` },
    });
    const items = [
      item('periodic-x', '11', 'failure'),
      item('periodic-x', '12', 'success'),
      item('../evil', '13', 'success'),
      {},
    ];
    const prow = await deckWith(`${prefix}${JSON.stringify({ items })}${prefix === '' ? '' : ';'}`);

    const { value } = await prow.recent();

    expect(value).toEqual([{ job, build: '12', state: 'passed' }]);
  });
});

describeRecorded('a recorded pr-history page', (shared) => {
  it('gives every job with its runs, newest first', async () => {
    const folder = 'data/shapes/kubevirt-ci-health/pkg/sigretests/testdata';
    const page = readFileSync(join(shared, folder, 'pr-history-16831.html'), 'utf8');
    const cells = page.match(/class="[^"]*run-(?:success|failure|pending|aborted)"/g)?.length ?? 0;
    const prow = await deckWith(page);

    const { value } = await prow.pull({ org: 'kubevirt', repo: 'kubevirt', number: 16831 });

    const runs = value.flatMap((entry) => entry.runs);
    expect(value.length).toBeGreaterThan(5);
    expect(runs).toHaveLength(cells);
    expect(new Set(runs.map(({ state }) => state)).size).toBeGreaterThan(1);
    for (const run of runs) expect(run.path).toMatch(/^pr-logs\/pull\/kubevirt_kubevirt\/16831\//);
  });

  it('without runs is empty', async () => {
    const folder = 'data/shapes/kubevirt-ci-health/pkg/sigretests/testdata';
    const prow = await deckWith(readFileSync(join(shared, folder, 'pr-history-no-commits.html'), 'utf8'));

    expect((await prow.pull({ org: 'kubevirt', repo: 'kubevirt', number: 1 })).value).toEqual([]);
  });
});
