import { describe, expect, it } from 'vitest';
import { duplicates, links, liveMentions, plainText } from '../../../evals/slack/look.ts';
import type { Message } from '../../../evals/slack/world.ts';
import { subscribe } from '../../../src/slack/digests/subscriptions.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { HURRIED, type BotFixture } from '../../support/bot.ts';
import { Slack } from '../../../evals/slack/stand-in.ts';
import { useBots } from '../../support/asked.ts';

const DAY = 24 * 3_600_000;
const BLOCKING = 'sig-release-master-blocking';
const bots = useBots();

/** Slack, and so the bot, at the time of the made-up CI. */
async function startSlack(): Promise<Slack> {
  const began = performance.now();
  const slack = await Slack.start({ ...HURRIED, clock: () => bots.demo().world.now + performance.now() - began });
  bots.keep(slack);
  return slack;
}

const said = ({ slack }: BotFixture): Message[] =>
  [...slack.world.messages.values()].filter(({ botId }) => botId === slack.world.bot.botId);
const roots = (fixture: BotFixture): Message[] =>
  said(fixture).filter(({ threadTs, ts }) => !threadTs || threadTs === ts);

async function command(fixture: BotFixture, words: string): Promise<void> {
  const { people, places } = fixture.slack;
  await people.command(places.ana, places.alerts, '/whyred', words);
  await fixture.slack.settled();
  await expect.poll(() => fixture.store.pending(), { timeout: 15_000 }).toBe(0);
}

describe('a summary in Slack', () => {
  it('is a short message, its details in the thread, with links and nothing that rings', async () => {
    const fixture = await bots.start({ slack: await startSlack() });
    await command(fixture, `summary ${BLOCKING}`);

    const [root, ...others] = roots(fixture);
    expect(others).toEqual([]);
    expect(root && plainText(root)).toMatch(new RegExp(`^Daily summary of ${BLOCKING}`));
    const details = said(fixture).filter(({ threadTs }) => threadTs === root?.ts);
    expect(details.map(plainText).join('\n')).toMatch(/Infrastructure[^]*Still failing/);
    expect(said(fixture).flatMap(links)).toContainEqual(
      expect.stringContaining('https://storage.googleapis.com/kubernetes-ci-logs/'),
    );
    expect(said(fixture).flatMap(liveMentions)).toEqual([]);
    expect(duplicates(fixture.slack.world)).toEqual([]);
  });

  it('is subscribed to, listed and ended, and not posted before it is due', async () => {
    const fixture = await bots.start({ slack: await startSlack() });
    await command(fixture, `subscribe ${BLOCKING} daily at 8:00`);
    await command(fixture, 'subscriptions');
    await command(fixture, 'unsubscribe 1');

    const texts = [...fixture.slack.world.messages.values()].map(({ text }) => text);
    expect(texts.filter((text) => text.includes('This channel gets a summary of'))).toHaveLength(1);
    expect(texts.some((text) => text.includes(`1. ${BLOCKING} at 08:00 UTC`))).toBe(true);
    expect(texts.some((text) => text.includes('gets no summary of'))).toBe(true);
    expect(roots(fixture).filter((message) => plainText(message).includes('Daily summary'))).toEqual([]);
  });

  it('that was missed while nobody ran is posted by the next start, by one of two processes (R-04)', async () => {
    const slack = await startSlack();
    const store = openSqlite(':memory:');
    const now = slack.world.clock();
    const asked = { what: [BLOCKING], zone: 'UTC', hour: 8, minute: 0, days: [0, 1, 2, 3, 4, 5, 6] };
    await subscribe(store, asked, { channel: slack.places.alerts, user: slack.places.ana, now: now - 2 * DAY });

    const [one] = await Promise.all([bots.start({ slack, store }), bots.start({ slack, store })]);

    await expect
      .poll(() => roots(one).map(plainText), { timeout: 15_000 })
      .toEqual([expect.stringContaining('Daily summary')]);
    await expect.poll(() => store.pending(), { timeout: 15_000 }).toBe(0);
    expect(roots(one)).toHaveLength(1);
    expect(duplicates(slack.world)).toEqual([]);
    await store.close();
  });

  it('of names that are nobody’s any more says so where it would be', async () => {
    const fixture = await bots.start({ slack: await startSlack() });
    await command(fixture, 'summary no-such-dashboard-at-all');

    expect(roots(fixture).map(plainText)).toEqual([expect.stringContaining('there is no dashboard or job')]);
  });
});
