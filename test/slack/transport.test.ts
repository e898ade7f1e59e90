// What comes from Slack, or pretends to: forged, stale, replayed, again and again, by those who may not ask, too much at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersIn, duplicates, plainText } from '../../evals/slack/look.ts';
import { signed } from '../../evals/slack/sign.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { wordsOf } from '../../src/slack/said.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { answered, QUESTION, saidIn, useBots } from '../support/asked.ts';
import { HURRIED, type BotFixture } from '../support/bot.ts';

const bots = useBots();
const JSON_TYPE = { 'content-type': 'application/json' };
const now = (): number => Math.floor(Date.now() / 1000);

const post = async ({ bot }: BotFixture, body: string, headers: Record<string, string>, query = ''): Promise<number> =>
  (await fetch(`http://127.0.0.1:${bot.port ?? 0}/slack/events${query}`, { method: 'POST', body, headers })).status;

/** The body of the events of a mention that Slack has not told of yet. */
function untold(fixture: BotFixture, text = QUESTION): { ts: string; bodies: string[] } {
  const { slack } = fixture;
  slack.silent();
  const before = slack.deliveries.all.length;
  const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, text);
  return { ts, bodies: slack.deliveries.all.slice(before).map(({ told }) => JSON.stringify(told.payload)) };
}

const nothingDone = async ({ store, slack }: BotFixture): Promise<void> => {
  expect(await store.pending()).toBe(0);
  expect(slack.recorder.of('chat.postMessage')).toEqual([]);
};

describe('a request', () => {
  it.each<[string, (good: string) => string | null]>([
    ['forged', (good) => `v0=${'0'.repeat(good.length - 3)}`],
    ['missing', () => null],
    ['truncated', (good) => good.slice(0, -1)],
    ['of another version', (good) => good.replace('v0', 'v1')],
    ['too long', (good) => `${good}0`],
    ['empty', () => 'v0='],
  ])('whose signature is %s does nothing (S-01)', async (_, spoil) => {
    const fixture = await bots.start();
    const [body = ''] = untold(fixture).bodies;
    const headers = signed(fixture.slack.signingSecret, now(), body);
    const { 'x-slack-signature': good = '', ...rest } = headers;
    const signature = spoil(good);

    const status = await post(fixture, body, {
      ...JSON_TYPE,
      ...rest,
      ...(signature === null ? {} : { 'x-slack-signature': signature }),
    });

    expect(status).toBe(401);
    await nothingDone(fixture);
  });

  it.each([-302, 302])('signed %d seconds from now is refused (S-02)', async (seconds) => {
    const fixture = await bots.start({ more: { clock: Date.now } });
    const [body = ''] = untold(fixture).bodies;

    const status = await post(fixture, body, {
      ...JSON_TYPE,
      ...signed(fixture.slack.signingSecret, now() + seconds, body),
    });

    expect(status).toBe(401);
    await nothingDone(fixture);
  });

  it('that passes itself off as a check of TLS does nothing (S-03)', async () => {
    const fixture = await bots.start();
    const [event = ''] = untold(fixture).bodies;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = encodeURIComponent(event);
    const requests: [string, Record<string, string>, string][] = [
      [`ssl_check=1&payload=${payload}`, form, ''],
      [`payload=${payload}&ssl_check=1`, form, ''],
      [JSON.stringify({ ...(JSON.parse(event) as object), ssl_check: '1' }), JSON_TYPE, ''],
      [`ssl_check=1&ssl_check=2&command=/whyred&trigger_id=t&team_id=T&channel_id=C&user_id=U`, form, ''],
      [event, JSON_TYPE, '?ssl_check=1'],
    ];

    for (const [body, headers, query] of requests)
      expect([200, 401]).toContain(await post(fixture, body, headers, query));

    await nothingDone(fixture);
  });

  it('that is replayed word for word is answered once (S-04)', async () => {
    const fixture = await bots.start();
    const { ts, bodies } = untold(fixture);
    const [body = ''] = bodies;
    const headers = { ...JSON_TYPE, ...signed(fixture.slack.signingSecret, now(), body) };

    const statuses = await Promise.all(Array.from({ length: 5 }, () => post(fixture, body, headers)));
    const answers = await answered(fixture, ts);
    statuses.push(await post(fixture, body, headers));

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await fixture.store.pending()).toBe(0);
    expect(answers).toHaveLength(1);
  });
});

describe('a message', () => {
  it('that Slack tells again, during and after the answer and across a restart, is answered once (S-05)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'whyred-s05-'));
    const slack = await Slack.start(HURRIED);
    const path = join(folder, 'store.sqlite');
    const first = await bots.start({ slack, store: openSqlite(path) });
    const { ts, bodies } = untold(first);
    const tell = async (fixture: BotFixture, retry: number): Promise<void> => {
      for (const body of bodies) {
        const again = { 'x-slack-retry-num': `${retry}`, 'x-slack-retry-reason': 'http_timeout' };
        const headers = { ...JSON_TYPE, ...signed(slack.signingSecret, now(), body), ...(retry > 0 ? again : {}) };
        expect(await post(fixture, body, headers)).toBe(200);
      }
    };
    await tell(first, 0);
    await tell(first, 1);
    await answered(first, ts);
    await first.bot.stop(100);
    await first.store.close();

    const second = await bots.start({ slack, store: openSqlite(path) });
    await tell(second, 2);
    await tell(second, 3);

    expect(await answered(second, ts)).toHaveLength(1);
    expect(duplicates(slack.world)).toEqual([]);
    await second.bot.stop(100);
    await second.store.close();
    await slack.close();
    rmSync(folder, { recursive: true });
  });

  it('whose first delivery was never kept is answered by the next one (S-05)', async () => {
    const store = openSqlite(':memory:');
    let refusals = 2;
    const flaky = {
      ...store,
      accept: (...args: Parameters<typeof store.accept>) =>
        refusals-- > 0 ? Promise.reject(new Error('not now')) : store.accept(...args),
    };
    const fixture = await bots.start({ store: flaky });
    const { people, places, world } = fixture.slack;

    const said = people.mention(places.ana, places.alerts, QUESTION);
    const deliveries = await said.told;

    expect(deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status))).toContain(503);
    expect(await answered(fixture, said.ts)).toHaveLength(1);
    expect(duplicates(world)).toEqual([]);
  });

  it('that is told as a mention and as a message, and is edited, is answered once (S-06)', async () => {
    const fixture = await bots.start();
    const { people, places } = fixture.slack;
    const { ts } = people.mention(places.ana, places.alerts, QUESTION);
    await answered(fixture, ts);

    await people.edit(places.alerts, ts, `<@${fixture.slack.world.bot.userId}> ${QUESTION} please`).told;

    expect(await answered(fixture, ts)).toHaveLength(1);
  });

  it.each([
    ['another bot', { botId: 'B000000009' }],
    ['a workflow', { botId: 'B000000009', subtype: 'bot_message' }],
  ])('by %s is not answered (S-07)', async (_, saying) => {
    const fixture = await bots.start();
    const { people, places, world } = fixture.slack;

    const { ts, told } = people.mention(places.ana, places.alerts, QUESTION, saying);
    await told;

    await expect.poll(() => fixture.store.pending()).toBe(0);
    expect(answersIn(world, places.alerts, ts)).toEqual([]);
  });

  it('in a thread that has been answered again and again is put off, whoever asks (S-07)', async () => {
    const rates = { user: 100, channel: 100, all: 100, thread: 2 };
    const fixture = await bots.start({ more: { rates } });
    const { people, places, world } = fixture.slack;
    const { ts } = people.mention(places.ana, places.alerts, QUESTION);
    for (const user of [places.ben, places.ana, places.ben])
      people.mention(user, places.alerts, 'since when?', { threadTs: ts });

    await expect
      .poll(() => saidIn(fixture).some((text) => text.includes('This thread has asked')), { timeout: 10_000 })
      .toBe(true);
    await expect.poll(() => fixture.store.pending(), { timeout: 5_000 }).toBe(0);
    expect(answersIn(world, places.alerts, ts).filter(({ ephemeralFor }) => ephemeralFor === null)).toHaveLength(2);
  });

  it('by somebody of another workspace is refused politely, and that of a guest is not (S-08)', async () => {
    const slack = await Slack.start(HURRIED);
    bots.keep(slack);
    const fixture = await bots.start({ slack, more: { teams: new Set([slack.world.team.id]) } });
    const { people, places } = slack;

    const foreign = people.mention(places.zoe, places.alerts, QUESTION);
    const guest = people.mention(places.gus, places.alerts, QUESTION);

    await answered(fixture, guest.ts);
    const refusal = answersIn(slack.world, places.alerts, foreign.ts);
    expect(refusal.every(({ ephemeralFor }) => ephemeralFor === places.zoe)).toBe(true);
    expect(saidIn(fixture).filter((text) => text.includes('not set up to answer here'))).toHaveLength(1);
  });

  it('is one of a flood: none is lost, the rest is sent again, and who floods is told so once (S-09)', async () => {
    const slack = await Slack.start({ ackMs: 10_000, retries: [300, 2_000, 5_000] });
    bots.keep(slack);
    const fixture = await bots.start({ slack, more: { mostWaiting: 8 } });
    const { people, places } = slack;

    const told = Array.from({ length: 60 }, () => people.mention(places.ana, places.alerts, QUESTION).told);
    const deliveries = (await Promise.all(told)).flat();

    const attempts = deliveries.flatMap((one) => one.attempts);
    expect(deliveries.every(({ acked }) => acked)).toBe(true);
    expect(attempts.some(({ status, noRetry }) => status === 503 && !noRetry)).toBe(true);
    expect(attempts.every(({ outcome }) => outcome !== 'http_timeout')).toBe(true);
    await expect.poll(() => fixture.store.pending(), { timeout: 10_000 }).toBe(0);
    const said = saidIn(fixture);
    expect(said.filter((text) => text.includes('claims verified'))).toHaveLength(10);
    expect(said.filter((text) => text.includes('I have a lot to answer'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('You have asked a lot'))).toHaveLength(1);
  });

  it('of 40,000 characters of markup is a short text without any (S-13)', async () => {
    const long = `${QUESTION} <!channel> <@U000000002> *x* <https://evil.example|y> `.repeat(500).slice(0, 39_000);
    const fixture = await bots.start();
    const { people, places } = fixture.slack;

    const { ts } = people.mention(places.ana, places.alerts, long);

    expect(wordsOf(long).length).toBeLessThanOrEqual(2_000);
    expect(wordsOf(long)).not.toMatch(/<[@!]/);
    expect(await answered(fixture, ts)).toHaveLength(1);
  });
});

describe('Socket Mode', () => {
  it('that sends an envelope again, refreshes and breaks has each question answered once (S-14)', async () => {
    const slack = await Slack.start({ ackMs: 2_000, retries: [0, 1_000, 3_000] });
    bots.keep(slack);
    const fixture = await bots.start({ slack, transport: 'socket' });
    const { people, places, socket } = slack;
    slack.eventFaults.add({ kind: 'repeat', times: 3 }, { times: 2 });
    const first = people.mention(places.ana, places.alerts, QUESTION);
    await answered(fixture, first.ts);

    socket.refresh();
    await expect.poll(() => socket.connections, { timeout: 5_000 }).toBe(1);
    const second = people.mention(places.ana, places.alerts, QUESTION);
    await answered(fixture, second.ts);
    socket.cut();
    await expect.poll(() => socket.connections, { timeout: 10_000 }).toBe(1);
    const third = people.mention(places.ana, places.alerts, QUESTION);
    await answered(fixture, third.ts);

    for (const { ts } of [first, second, third]) expect(answersIn(slack.world, places.alerts, ts)).toHaveLength(1);
    expect(duplicates(slack.world)).toEqual([]);
  });

  it('with two bots on one store has each question answered once (S-14)', async () => {
    const slack = await Slack.start(HURRIED);
    bots.keep(slack);
    const store = openSqlite(':memory:');
    const one = await bots.start({ slack, store, transport: 'socket' });
    await bots.start({ slack, store, transport: 'socket' });
    const { people, places } = slack;
    slack.eventFaults.add({ kind: 'repeat', times: 2 }, { times: 20 });

    const asked = Array.from({ length: 6 }, () => people.mention(places.ana, places.alerts, QUESTION).ts);

    for (const ts of asked) expect((await answered(one, ts)).map(plainText)).toHaveLength(1);
    expect(duplicates(slack.world)).toEqual([]);
  });
});
