// Calls of the Web API when Slack is slow, full, or does not say what became of them.
import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { duplicates, plainText } from '../../evals/slack/look.ts';
import { method } from '../../evals/slack/faults.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { createWeb, type Web } from '../../src/slack/web.ts';
import { answered, QUESTION, saidIn, useBots } from '../support/asked.ts';

const bots = useBots();
const signal = new AbortController().signal;
const message = (channel: string, thread: string | null = null) => ({ channel, thread, text: 'x', blocks: [] });

async function webOn(): Promise<{ slack: Slack; web: Web; waited: number[] }> {
  const slack = await Slack.start();
  bots.keep(slack);
  const client = new webApi.WebClient(slack.world.tokens.bot, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const waited: number[] = [];
  let time = 0;
  const wait = (ms: number): Promise<void> => {
    waited.push(ms);
    time += ms;
    return Promise.resolve();
  };
  return { slack, waited, web: createWeb(client, { now: () => time, wait, paceMs: 1_000 }, signal) };
}

describe('the Web API', () => {
  it('that is asked too soon is asked again when it may be, and no channel waits for another (S-10)', async () => {
    const { slack, web, waited } = await webOn();
    const { alerts, release } = slack.places;
    slack.faults.add({ kind: 'rate-limit', retryAfter: 30 }, { only: ({ args }) => args['channel'] === alerts });

    const one = web.post(message(alerts), 'a', signal);
    await web.post(message(release), 'b', signal);

    expect(waited).not.toContain(31_000);
    await one;
    expect(waited).toEqual([30_000]);
    expect(duplicates(slack.world)).toEqual([]);
  });

  it('is sent a message a second in a channel, after a few (S-10)', async () => {
    const { slack, web, waited } = await webOn();

    for (let i = 0; i < 8; i += 1) await web.post(message(slack.places.alerts), `k${i}`, signal);

    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(3_000);
  });

  it.each(['thread', 'channel'])('finds a message among hundreds of a %s (R-07)', async (where) => {
    const { slack, web } = await webOn();
    const { people, places } = slack;
    const { ts: root } = people.say(places.ana, places.alerts, 'root');
    const thread = where === 'thread' ? root : null;
    const others = (): void => {
      for (let i = 0; i < 450; i += 1)
        people.say(places.ben, places.alerts, `${i}`, thread === null ? {} : { threadTs: root });
    };
    others();
    const ts = await web.post(message(places.alerts, thread), 'ours', signal);
    others();

    expect(await web.find(places.alerts, thread, Date.now(), 'ours')).toBe(ts);
    expect(await web.find(places.alerts, thread, Date.now(), 'nobody’s')).toBeNull();
  });

  it('that does not say what came of an update is asked again', async () => {
    const { slack, web } = await webOn();
    const { alerts } = slack.places;
    const ts = await web.post(message(alerts), 'k', signal);
    slack.faults.add({ kind: 'reset', when: 'after' }, { only: method('chat.update') });

    await web.update(alerts, ts, { text: 'y', blocks: [] });

    expect(slack.recorder.of('chat.update')).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('whose post broke off after its effect is not posted twice (S-11, R-07)', async () => {
    const fixture = await bots.start();
    const { slack } = fixture;
    slack.faults.add({ kind: 'reset', when: 'after' }, { only: method('chat.postMessage') });

    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);

    expect(await answered(fixture, ts)).toHaveLength(1);
    expect(slack.recorder.of('chat.postMessage')).toHaveLength(1);
  });

  it('in the middle of which Slack wants a pause goes on after it', async () => {
    const fixture = await bots.start();
    const { slack } = fixture;
    slack.faults.add({ kind: 'rate-limit', retryAfter: 1 }, { only: method('chat.update'), times: 2 });

    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);

    expect(await answered(fixture, ts)).toHaveLength(1);
    expect(fixture.log.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it.each(['channel_not_found', 'not_in_channel', 'is_archived', 'thread_not_found'])(
    'that Slack refuses with %s is left, and logged by its code (S-12)',
    async (error) => {
      const fixture = await bots.start();
      const { slack, store, log } = fixture;
      slack.faults.add({ kind: 'error', error }, { only: method('chat.postMessage') });

      slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);

      await expect.poll(() => log.filter((line) => line.includes(error)), { timeout: 5_000 }).toHaveLength(1);
      await expect.poll(() => store.pending()).toBe(0);
      const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);
      expect(await answered(fixture, ts)).toHaveLength(1);
    },
  );

  it('that Slack finds too long is said in plain words (S-12)', async () => {
    const fixture = await bots.start();
    const { slack } = fixture;
    slack.faults.add({ kind: 'error', error: 'msg_too_long' }, { only: method('chat.update') });

    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);

    const said = (): string => slack.recorder.of('chat.update').at(-1)?.args['text'] as string;
    await expect.poll(() => slack.recorder.of('chat.update').length, { timeout: 10_000 }).toBe(2);
    expect(said()).toContain('RED');
    expect(ts).not.toBe('');
  });

  it('for which the token is refused waits for the next start, and the bot is not ready (S-12)', async () => {
    const slack = await Slack.start();
    bots.keep(slack);
    const first = await bots.start({ slack });
    slack.world.revoked = true;
    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);

    await expect.poll(() => first.readiness.obstacles, { timeout: 5_000 }).toEqual(['Slack refuses the token']);
    await expect.poll(async () => (await fetch(`http://127.0.0.1:${first.bot.port ?? 0}/readyz`)).status).toBe(503);
    slack.world.revoked = false;
    const second = await bots.start({ slack, store: first.store });

    expect((await answered(second, ts)).map(plainText)).toEqual([expect.stringContaining('claims verified')]);
    expect(saidIn(second).filter((text) => text.includes('claims verified'))).toHaveLength(1);
  });
});
