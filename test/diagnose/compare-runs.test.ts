import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceList } from '../../src/ci/evidence.ts';
import { parseAddress } from '../../src/ci/address.ts';
import { compareRuns, type RunComparison } from '../../src/diagnose/compare-runs.ts';
import { Gaps } from '../../src/diagnose/gaps.ts';
import type { Investigation } from '../../src/diagnose/investigation.ts';
import { Quotes } from '../../src/diagnose/quote.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { createSources } from '../../src/sources/sources.ts';
import { startDemo, type Demo } from '../support/demo.ts';

describe('a failing run beside the last good one', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.server.close());

  const ask = (id: string): Promise<Investigation> =>
    demo.ask(demo.world.scenarios.find((scenario) => scenario.id === id)?.question ?? '');

  /** What an answer says of the passing run, with the quotes that show it. */
  async function besideIn(id: string): Promise<{ text: string; quotes: string[] }[]> {
    const { verdict, evidence } = await ask(id);
    return (verdict?.reasons ?? [])
      .filter(({ text }) => text.includes('passing run'))
      .map(({ text, evidence: ids }) => ({
        text,
        quotes: evidence.filter((item) => ids.includes(item.id)).map(({ quote }) => quote),
      }));
  }

  it('an answer says what is new in the log of the cause', async () => {
    const [novelty] = await besideIn('quota');

    expect(novelty?.text).toMatch(/^Line \d+ is new/);
    expect(novelty?.quotes[0]).toContain('AddressLimitExceeded');
  });

  it('an answer to a time limit says which steps took longer, by both logs', async () => {
    const slower = await besideIn('timeout');

    expect(slower.map(({ text }) => text)).toEqual(
      slower.map(() => expect.stringMatching(/^Step \S+ took \S+, against \S+ in passing run \d+$/) as string),
    );
    for (const { text, quotes } of slower) {
      const [, now = '-', then = '-'] = /took (\S+), against (\S+) in/.exec(text) ?? [];
      expect(quotes[0]).toContain(`after ${now}`);
      expect(quotes[1]).toContain(`after ${then}`);
    }
  });

  async function compare(id: string): Promise<RunComparison & { quoted: readonly string[] }> {
    const { since } = await ask(id);
    const config = parseConfig({}, demo.server.url);
    const sources = createSources({ config, cache: memoryCache(), clock: () => demo.world.now });
    const systems = sources.systems.map(({ system }) => system);
    const [bad, good] = await Promise.all(
      [since?.first_failing, since?.last_passing].map(async (point) => {
        const address = parseAddress(point?.url ?? '', systems);
        if (address?.kind !== 'run') throw new Error('no run');
        const ci = sources.systems.find(({ system }) => system.name === address.job.system);
        const run = await ci?.artifacts.run(address.job, address.build, address.path);
        if (!ci || !run) throw new Error('no run');
        return { ci, run: run.value };
      }),
    );
    if (!bad || !good) throw new Error('no runs');
    const list = new EvidenceList();
    const quotes = new Quotes(list, bad.ci.system.sites);
    const runs = { bad: bad.run, good: good.run };
    const compared = await compareRuns(bad.ci, runs, {
      budget: 500,
      quotes,
      gaps: new Gaps(),
      names: { bad: 'first bad', good: 'last good' },
    });
    await sources.close();
    return { ...compared, quoted: list.items.map(({ quote }) => quote) };
  }

  it('is compared in full: commits, payload, steps and log, each claim with its proof', async () => {
    const { claims, steps, step, log, quoted } = await compare('quota');

    expect(step).toBe('ipi-install-install');
    for (const words of [/^openshift\/release moved/, /^The payload moved/, /^Line \d+ is new/])
      expect(claims.some(({ text }) => words.test(text))).toBe(true);
    expect(claims.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(steps.length).toBeGreaterThan(2);
    expect(log?.summary.headline?.text).toContain('level=fatal');
    expect(log?.comparison.added.length).toBeGreaterThan(0);
    expect(quoted.some((quote) => quote.includes('AddressLimitExceeded'))).toBe(true);
  });
});
