// The process stops, dies or cannot write: nothing is lost, nothing is said twice, nothing leaks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { duplicates, plainText } from '../../evals/slack/look.ts';
import { method } from '../../evals/slack/faults.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { competent } from '../../evals/models/characters.ts';
import { serveModel } from '../../evals/models/server.ts';
import { BadSlackConfig, slackConfig } from '../../src/slack/config.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { answered, QUESTION, useBots } from '../support/asked.ts';

const bots = useBots();
const NOT_KEPT = 'the store does not take events';
const never = new Promise<never>(() => undefined);

/** A store as a process that dies at a call sees it: from then on nothing comes back. */
function dying(store: SqliteStore): {
  store: SqliteStore;
  dieAt: (name: keyof SqliteStore, when: 'before' | 'after') => void;
  die: () => void;
} {
  let isDead = false;
  let at = '';
  const proxy = new Proxy(store, {
    get: (target, name) => {
      const real = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]): Promise<unknown> => {
        if (at === `before ${String(name)}`) isDead = true;
        if (isDead) return never;
        const outcome = real(...args);
        if (at === `after ${String(name)}`) isDead = true;
        return isDead ? never : outcome;
      };
    },
  });
  return {
    store: proxy,
    dieAt: (name, when) => void (at = `${when} ${name}`),
    die: () => void (isDead = true),
  };
}

describe('a process that dies', () => {
  it.each<[string, 'before' | 'after']>(
    (['accept', 'claim', 'intend', 'chat.postMessage', 'posted', 'chat.update', 'finish'] as const).flatMap((point) => [
      [point, 'before'],
      [point, 'after'],
    ]),
  )('at %s, %s its effect, leaves one answer to the next (R-02)', async (point, when) => {
    const slack = await Slack.start({ ackMs: 400, retries: [100, 700, 1_500] });
    bots.keep(slack);
    const store = openSqlite(':memory:');
    const life = dying(store);
    await bots.start({ slack, store: life.store, leaseMs: 300 });
    if (point.startsWith('chat.'))
      slack.faults.add({ kind: 'hang', when }, { only: (call) => method(point)(call) && (life.die(), true) });
    else life.dieAt(point as keyof SqliteStore, when);
    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);
    await new Promise((resolve) => setTimeout(resolve, 350));

    const second = await bots.start({ slack, store, leaseMs: 300 });

    expect((await answered(second, ts)).map(plainText)).toEqual([expect.stringContaining('claims verified')]);
    expect(duplicates(slack.world)).toEqual([]);
  });

  it('takes up with the next one what it was told to stop in the middle of (R-01)', async () => {
    const model = await serveModel(() => ({ kind: 'hang' }));
    bots.keep(model);
    const first = await bots.start({ modelUrl: model.url });
    const { slack, store } = first;
    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);
    await expect.poll(() => model.requests.length, { timeout: 10_000 }).toBe(1);

    const stopped = first.bot.stop(50);
    expect(first.readiness.obstacles).toEqual(['stopping']);
    await stopped;
    model.play(competent);
    const second = await bots.start({ slack, store, modelUrl: model.url });

    expect(await answered(second, ts)).toHaveLength(1);
  });

  it('that is told to stop ends the answer it is at (R-01)', async () => {
    const model = await serveModel((asked) => ({ kind: 'slow', ms: 300, then: competent(asked) }));
    bots.keep(model);
    const fixture = await bots.start({ modelUrl: model.url });
    const { slack, store } = fixture;
    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);
    await expect.poll(() => model.requests.length, { timeout: 10_000 }).toBe(1);

    await fixture.bot.stop(10_000);

    expect(await store.pending()).toBe(0);
    expect(await answered(fixture, ts)).toHaveLength(1);
  });
});

describe('a store', () => {
  it('that another process has locked has Slack send it again, and nothing is lost (R-05)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'whyred-locked-'));
    const file = join(folder, 'store.sqlite');
    const store = openSqlite(file);
    const slack = await Slack.start({ ackMs: 10_000, retries: [100, 1_500, 3_000] });
    bots.keep(slack);
    const fixture = await bots.start({ slack, store });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');

    const { ts, told } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);
    await expect.poll(() => fixture.readiness.obstacles, { timeout: 5_000 }).toEqual([NOT_KEPT]);
    other.exec('COMMIT');
    other.close();

    const attempts = (await told).flatMap((one) => one.attempts);
    expect(attempts.map(({ status }) => status)).toContain(503);
    expect(await answered(fixture, ts)).toHaveLength(1);
    expect(fixture.readiness.obstacles).toEqual([]);
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('that takes nothing has Slack send it again, and the bot is not ready until it does (R-05)', async () => {
    const store = openSqlite(':memory:');
    let isFull = true;
    const accept: SqliteStore['accept'] = (...args) =>
      isFull ? Promise.reject(new Error('database or disk is full')) : store.accept(...args);
    const slack = await Slack.start({ retries: [100, 800, 2_000] });
    bots.keep(slack);
    const fixture = await bots.start({ slack, store: { ...store, accept } });

    const { ts, told } = slack.people.mention(slack.places.ana, slack.places.alerts, QUESTION);
    await expect.poll(() => fixture.readiness.obstacles).toEqual([NOT_KEPT]);
    isFull = false;
    const deliveries = await told;

    expect(deliveries.every(({ acked }) => acked)).toBe(true);
    expect(await answered(fixture, ts)).toHaveLength(1);
    expect(fixture.readiness.obstacles).toEqual([]);
  });
});

describe('the configuration', () => {
  it('is told all its mistakes at once, and no value of it (R-08)', () => {
    const env = {
      SLACK_BOT_TOKEN: 'canary-1',
      SLACK_APP_TOKEN: 'canary-2',
      WHYRED_SLACK_TEAMS: 'canary-3',
      SLACK_API_URL: 'http://canary-4/',
    };

    const told = ((): unknown => {
      try {
        return slackConfig(env);
      } catch (error) {
        return error;
      }
    })();

    expect(told).toBeInstanceOf(BadSlackConfig);
    expect((told as BadSlackConfig).mistakes).toHaveLength(4);
    expect(JSON.stringify((told as BadSlackConfig).mistakes)).not.toContain('canary');
  });
});

describe('the log', () => {
  it('has neither tokens nor what people wrote, whatever goes wrong (R-09)', async () => {
    const fixture = await bots.start();
    const { slack, log } = fixture;
    slack.faults.add({ kind: 'error', error: 'channel_not_found' });
    slack.people.mention(slack.places.ana, slack.places.alerts, `canary-question ${QUESTION}`);
    slack.faults.add({ kind: 'status', status: 500, body: 'canary-body' }, { only: method('chat.update'), times: 9 });
    slack.people.mention(slack.places.ben, slack.places.alerts, `canary-question ${QUESTION}`);

    await expect
      .poll(() => log.filter((line) => line.startsWith('error')).length, { timeout: 10_000 })
      .toBeGreaterThan(1);
    const all = log.join('\n');
    for (const secret of ['canary', slack.world.tokens.bot, slack.signingSecret]) expect(all).not.toContain(secret);
  });
});
