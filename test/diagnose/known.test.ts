import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AnswerSchema } from '../../src/answer/schema.ts';
import { verify } from '../../src/answer/verify.ts';

import type { Investigation } from '../../src/diagnose/investigation.ts';
import { diagnosisOf, diagnosisText } from '../../src/tooling/diagnosis.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const REPOSITORIES = ['whyred-demo/kubernetes', 'whyred-demo/release'];
const CONFIG = { knownIssues: { repositories: REPOSITORIES } };

const knownIn = ({ failures }: Investigation): string[] =>
  failures.flatMap(({ known = [] }) => known.map(({ issue }) => issue));

describe('known issues of the demo world', () => {
  let plain: Demo;
  let demo: Demo;
  beforeAll(async () => {
    plain = await startDemo();
    demo = await startDemo(1, CONFIG);
  });
  afterAll(() => Promise.all([plain.server.close(), demo.server.close()]));
  const question = (id: string): string => demo.world.scenarios.find((known) => known.id === id)?.question ?? '';
  const SAID: Readonly<Record<string, string>> = {
    'flaky-test': 'whyred-demo/kubernetes#1207',
    quota: 'whyred-demo/release#34',
  };

  it('are told for the failures that they are of, with proof that holds', async () => {
    const { cost, ...answer } = await demo.ask(question('flaky-test'));
    const { investigation, claims, verified } = verify(answer);

    const [known] = investigation.failures[0]?.known ?? [];
    expect(known).toMatchObject({ issue: SAID['flaky-test'], state: 'reopened', by: 'test' });
    expect(known?.url).toBe('https://github.com/whyred-demo/kubernetes/issues/1207');
    const proof = investigation.evidence.find(({ id }) => id === known?.evidence[0]);
    expect(proof).toMatchObject({ kind: 'known-issue', source: { service: 'github' } });
    expect(proof?.quote).toContain('should detach a volume while its node drains');
    expect(investigation.verdict?.summary).toContain('known: whyred-demo/kubernetes#1207 (reopened).');
    expect(investigation.verdict?.reasons[0]).toMatchObject({ evidence: known?.evidence });
    expect(verified).toBe(claims);
    expect(AnswerSchema.parse({ ...investigation, cost: { ...cost, ms: 0 } })).toBeTruthy();
  });

  it('are not told at all where their proof does not hold', async () => {
    const answer = await demo.ask(question('flaky-test'));
    const texts = new Map([...answer.texts].filter(([key]) => !key.includes('github')));
    expect(texts.size).toBeLessThan(answer.texts.size);

    const { investigation } = verify({ ...answer, texts });

    expect(investigation.failures[0]?.known).toEqual([]);
    expect(JSON.stringify(investigation.verdict)).not.toContain('1207');
  });

  it('are told by the tool, in the text that a model and Slack get', async () => {
    const answer = await demo.ask(question('flaky-test'));

    const found = diagnosisOf(verify(answer), 'concise');

    expect(found.reasons[0]?.text).toContain('Known: whyred-demo/kubernetes#1207 (reopened): ');
    expect(found.evidence.find(({ id }) => id === found.reasons[0]?.evidence[0])?.quote).toContain('detach a volume');
    expect(diagnosisText(found)).toContain('known: whyred-demo/kubernetes#1207 (reopened).');
  });

  it('are told by what a failure says, and as fixed where they are closed', async () => {
    const { failures } = await demo.ask(question('quota'));

    expect(failures[0]?.known).toMatchObject([{ issue: SAID['quota'], by: 'text' }]);
    expect(failures[0]?.known?.[0]?.state).toMatch(/^fixed \d{4}-/);
    expect(failures.slice(1).every(({ known }) => known === undefined)).toBe(true);
  });

  it('are told for no other failure', async () => {
    for (const { id, question: asked } of demo.world.scenarios)
      expect(knownIn(await demo.ask(asked)), id).toEqual(SAID[id] === undefined ? [] : [SAID[id]]);
  });

  it.each(['kubernetes-regression', 'injection', 'flaky-test'])('change nothing else: %s', async (id) => {
    const [without, answer] = [await plain.ask(question(id)), await demo.ask(question(id))];

    expect(answer.gaps).toEqual(without.gaps);
    expect(answer.since).toEqual(without.since);
    expect(answer.verdict?.reasons.filter(({ text }) => !text.startsWith('Known: ')).map(({ text }) => text)).toEqual(
      without.verdict?.reasons.map(({ text }) => text),
    );
    if (SAID[id] === undefined) expect({ ...answer.verdict }).toEqual({ ...without.verdict });
  });

  it('whose proof is not what was fetched are taken out', async () => {
    const answer = await demo.ask(question('flaky-test'));
    const forged = answer.evidence.map((item) =>
      item.kind === 'known-issue' ? { ...item, quote: 'an issue that nobody wrote' } : item,
    );

    const { investigation } = verify({ ...answer, evidence: forged });

    expect(investigation.failures[0]?.known).toEqual([]);
    expect(investigation.verdict?.reasons.some(({ text }) => text.startsWith('Known'))).toBe(false);
  });

  it('that cannot be had are a gap, and the answer is what it is without them', async () => {
    demo.server.fault({ only: 'github', status: 404 });
    try {
      const [without, answer] = [await plain.ask(question('flaky-test')), await demo.ask(question('flaky-test'))];

      expect(answer.verdict).toEqual(without.verdict);
      expect(answer.gaps.map(({ effect }) => effect)).toEqual(
        REPOSITORIES.map((name) => `whether ${name} knows the failure was not checked`),
      );
    } finally {
      demo.server.fault(null);
    }
  });
});
