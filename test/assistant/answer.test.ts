import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHARACTERS, competent } from '../../evals/models/characters.ts';
import type { Script } from '../../evals/models/server.ts';
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import { Conversation } from '../../src/assistant/conversation.ts';
import { AssistantSchema, assistantDocument } from '../../src/assistant/schema.ts';
import { assistantText } from '../../src/assistant/text.ts';
import { plain } from '../../src/answer/paint.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { startAssistant, type AssistantFixture } from '../support/assistant.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const QUESTION = `Why is ${JOB} red?`;
let demo: Demo;
const open: AssistantFixture[] = [];
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(async () => {
  for (const fixture of open.splice(0)) await fixture.close();
});

async function start(script: Script, env: Record<string, string> = {}): Promise<AssistantFixture> {
  const fixture = await startAssistant(demo.server.url, () => demo.world.now, script, env);
  open.push(fixture);
  return fixture;
}

const ask = (
  { assistant }: AssistantFixture,
  question = QUESTION,
  conversation = new Conversation(),
  signal = new AbortController().signal,
): Promise<AssistantAnswer> => assistant.ask(question, conversation, { signal, progress: () => undefined });

describe('an answer', () => {
  it('takes one call of the model, which is shown the investigation, and has every claim verified', async () => {
    const fixture = await start(competent);

    const answer = await ask(fixture);

    expect(fixture.model.requests).toHaveLength(1);
    expect(answer).toMatchObject({ by: 'model', fallback: null, dropped: [], verified: answer.claimed });
    expect(answer.claims.length).toBeGreaterThan(2);
    expect(answer.spent.input_tokens).toBeLessThanOrEqual(4_000);
    expect(AssistantSchema.parse(assistantDocument(answer))).toBeTruthy();
    const text = assistantText(answer, { paint: plain, width: 100 });
    expect(text).toMatch(/^RED {2}ci-kubernetes-e2e-gce-network/);
    expect(text).toContain('product · regression');
    expect(text).toMatch(/\d of \d claims verified · worded by the model/);
  });

  it('of the rules calls nothing verified that cites nothing', async () => {
    const answer = await ask(await start(CHARACTERS['empty'] ?? competent), 'Why does ci-nobody-has-such-a-job fail?');

    expect(answer).toMatchObject({ by: 'rules', verified: 0, claimed: 0 });
    expect(answer.claims.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(CHARACTERS).filter((name) => name !== 'competent' && name !== 'slow'))(
    'is full whatever the model does: %s',
    async (name) => {
      const answer = await ask(await start(CHARACTERS[name] ?? competent));

      expect(answer.claims.length).toBeGreaterThan(2);
      expect(answer.spent.turns).toBeLessThanOrEqual(10);
      expect(answer.spent.calls).toBeLessThanOrEqual(20);
      const text = assistantText(answer, { paint: plain, width: 100 });
      expect(text).toMatch(/^RED {2}ci-kubernetes-e2e-gce-network/);
      expect(text).not.toMatch(/evil|curl|1999999999999999999|provider text/);
    },
  );

  it('drops the claims that do not hold, and says how many', async () => {
    const claims = [
      { text: 'It fails in 6 of 20 runs.', evidence: ['R1'] },
      { text: 'It is a regression.', evidence: ['R1'] },
      { text: 'It fails in 19 of 20 runs.', evidence: ['R1'] },
    ];
    const args = JSON.stringify({ claims, next: 'Look at the run first.' });

    const answer = await ask(await start(() => ({ kind: 'call', calls: [{ name: 'give_answer', args }] })));

    expect(answer).toMatchObject({ by: 'model', verified: 2, claimed: 3, next: 'Look at the run first.' });
    expect(assistantText(answer, { paint: plain, width: 100 })).toContain('2 of 3 claims verified, 1 dropped');
  });

  it('shows both where the model openly reads it otherwise', async () => {
    const claims = [{ text: 'It looks flaky.', evidence: ['R1'] }];
    const args = JSON.stringify({ claims, recurrence: 'known flake' });

    const answer = await ask(await start(() => ({ kind: 'call', calls: [{ name: 'give_answer', args }] })));

    expect(answer).toMatchObject({ by: 'model', disagrees: 'known flake' });
    const text = assistantText(answer, { paint: plain, width: 100 });
    expect(text).toContain('product · regression');
    expect(text).toContain('The model reads it as known flake');
  });

  it('is the rules’ own without a model, in the same form', async () => {
    const { assistant } = await start(competent, { WHYRED_MODEL: '' });

    const answer = await assistant.ask(QUESTION, new Conversation(), {
      signal: new AbortController().signal,
      progress: () => undefined,
    });

    expect(answer).toMatchObject({ by: 'rules', fallback: 'no model is configured' });
    expect(answer.claims.length).toBeGreaterThan(3);
    expect(answer.evidence.length).toBeGreaterThan(2);
  });

  it('may take other tools, whose results can be cited', async () => {
    const fixture = await start((asked) =>
      asked.turn === 0
        ? { kind: 'call', calls: [{ name: 'get_job_history', args: JSON.stringify({ job: JOB }) }] }
        : {
            kind: 'call',
            calls: [
              {
                name: 'give_answer',
                args: JSON.stringify({ claims: [{ text: 'It is 6 in a row.', evidence: ['R2'] }] }),
              },
            ],
          },
    );

    const answer = await ask(fixture);

    expect(answer).toMatchObject({ by: 'model', verified: 1 });
    expect(answer.evidence.map(({ id }) => id)).toEqual(['R2']);
    expect(answer.spent.entries).toContainEqual(expect.objectContaining({ call: 'get_job_history', result: 'R2' }));
  });

  it('is stopped by its asker at once, down to the model', async () => {
    const fixture = await start(() => ({ kind: 'hang' }));
    const stop = new AbortController();

    const answer = ask(fixture, QUESTION, new Conversation(), stop.signal);
    await expect.poll(() => fixture.model.requests.length).toBe(1);
    stop.abort();

    expect(await answer).toMatchObject({ by: 'rules', fallback: expect.stringContaining('cancelled') as string });
  });
});

describe('a model that fails (D-01)', () => {
  it.each([
    [401, 'refused the key', 1],
    [403, 'refused the key', 1],
    [429, 'overloaded', 2],
    [500, 'unavailable', 2],
    [503, 'unavailable', 2],
    [400, 'bad response', 1],
  ])('with HTTP %i is asked at most twice, and the rules answer', async (status, problem, requests) => {
    const fixture = await start(() => ({ kind: 'status', status, headers: { 'retry-after': '0' } }));

    const answer = await ask(fixture);

    expect(answer).toMatchObject({ by: 'rules', fallback: expect.stringContaining(problem) as string });
    expect(answer.fallback).not.toContain('provider');
    expect(fixture.model.requests).toHaveLength(requests);
  });

  it('by a broken connection is asked again once', async () => {
    const fixture = await start(() => ({ kind: 'reset' }));

    expect(await ask(fixture)).toMatchObject({
      by: 'rules',
      fallback: expect.stringContaining('unavailable') as string,
    });
    expect(fixture.model.requests).toHaveLength(2);
  });

  it('once, and then answers, is heard', async () => {
    let asked = 0;
    const fixture = await start((request) => {
      asked += 1;
      return asked === 1 ? { kind: 'status', status: 429, headers: { 'retry-after': '0' } } : competent(request);
    });

    expect(await ask(fixture)).toMatchObject({ by: 'model' });
  });

  it('five times in a row is left alone: the next answer comes without asking it', async () => {
    const fixture = await start(() => ({ kind: 'status', status: 400 }));
    for (let i = 0; i < 5; i += 1) await ask(fixture);
    const before = fixture.model.requests.length;

    const answer = await ask(fixture);

    expect(fixture.model.requests).toHaveLength(before);
    expect(answer.fallback).toContain('left alone');
  });
});

describe('a model that talks nonsense (D-02, D-04)', () => {
  it('gets one chance to mend its answer', async () => {
    let asked = 0;
    const fixture = await start((request) => {
      asked += 1;
      return asked === 1
        ? { kind: 'call', calls: [{ name: 'give_answer', args: '{"claims": 5}' }] }
        : competent(request);
    });

    expect(await ask(fixture)).toMatchObject({ by: 'model' });
    expect(fixture.model.requests).toHaveLength(2);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['30,000 characters long', `{"job":"${'x'.repeat(30_000)}"}`],
    ['3,000 levels deep', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`],
    ['wrong types', '{"job":7,"limit":"many"}'],
    ['a prototype', '{"__proto__":{"job":"x"},"job":"x"}'],
  ])('is told of arguments that are %s, and may go on', async (_, args) => {
    const fixture = await start((asked) =>
      asked.turn === 0 ? { kind: 'call', calls: [{ name: 'get_job_history', args, id: 'a' }] } : competent(asked),
    );

    expect(await ask(fixture)).toMatchObject({ by: 'model' });
    const told = fixture.model.requests.at(-1)?.messages.at(-1)?.content ?? '';
    expect(told).toContain('Not done');
  });

  it('ends what it may cost with arguments of a megabyte, and is not sent them back', async () => {
    const args = `{"job":"${'x'.repeat(1024 * 1024)}"}`;
    const fixture = await start(() => ({ kind: 'call', calls: [{ name: 'get_job_history', args }] }));

    expect((await ask(fixture)).fallback).toContain('output tokens');
    for (const { body } of fixture.model.requests) expect(body.length).toBeLessThan(50_000);
  });

  it('that calls two things by one id is answered both', async () => {
    const call = { name: 'find_jobs', args: '{"words":"aws"}', id: 'same' };
    const fixture = await start((asked) =>
      asked.turn === 0 ? { kind: 'call', calls: [call, call] } : competent(asked),
    );

    expect(await ask(fixture)).toMatchObject({ by: 'model' });
  });
});

describe('a model that never ends (D-03)', () => {
  it('is answered from memory when it asks the same again', async () => {
    const fixture = await start(CHARACTERS['looping'] ?? competent);

    const answer = await ask(fixture);

    expect(answer.fallback).toContain('10 turns');
    expect(answer.spent.calls).toBe(1);
    expect(fixture.model.requests.at(-1)?.messages.at(-1)?.content).toContain('asked this before');
  });

  it('may call twenty times, then only answer', async () => {
    let n = 0;
    const fixture = await start((asked) => {
      if (asked.tools.length === 1) return competent(asked);
      n += 4;
      const calls = [0, 1, 2, 3].map((i) => ({ name: 'find_jobs', args: `{"words":"aws ${n + i}"}`, id: `c${n + i}` }));
      return { kind: 'call', calls };
    });

    const answer = await ask(fixture);

    expect(answer.spent.calls).toBe(20);
    expect(answer.by).toBe('model');
  });

  it('ends at what an answer may cost', async () => {
    const env = { WHYRED_MODEL_PRICES: '10,10', WHYRED_MODEL_BUDGET: '0.05' };
    const fixture = await start(CHARACTERS['looping'] ?? competent, env);

    const answer = await ask(fixture);

    expect(answer.fallback).toContain('0.05 dollars');
    expect(answer.spent.dollars).toBeLessThan(0.1);
  });
});

describe('a conversation', () => {
  it('goes on about the same job, of another version too, and remembers only what was checked', async () => {
    const fixture = await start(competent);
    const conversation = new Conversation();

    await ask(fixture, 'Why is e2e-aws-ovn-fips failing?', conversation);
    const since = await ask(fixture, 'since when?', conversation);
    const other = await ask(fixture, `and ${JOB}?`, conversation);

    expect(since.first.data['job']).toBe('periodic-ci-openshift-release-main-nightly-4.22-e2e-aws-ovn-fips');
    expect(other.first.data['job']).toBe(JOB);
    const roles = fixture.model.requests.at(-1)?.messages.map(({ role }) => role);
    expect(roles).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user']);
  });

  it('never answers for the job before when another one is named that does not exist', async () => {
    const fixture = await start(competent);
    const conversation = new Conversation();
    await ask(fixture, QUESTION, conversation);

    const answer = await ask(fixture, 'why is nonsense-job-name-here red?', conversation);

    expect(answer.first.isError).toBe(true);
    expect(answer.claims.map(({ text }) => text).join('\n')).toContain('No job is named nonsense-job-name-here');
  });

  it('tells a name with one hyphen from a word with one', async () => {
    const fixture = await start(competent);
    const conversation = new Conversation();
    await ask(fixture, 'Why is e2e-aws-ovn-fips failing?', conversation);

    const other = await ask(fixture, 'and gce-network?', conversation);
    const same = await ask(fixture, 'did a re-run pass?', conversation);

    expect(other.first.data['job']).toBe('ci-kubernetes-e2e-gce-network');
    expect(same.first.data['job']).toBe('ci-kubernetes-e2e-gce-network');
  });

  it('says since when, and no more, to who asks no more', async () => {
    const fixture = await start(competent, { WHYRED_MODEL: '' });
    const conversation = new Conversation();
    await ask(fixture, QUESTION, conversation);

    const { claims } = await ask(fixture, 'since when?', conversation);

    expect(claims).toHaveLength(1);
    expect(claims[0]?.text).toMatch(/^First red \d+ \(2026-.+ in a row; last green/);
  });

  it('says what may be meant when no job is clear', async () => {
    const answer = await ask(await start(competent), 'why is gce failing?');

    expect(answer.first.isError).toBe(true);
    expect(answer.claims.map(({ text }) => text)).toContain('gce-ingress');
    expect(assistantText(answer, { paint: plain, width: 100 })).toContain('nothing was diagnosed');
  });

  it('keeps nothing of another one (I-13)', async () => {
    const fixture = await start(competent);
    const [one, two] = [new Conversation(), new Conversation()];

    await Promise.all([
      ask(fixture, `Why is ${JOB} red? canary-of-thread-one`, one),
      ask(fixture, 'Why is e2e-aws-ovn-fips failing? canary-of-thread-two', two),
    ]);
    await ask(fixture, 'since when?', two);

    for (const { body } of fixture.model.requests)
      expect(body.includes('thread-one') && body.includes('thread-two')).toBe(false);
    expect(fixture.model.requests.at(-1)?.body).not.toContain('thread-one');
  });

  it('tells a model nothing of the environment', async () => {
    const fixture = await start(competent, { OPENAI_API_KEY: 'canary-key-0123456789' });

    await ask(fixture);

    for (const { body } of fixture.model.requests) expect(body).not.toMatch(/canary|OPENAI|127\.0\.0\.1/);
  });
});
