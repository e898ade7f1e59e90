// What goes wrong on purpose, as a real Bolt app lives through it: late, lost, doubled and cut.
import { webApi } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { method } from '../../evals/slack/faults.ts';
import { duplicates } from '../../evals/slack/look.ts';
import { connect, HURRIED, overHttp, overSocket, slowly, type Running } from './bolt.ts';

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const texts = ({ slack }: Running): string[] => Array.from(slack.world.messages.values(), ({ text }) => text);
const post = method('chat.postMessage');

describe('calls that go wrong', () => {
  it('honours a 429: the client waits as long as it is told, or says so at once', async () => {
    running = await overHttp();
    const { slack } = running;
    const { alerts } = slack.places;
    const options = {
      slackApiUrl: slack.apiUrl,
      logger: running.app.logger,
      retryConfig: { retries: 1, minTimeout: 1 },
    };
    slack.faults.add({ kind: 'rate-limit', retryAfter: 1 }, { only: post });

    const started = performance.now();
    await new webApi.WebClient(slack.world.tokens.bot, options).chat.postMessage({ channel: alerts, text: 'patient' });
    expect(performance.now() - started).toBeGreaterThan(990);
    slack.faults.add({ kind: 'rate-limit', retryAfter: 1 }, { only: post });
    const eager = new webApi.WebClient(slack.world.tokens.bot, { ...options, rejectRateLimitedCalls: true });
    await expect(eager.chat.postMessage({ channel: alerts, text: 'eager' })).rejects.toMatchObject({ retryAfter: 1 });

    expect(texts(running)).toEqual(['patient']);
    expect(slack.recorder.of('chat.postMessage').map(({ reply }) => reply?.['error'])).toEqual([
      'ratelimited',
      undefined,
      'ratelimited',
    ]);
  });

  it('asks for a pace of each channel alone', async () => {
    running = await overHttp({ ...HURRIED, paceMs: 1_000 });
    const { slack, app } = running;
    const { alerts, release } = slack.places;
    const options = { slackApiUrl: slack.apiUrl, logger: app.logger, rejectRateLimitedCalls: true };
    const client = new webApi.WebClient(slack.world.tokens.bot, options);
    const say = (channel: string): Promise<unknown> => client.chat.postMessage({ channel, text: 'x' });
    await say(alerts);
    await expect(say(alerts)).rejects.toMatchObject({ retryAfter: 1 });
    await say(release);
    slack.advance(1_000);
    await say(alerts);
    expect(texts(running)).toHaveLength(3);
  });

  it.each(['reset', 'hang'] as const)(
    'does a post and tells nobody (%s): who posts again says it twice',
    async (kind) => {
      running = await overHttp();
      const { slack } = running;
      const options = {
        slackApiUrl: slack.apiUrl,
        logger: running.app.logger,
        retryConfig: { retries: 0 },
        timeout: 200,
      };
      const client = new webApi.WebClient(slack.world.tokens.bot, options);
      const metadata = { event_type: 'answer', event_payload: { key: 'k1' } };
      const say = () => client.chat.postMessage({ channel: slack.places.alerts, text: 'red since 1871', metadata });
      slack.faults.add({ kind, when: 'before' }, { only: post });
      slack.faults.add({ kind, when: 'after' }, { only: post });

      await expect(say()).rejects.toThrow();
      expect(texts(running)).toEqual([]);
      await expect(say()).rejects.toThrow();
      expect(texts(running)).toEqual(['red since 1871']);
      const { messages } = await client.conversations.history({
        channel: slack.places.alerts,
        include_all_metadata: true,
      });
      expect(messages?.[0]).toMatchObject({ metadata });
      expect(duplicates(slack.world)).toEqual([]);
      await say();

      expect(duplicates(slack.world)).toHaveLength(1);
      expect(slack.recorder.of('chat.postMessage').map(({ reply }) => reply?.['ok'])).toEqual([
        undefined,
        undefined,
        true,
      ]);
    },
  );

  it('fails with a status, a code or a delay, where it is aimed and as often as it is told', async () => {
    running = await overHttp();
    const { slack, app } = running;
    const { alerts, release } = slack.places;
    slack.faults.add({ kind: 'status', status: 503 }, { only: post, after: 1 });
    slack.faults.add({ kind: 'error', error: 'internal_error' }, { only: ({ args }) => args['channel'] === release });
    slack.faults.add({ kind: 'delay', ms: 60 }, { only: method('auth.test'), times: Infinity });

    await app.client.chat.postMessage({ channel: alerts, text: 'one' });
    await expect(app.client.chat.postMessage({ channel: alerts, text: 'two' })).rejects.toMatchObject({
      statusCode: 503,
    });
    await expect(app.client.chat.postMessage({ channel: release, text: 'three' })).rejects.toThrow('internal_error');
    const started = performance.now();
    await app.client.auth.test();
    expect(performance.now() - started).toBeGreaterThan(55);

    expect(texts(running)).toEqual(['one']);
  });

  it('ends a stream after five minutes, and lets its message be updated then', async () => {
    running = await overHttp();
    const { slack, app } = running;
    const { ana, anaDm } = slack.places;
    const { ts: thread_ts } = slack.people.say(ana, anaDm, 'why?');
    const streamer = app.client.chatStream({ channel: anaDm, thread_ts, buffer_size: 1 });
    await streamer.append({ markdown_text: 'Reading …' });
    const ts = streamer.ts ?? '';
    await expect(app.client.chat.update({ channel: anaDm, ts, text: 'no' })).rejects.toThrow(
      'streaming_state_conflict',
    );

    slack.advance(5 * 60_000 - 1_000);
    await streamer.append({ markdown_text: ' still' });
    slack.advance(2_000);
    await expect(streamer.append({ markdown_text: ' and on' })).rejects.toThrow('message_not_in_streaming_state');
    await expect(streamer.stop()).rejects.toThrow('message_not_in_streaming_state');
    await app.client.chat.update({ channel: anaDm, ts, text: 'Red since 1871.' });

    expect(texts(running)).toEqual(['why?', 'Red since 1871.']);
  });
});

describe('events that go wrong', () => {
  it('are sent again to an app that is slow, which Bolt handles each time', async () => {
    running = await overHttp(
      { ...HURRIED, ackMs: 60 },
      slowly(() => 100),
    );
    const { slack, app } = running;
    const handled: unknown[] = [];
    app.event('app_mention', ({ body }) => {
      handled.push(body.event_id);
      return Promise.resolve();
    });

    const said = slack.people.mention(slack.places.ana, slack.places.alerts, 'why?');
    const [mention] = await said.told;

    expect(mention?.attempts.map(({ outcome, retry }) => ({ outcome, retry }))).toEqual([
      { outcome: 'http_timeout', retry: null },
      { outcome: 'http_timeout', retry: { num: 1, reason: 'http_timeout' } },
      { outcome: 'http_timeout', retry: { num: 2, reason: 'http_timeout' } },
      { outcome: 'http_timeout', retry: { num: 3, reason: 'http_timeout' } },
    ]);
    await expect.poll(() => handled).toEqual(Array.from({ length: 4 }, () => mention?.told.payload['event_id']));
  });

  it('are lost, doubled and put in another order', async () => {
    running = await overHttp({ ...HURRIED, subscriptions: ['message.channels'] });
    const { slack, app } = running;
    const heard: unknown[] = [];
    app.message(({ message }) => {
      heard.push('text' in message ? message.text : null);
      return Promise.resolve();
    });
    const { ana, alerts } = slack.places;
    slack.eventFaults.add({ kind: 'drop' });
    slack.eventFaults.add({ kind: 'repeat', times: 4 });
    slack.eventFaults.add({ kind: 'hold' }, { times: 2 });

    const [lost] = await slack.people.say(ana, alerts, 'lost').told;
    await slack.people.say(ana, alerts, 'four').told;
    const held = [slack.people.say(ana, alerts, 'first'), slack.people.say(ana, alerts, 'second')];
    await slack.people.say(ana, alerts, 'last').told;
    slack.deliveries.release();
    await Promise.all(held.map(({ told }) => told));

    expect(lost).toMatchObject({ acked: false, attempts: [{ outcome: 'dropped' }] });
    await expect.poll(() => heard).toHaveLength(7);
    expect(heard.slice(0, 5)).toEqual(['four', 'four', 'four', 'four', 'last']);
    expect(heard.slice(5)).toEqual(expect.arrayContaining(['first', 'second']));
  });

  it('are refused with another signature, without one, and from long ago', async () => {
    running = await overHttp({ ...HURRIED, retries: [] });
    const { slack, app } = running;
    let handled = 0;
    app.event('app_mention', () => {
      handled += 1;
      return Promise.resolve();
    });
    const url = `http://127.0.0.1:${portOf(running)}/slack/events`;
    const { ana, alerts } = slack.places;
    const refused = async (tamper: (headers: Record<string, string>) => Record<string, string>): Promise<unknown> => {
      slack.overHttp(url, tamper);
      const [delivery] = await slack.people.mention(ana, alerts, 'why?').told;
      return delivery?.attempts.map(({ status }) => status);
    };

    expect(await refused((headers) => ({ ...headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` }))).toEqual([401]);
    expect(await refused((headers) => without(headers, 'x-slack-signature'))).toEqual([401]);
    expect(await refused((headers) => ({ ...headers, 'x-slack-request-timestamp': '1700000000' }))).toEqual([401]);
    expect(handled).toBe(0);
    expect(await refused((headers) => headers)).toEqual([200]);
    expect(handled).toBe(1);
  });
});

const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));

const portOf = ({ app }: Running): number =>
  (app as unknown as { receiver: { server: { address(): { port: number } } } }).receiver.server.address().port;

describe('Socket Mode', () => {
  it('sends an envelope again that was not acked, and goes on after a refresh', async () => {
    const pauses = [150];
    const slow = slowly(() => pauses.pop() ?? 0);
    running = await overSocket({ ...HURRIED, ackMs: 100, subscriptions: ['app_mention'] }, slow);
    const { slack, app } = running;
    let handled = 0;
    app.event('app_mention', () => {
      handled += 1;
      return Promise.resolve();
    });
    const { ana, alerts } = slack.places;

    const [late] = await slack.people.mention(ana, alerts, 'why?').told;
    expect(late?.attempts.map(({ outcome }) => outcome)).toEqual(['http_timeout', 'acked']);
    await expect.poll(() => handled).toBe(2);

    slack.socket.refresh();
    await expect.poll(() => slack.socket.connections, { timeout: 5_000 }).toBe(0);
    await expect.poll(() => slack.socket.connections, { timeout: 5_000 }).toBe(1);
    const [again] = await slack.people.mention(ana, alerts, 'and now?').told;
    expect(again?.acked).toBe(true);
  });

  it('sends each event to one of several connections', async () => {
    running = await overSocket({ ...HURRIED, subscriptions: ['app_mention'] });
    const { slack } = running;
    const second = await connect(slack);
    await expect.poll(() => slack.socket.connections).toBe(2);

    for (let round = 0; round < 4; round += 1)
      await slack.people.mention(slack.places.ana, slack.places.alerts, `${round}`).told;
    await second.stop();

    expect(slack.socket.acks).toHaveLength(4);
    expect(slack.socket.sent.map(({ connection }) => connection)).toEqual([2, 1, 2, 1]);
  });
});
