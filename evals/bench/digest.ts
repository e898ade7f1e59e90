// npm run bench:digest: summaries of the recorded dashboards, each in a process of its own over the mirror: wall time,
// requests, bytes, peak memory; and of 25, 50, 100 and 400 recorded tabs, whether compute grows with them.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gather } from '../../src/digest/gather.ts';
import { diskCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { createSources } from '../../src/sources/sources.ts';
import { recordedData, startMirror } from '../mirror.ts';

interface Entry {
  readonly kind: string;
  readonly dashboard: string;
  readonly tab: string;
  readonly cols: number;
  /** Newest column, ms; what the manifest calls the end. */
  readonly t1: number;
}

interface Asked {
  readonly of: readonly string[];
  readonly to: number;
  readonly ciUrl: string;
}

interface Told {
  readonly ms: number;
  /** Of the process, both cores together. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly jobs: number;
  readonly items: number;
  readonly gaps: number;
}

const DAY = 86_400_000;
const INFORMING = 'redhat-openshift-ocp-release-4.6-informing';
const SIZES = [25, 50, 100, 400];
const LIMIT = 40;

if (process.send) await child();
else await main();

async function child(): Promise<void> {
  const [{ of, to, ciUrl }] = (await once(process, 'message')) as [Asked];
  const clock = (): number => to;
  // What was fetched is kept on disk, as the command keeps it.
  const folder = mkdtempSync(join(tmpdir(), 'whyred-digest-'));
  const config = parseConfig({}, ciUrl);
  const sources = createSources({ config, cache: diskCache(folder, config.cacheMaxBytes), clock });
  const began = performance.now();
  const before = process.cpuUsage();
  const { digest } = await gather(of, { sources, clock, window: { from: to - DAY, to }, limit: LIMIT });
  const { user, system } = process.cpuUsage(before);
  const ms = performance.now() - began;
  await sources.close();
  rmSync(folder, { recursive: true, force: true });
  const told: Told = {
    ms,
    cpuMs: (user + system) / 1_000,
    peakMb: process.resourceUsage().maxRSS / 1_024,
    jobs: digest.jobs.filter(({ state }) => state !== 'unknown').length,
    items: digest.items.length,
    gaps: digest.gaps.length,
  };
  process.send?.(told, () => process.exit());
}

async function main(): Promise<void> {
  const shared = recordedData();
  if (shared === null) {
    console.log('skipped: no recorded data beside the project');
    return;
  }
  const manifest = JSON.parse(readFileSync(join(shared, 'data/testgrid/manifest.json'), 'utf8')) as Entry[];
  const tables = manifest.filter(({ kind, cols }) => kind === 'table' && cols > 0);
  const mirror = await startMirror(shared);
  const row = async (name: string, of: readonly string[], to: number): Promise<Told> => {
    await mirror.reset();
    const told = await inProcess({ of, to, ciUrl: mirror.url });
    const { requests, bytes } = await mirror.stats();
    console.log(
      [
        name.padEnd(46),
        `${told.jobs} tabs`.padStart(9),
        `${told.items} items`.padStart(10),
        `${(told.ms / 1_000).toFixed(1)} s`.padStart(8),
        `${(told.cpuMs / 1_000).toFixed(1)} s CPU`.padStart(11),
        `${requests} requests`.padStart(15),
        `${(bytes / 1e6).toFixed(1)} MB`.padStart(9),
        `${told.peakMb.toFixed(0)} MB peak`.padStart(13),
      ].join(''),
    );
    return told;
  };
  const blocking = [...new Set(tables.map(({ dashboard }) => dashboard))].filter((name) => name.endsWith('-blocking'));
  for (const dashboard of [...blocking.sort(), INFORMING]) {
    const newest = Math.max(...tables.filter((entry) => entry.dashboard === dashboard).map(({ t1 }) => t1));
    await row(dashboard, [dashboard], newest);
  }
  const tabs = [...new Map(tables.map(({ dashboard, tab, t1 }) => [`${dashboard}#${tab}`, t1])).entries()];
  // Far apart in the list, so that each size has of every release.
  const spread = tabs.map((tab, i) => ({ tab, at: (i * 7_919) % tabs.length })).sort((a, b) => a.at - b.at);
  for (const size of SIZES) {
    const some = spread.slice(0, size).map(({ tab }) => tab);
    const { cpuMs, jobs } = await row(
      `${some.length} tabs of all releases`,
      some.map(([name]) => name),
      Math.max(...some.map(([, t1]) => t1)),
    );
    console.log(`  ${(cpuMs / jobs).toFixed(0)} ms CPU a tab`);
  }
  await mirror.stop();
}

async function inProcess(asked: Asked): Promise<Told> {
  const started = fork(import.meta.filename);
  started.send(asked);
  const [told] = (await once(started, 'message')) as [Told];
  return told;
}
