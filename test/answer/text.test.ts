import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256, sourceKey, type Evidence } from '../../src/ci/evidence.ts';
import type { Failure } from '../../src/ci/failure.ts';
import { plain } from '../../src/answer/paint.ts';
import { answerText } from '../../src/answer/text.ts';
import { verify } from '../../src/answer/verify.ts';
import { agoWords, bytesWords, durationWords } from '../../src/answer/words.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const cost = { requests: 12, waves: 3, bytes: 111_000, ms: 240 };

describe('the answer as text', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.server.close());
  const show = async (id: string): Promise<string> => {
    const question = demo.world.scenarios.find((scenario) => scenario.id === id)?.question ?? '';
    return answerText(verify(await demo.ask(question)), cost, { paint: plain, width: 100, now: demo.world.now });
  };

  it('tells what, since when, the lines that say why, the reasons, and where each stands', async () => {
    await expect(await show('quota')).toMatchFileSnapshot('__snapshots__/quota.txt');
  });

  it('of a flaky green job names the test and its rate with an interval', async () => {
    await expect(await show('green-but-flaky')).toMatchFileSnapshot('__snapshots__/green-but-flaky.txt');
  });

  it('of a hostile log shows no control, no invisible and no direction-changing character', async () => {
    const text = await show('injection');

    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
    expect(text).toMatch(/^RED /);
  });

  it('says in a line what else the log of the cause says, without secrets', async () => {
    const question = demo.world.scenarios.find(({ id }) => id === 'quota')?.question ?? '';
    const asked = await demo.ask(question);
    const password = 'hunter2'.repeat(3);
    const families = [`error: \u001b[31mlogin: password=${password}`, 'y'.repeat(300), 'third'];
    const unquoted = families.map((family, i) => ({ family, count: 279 - i, first: 1, last: 500 }));
    const failures = asked.failures.map((failure, i) => (i === 0 ? { ...failure, unquoted } : failure));

    const text = answerText(verify({ ...asked, failures }), cost, { paint: plain, width: 100, now: demo.world.now });

    const line = text.split('\n').find((one) => one.includes('also in this log')) ?? '';
    expect(line).toMatch(/^ {4}also in this log, not quoted: 279 × error: login: .*-secret\] · 278 × y+…y+$/);
    expect(line.length).toBeLessThanOrEqual(100);
    expect(text).not.toContain(password);
    expect(text).not.toContain('third');
  });

  it('of a job that is green again names the failed run that is explained', async () => {
    const question = demo.world.scenarios.find(({ id }) => id === 'recovered')?.question ?? '';

    const { subject } = await demo.ask(question);

    expect((await show('recovered')).split('\n')[0]).toBe(
      `GREEN  ${subject.job}; explained: run ${subject.build}, which failed`,
    );
    expect((await show('green-but-flaky')).split('\n')[0]).not.toContain('explained');
  });

  it('of an unclear question is the candidates', async () => {
    const text = answerText(verify(await demo.ask('e2e aws')), cost, { paint: plain, width: 100, now: demo.world.now });

    expect(text).toMatch(/^Several jobs fit: name one of them\.\n\nDid you mean\n {2}/);
  });
});

describe('an answer’s claims', () => {
  const log = 'one\ntwo\nthree\n';
  const source = { service: 'gcs' as const, bucket: 'b', object: 'o' };
  const cite = (id: string, quote: string, from: number): Evidence => ({
    id,
    kind: 'log-lines',
    title: '',
    url: '',
    source,
    lines: { from, to: from },
    quote,
    sha256: sha256(quote),
  });
  const claim = (evidence: readonly string[]): Failure => ({
    step: 's',
    test: null,
    message: '',
    secondary: false,
    since: null,
    evidence,
  });

  it('hold only where the quote stands at its lines in what was fetched; what cites a false one is dropped', () => {
    const investigation = {
      subject: { asked: '', system: null, job: null, build: null, url: null, pull: null, grid: null },
      verdict: null,
      since: null,
      failures: [claim(['E1']), claim(['E2']), claim(['E3']), claim(['E9']), claim([])],
      evidence: [cite('E1', 'two', 2), cite('E2', 'two', 3), cite('E3', 'invented', 1)],
      gaps: [],
      candidates: [],
      texts: new Map([[sourceKey(source), Buffer.from(log)]]),
    };

    const { claims, verified, investigation: checked } = verify(investigation);

    expect([claims, verified]).toEqual([5, 1]);
    expect(checked.failures.map(({ evidence }) => evidence)).toEqual([['E1'], []]);
    expect(checked.evidence.map(({ id }) => id)).toEqual(['E1']);
  });
});

describe('figures', () => {
  it('read as people say them, and no age is negative', () => {
    const time = '2026-11-20T12:00:00.000Z';
    const at = (ms: number): string => agoWords(time, Date.parse(time) + ms);

    expect([at(-5000), at(60_000), at(3 * 3_600_000), at(50 * 3_600_000)]).toEqual([
      '0 minutes ago',
      '1 minute ago',
      '3 hours ago',
      '2 days ago',
    ]);
    expect([durationWords(240), durationWords(61_000), durationWords(5_520_000)]).toEqual([
      '0.2 s',
      '1 min 1 s',
      '1 h 32 min',
    ]);
    expect([bytesWords(300), bytesWords(111_000), bytesWords(1_950_000)]).toEqual(['300 B', '111 kB', '1.9 MB']);
  });
});
