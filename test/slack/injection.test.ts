// What logs, models, names and people write never becomes a mention, a link of theirs, or a message Slack refuses.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breachesIn } from '../../evals/slack/check-views.ts';
import { hostileAnswer } from '../../evals/slack/hostile.ts';
import { liveIn } from '../../evals/slack/live.ts';
import { links, plainText, unfurling } from '../../evals/slack/look.ts';
import { serveModel } from '../../evals/models/server.ts';
import { competent } from '../../evals/models/characters.ts';
import { answered, JOB, QUESTION, useBots } from '../support/asked.ts';

const bots = useBots();

describe('a message', () => {
  it('has no live mention, no link off the list, and is taken by Slack, by whoever its texts are (I-03, I-06, I-08)', () => {
    fc.assert(
      fc.property(hostileAnswer, (answer) => {
        expect(breachesIn(answer)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { text: '<@U1>' },
    { text: '<!here>' },
    { text: 'hello @channel' },
    { text: '<!subteam^S1|x>' },
    { text: '', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!channel>' } }] },
    { text: '', blocks: [{ type: 'rich_text', elements: [{ type: 'broadcast', range: 'here' }] }] },
  ])('that rings somebody would be seen: %j', (payload) => {
    expect(liveIn(payload).mentions).toHaveLength(1);
  });

  it.each([
    { text: 'see https://evil.example' },
    { text: '<https://evil.example|prow>' },
    { text: '', blocks: [{ type: 'markdown', text: '[a](https://evil.example)' }] },
    { text: '', blocks: [{ type: 'image', image_url: 'https://evil.example', alt_text: 'x' }] },
    { text: '', blocks: [{ type: 'rich_text', elements: [{ type: 'link', url: 'https://evil.example' }] }] },
  ])('that links somewhere would be seen: %j', (payload) => {
    expect(liveIn(payload).links).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('links to what was fetched alone, though the model cites addresses of its own (I-05), and unfurls nothing (I-07)', async () => {
    const address = 'https://prow.k8s.io.evil.example/view/gs/x?d=1';
    const claims = [{ text: `It failed, see ${address}`, evidence: ['R1', address] }];
    const model = await serveModel(() => ({
      kind: 'call',
      calls: [{ name: 'give_answer', args: JSON.stringify({ claims }) }],
    }));
    bots.keep(model);
    const fixture = await bots.start({ modelUrl: model.url });
    const { slack } = fixture;

    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);

    const answers = await answered(fixture, ts);
    const { subject } = await bots.demo().ask(JOB);
    for (const url of answers.flatMap(links)) {
      expect(url).toMatch(/^https:\/\/(?:prow\.k8s\.io|storage\.googleapis\.com|testgrid\.k8s\.io|github\.com)\//);
      if (!url.includes('testgrid')) expect(decodeURIComponent(url)).toContain(subject.job ?? '');
      expect(new URL(url).search).not.toContain('d=1');
    }
    expect(answers.map(plainText).join()).not.toContain('evil.example');
    expect(unfurling(slack.recorder.calls)).toEqual([]);
  });

  it('has nothing of another thread, of 200 that are asked at once (I-13)', async () => {
    const model = await serveModel(competent);
    bots.keep(model);
    const many = { user: 999, channel: 999, all: 999, thread: 999 };
    const fixture = await bots.start({ modelUrl: model.url, more: { rates: many, mostWaiting: 999 } });
    const { slack, store } = fixture;

    const asked = Array.from({ length: 200 }, (_, i) =>
      slack.people.mention(slack.places.ana, slack.places.alerts, `${QUESTION} canary-${i}-end`),
    );
    await Promise.all(asked.map(({ told }) => told));
    await expect.poll(() => store.pending(), { timeout: 60_000 }).toBe(0);

    const canaries = model.requests.map((request) => new Set(JSON.stringify(request).match(/canary-\d+-end/g)));
    expect(canaries).toHaveLength(200);
    expect(canaries.every(({ size }) => size === 1)).toBe(true);
  }, 80_000);
});
