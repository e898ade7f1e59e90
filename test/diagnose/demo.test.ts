import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/ci/evidence.ts';
import { AnswerSchema } from '../../src/answer/schema.ts';
import { verify } from '../../src/answer/verify.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { startDemo, type Demo } from '../support/demo.ts';

/** Causes that no rule of ours tells yet: saying "unknown" is right, saying anything else is not. */
const MAY_ABSTAIN = new Set(['timeout', 'stale']);
const SEEDS = [1, 2, 3];

describe.each(SEEDS)('the demo world, seed %i', (seed) => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo(seed);
  });
  afterAll(() => demo.server.close());

  it.each(createWorld({ seed }).scenarios.map(({ id }) => id))('%s is answered as it was made', async (id) => {
    const scenario = demo.world.scenarios.find((known) => known.id === id);
    if (!scenario) throw new Error(`no scenario ${id}`);
    const { truth } = scenario;

    const answer = await demo.ask(scenario.question);

    const { verdict, failures, since, evidence } = answer;
    expect(answer.subject.job).toBe(scenario.job);
    expect(verdict?.state).toBe(truth.state);
    const isFailing = truth.locus !== null;
    if (isFailing && !(MAY_ABSTAIN.has(id) && verdict?.locus === 'unknown')) expect(verdict?.locus).toBe(truth.locus);
    if (truth.recurrence !== null) expect(verdict?.recurrence).toBe(truth.recurrence);
    if (truth.cause?.step !== undefined) expect(failures[0]?.step).toBe(truth.cause.step);
    if (truth.cause?.test !== undefined)
      expect(failures.some(({ test, secondary }) => !secondary && (test ?? '').endsWith(truth.cause?.test ?? ''))).toBe(
        true,
      );
    if (truth.cause?.line !== undefined)
      expect(evidence.some(({ quote }) => quote.includes(truth.cause?.line ?? ''))).toBe(true);
    if (truth.firstFailing !== undefined) expect(since?.first_failing?.build).toBe(truth.firstFailing);
    if (truth.lastPassing !== undefined) expect(since?.last_passing?.build).toBe(truth.lastPassing);
    const { cost, ...investigation } = answer;
    const checked = verify(investigation);
    expect(AnswerSchema.parse({ ...checked.investigation, cost: { ...cost, ms: 0 } })).toBeTruthy();
    expect(checked.verified).toBe(checked.claims);
    for (const item of evidence) expect(item.sha256).toBe(sha256(item.quote));
  });
});

describe('an answer on the demo world', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.server.close());
  const scenario = (id: string): string => demo.world.scenarios.find((known) => known.id === id)?.question ?? '';

  it('names the commits between the last good and the first bad run', async () => {
    const { evidence, verdict } = await demo.ask(scenario('kubernetes-regression'));
    const { truth } = demo.world.scenarios[0] ?? {};

    const range = evidence.find(({ kind }) => kind === 'commit-range');

    expect(range?.url).toBe(
      `https://github.com/kubernetes/kubernetes/compare/${truth?.commits?.from}...${truth?.commits?.to}`,
    );
    expect(verdict?.reasons.some(({ evidence: ids }) => ids.includes(range?.id ?? ''))).toBe(true);
  });

  it('never takes gathering for the cause', async () => {
    const { failures } = await demo.ask(scenario('openshift-regression'));

    expect(failures.filter(({ secondary }) => secondary).map(({ step }) => step)).toEqual(
      expect.arrayContaining(['gather-extra']) as string[],
    );
    expect(failures[0]).toMatchObject({ step: 'openshift-e2e-test', secondary: false });
  });

  it('is the same verdict whatever a log orders its reader to say', async () => {
    const { verdict, failures } = await demo.ask(scenario('injection'));

    expect(verdict).toMatchObject({ locus: 'product', recurrence: 'regression', state: 'failing' });
    expect(JSON.stringify({ verdict, messages: failures.map(({ message }) => message) })).not.toMatch(
      /[\u202a-\u202e\u200b]|\\u001b/u,
    );
  });

  it('to a run’s URL explains that run', async () => {
    const first = await demo.ask(scenario('install-bootstrap'));
    const oldest = first.since?.first_failing;

    const answer = await demo.ask(`what happened in ${oldest?.url}?`);

    expect(answer.subject.build).toBe(oldest?.build);
    expect(answer.failures[0]?.step).toBe('ipi-install-install');
  });

  it('to a TestGrid tab finds its job', async () => {
    const { subject } = await demo.ask('https://testgrid.k8s.io/sig-release-master-blocking#gce-network');

    expect(subject).toMatchObject({ job: 'ci-kubernetes-e2e-gce-network', grid: { tab: 'gce-network' } });
  });

  it('to words that fit several jobs is the jobs, best first, and nothing else', async () => {
    const { verdict, candidates, gaps } = await demo.ask('why is e2e aws red?');

    expect(verdict).toBeNull();
    expect(candidates.length).toBeGreaterThan(1);
    expect(gaps.at(-1)?.why).toContain('Several jobs');
  });

  it('to an unknown name is the nearest names', async () => {
    const { verdict, candidates } = await demo.ask('why is ci-kubernetes-e2e-gce-netwrk failing?');

    expect(verdict).toBeNull();
    expect(candidates[0]?.job).toBe('ci-kubernetes-e2e-gce-network');
  });

  it('never matches a look-alike silently, and shows what is odd about it (B-09)', async () => {
    const { verdict, gaps, candidates } = await demo.ask('why is ci\u2010kubernetes-e2e-gce-network failing?');

    expect(verdict).toBeNull();
    expect(gaps.at(-1)?.why).toContain('U+2010');
    expect(candidates[0]?.job).toBe('ci-kubernetes-e2e-gce-network');
  });

  it('to a foreign address contacts nobody', async () => {
    const { verdict, gaps } = await demo.ask('why is https://evil.example/view/gs/kubernetes-ci-logs/logs/a/1 red?');

    expect(verdict).toBeNull();
    expect(gaps.at(-1)?.why).toContain('no configured CI system');
  });
});
