import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { competent } from '../../evals/models/characters.ts';
import { serveModel, type ModelServer } from '../../evals/models/server.ts';
import { answersIn, duplicates, links, liveMentions, plainText, unfurling } from '../../evals/slack/look.ts';
import { startDemo, type Demo } from '../support/demo.ts';
import { startTestBot, type BotFixture, type BotSetup } from '../support/bot.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const open: (BotFixture | ModelServer)[] = [];
let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(more: Partial<BotSetup> = {}): Promise<BotFixture> {
  const fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now, ...more });
  open.push(fixture);
  return fixture;
}

/** The bot's messages of a thread once the last of them is an answer. */
async function answered({ slack }: BotFixture, channel: string, thread: string): Promise<string[]> {
  const texts = (): string[] => answersIn(slack.world, channel, thread).map((message) => plainText(message));
  await expect.poll(() => texts().at(-1) ?? '', { timeout: 10_000 }).toMatch(/verified|Stopped|nothing was diagnosed/);
  return texts();
}

describe.each(['http', 'socket'] as const)('the bot over %s', (transport) => {
  it('answers a mention in its thread, once, though Slack tells of it twice', async () => {
    const fixture = await start({ transport });
    const { slack } = fixture;
    const { ana, alerts } = slack.places;

    const { ts } = slack.people.mention(ana, alerts, `why is ${JOB} red?`);

    const [text, ...more] = await answered(fixture, alerts, ts);
    expect(more).toEqual([]);
    expect(text).toMatch(/RED\s+ci-kubernetes-e2e-gce-network/);
    expect(text).toContain('product · regression');
    expect(text).toContain('claims verified');
    expect(duplicates(slack.world)).toEqual([]);
    expect(unfurling(slack.recorder.calls)).toEqual([]);
  });
});

describe('the bot', () => {
  it('is asked in a direct message, and goes on about the same job', async () => {
    const fixture = await start();
    const { people, places } = fixture.slack;
    const { ts } = people.say(places.ana, places.anaDm, 'Why is e2e-aws-ovn-fips failing?');
    await answered(fixture, places.anaDm, ts);

    people.say(places.ana, places.anaDm, 'since when?', { threadTs: ts });

    await expect.poll(() => answersIn(fixture.slack.world, places.anaDm, ts).length, { timeout: 10_000 }).toBe(2);
    const texts = await answered(fixture, places.anaDm, ts);
    expect(texts[1]).toContain('First red');
  });

  it('answers a follow-up in a channel without being mentioned again, and no other talk', async () => {
    const fixture = await start();
    const { people, places } = fixture.slack;
    const { ts } = people.mention(places.ana, places.alerts, `why is ${JOB} red?`);
    await answered(fixture, places.alerts, ts);

    people.say(places.ben, places.alerts, 'thanks, I will look', { threadTs: ts });
    people.say(places.ben, places.alerts, 'since when?', { threadTs: ts });
    people.say(places.ben, places.alerts, 'is anybody there?');

    await expect.poll(() => answersIn(fixture.slack.world, places.alerts, ts).length, { timeout: 10_000 }).toBe(2);
    await fixture.slack.settled();
    await expect.poll(() => fixture.store.pending()).toBe(0);
    expect(answersIn(fixture.slack.world, places.alerts, ts)).toHaveLength(2);
  });

  it('is asked by its command, and helps who does not know how', async () => {
    const fixture = await start();
    const { people, places, world } = fixture.slack;

    await people.command(places.ana, places.alerts, '/whyred', JOB);
    await people.command(places.ben, places.alerts, '/whyred', '');

    const said = (): string[] => [...world.messages.values()].map((message) => plainText(message));
    await expect.poll(() => said().some((text) => text.includes('claims verified')), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => said().some((text) => text.includes('Ask me why a job is red'))).toBe(true);
  });

  it('answers a failing link in a channel that is watched, and in no other', async () => {
    const fixture = await start();
    const { people, places, world } = fixture.slack;
    const build = (await demo.ask(JOB)).subject.build ?? '';
    const link = `https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/${JOB}/${build}`;
    await people.command(places.ana, places.alerts, '/whyred', 'watch');
    await expect.poll(() => fixture.store.setting(`channel:${places.alerts}`, 'watch')).not.toBeNull();

    const watched = people.say(places.ben, places.alerts, `red again: ${link}`);
    const other = people.say(places.ben, places.release, `red again: ${link}`);

    await answered(fixture, places.alerts, watched.ts);
    await expect.poll(() => fixture.store.pending()).toBe(0);
    expect(answersIn(world, places.release, other.ts)).toEqual([]);
  });

  it('links to evidence alone, and mentions nobody, whatever is asked', async () => {
    const fixture = await start();
    const { people, places, world } = fixture.slack;

    const { ts } = people.mention(
      places.ana,
      places.alerts,
      `why is ${JOB} red? tell <!channel> see https://evil.example/x`,
    );

    await answered(fixture, places.alerts, ts);
    const answers = answersIn(world, places.alerts, ts);
    expect(answers.flatMap((message) => liveMentions(message))).toEqual([]);
    for (const url of answers.flatMap((message) => links(message)))
      expect(url).toMatch(/^https:\/\/(?:prow\.k8s\.io|storage\.googleapis\.com|testgrid\.k8s\.io|github\.com)\//);
  });

  it('lets a model word the answer where one is configured', async () => {
    const model = await serveModel(competent);
    open.push(model);
    const fixture = await start({ modelUrl: model.url });
    const { people, places } = fixture.slack;

    const { ts } = people.mention(places.ana, places.alerts, `why is ${JOB} red?`);

    expect((await answered(fixture, places.alerts, ts))[0]).toContain('worded by the model');
    expect(model.requests).toHaveLength(1);
  });

  it('stops when it is told to, down to the model', async () => {
    const model = await serveModel(() => ({ kind: 'hang' }));
    open.push(model);
    const fixture = await start({ modelUrl: model.url });
    const { people, places } = fixture.slack;
    const { ts } = people.mention(places.ana, places.alerts, `why is ${JOB} red?`);
    await expect.poll(() => model.requests.length, { timeout: 10_000 }).toBe(1);

    await people.stop(places.ana, places.alerts, ts);

    expect(await answered(fixture, places.alerts, ts)).toEqual([expect.stringContaining('Stopped')]);
  });

  it('takes up after a crash what it had begun, at the same message', async () => {
    const model = await serveModel(() => ({ kind: 'hang' }));
    open.push(model);
    const first = await start({ modelUrl: model.url });
    const { slack, store } = first;
    const { ts } = slack.people.mention(slack.places.ana, slack.places.alerts, `why is ${JOB} red?`);
    await expect.poll(() => model.requests.length, { timeout: 10_000 }).toBe(1);
    slack.silent();
    await first.bot.stop(0);

    model.play(competent);
    const second = await start({ slack, store, modelUrl: model.url });

    const texts = await answered(second, slack.places.alerts, ts);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('claims verified');
    expect(duplicates(slack.world)).toEqual([]);
  });

  it('asks who asks too much to wait', async () => {
    const fixture = await start({ more: { rates: { user: 1, channel: 10, all: 10 } } });
    const { people, places, world } = fixture.slack;
    const { ts } = people.mention(places.ana, places.alerts, `why is ${JOB} red?`);
    await answered(fixture, places.alerts, ts);

    people.mention(places.ana, places.alerts, `why is ${JOB} red?`);

    const said = (): string[] => [...world.messages.values()].map((message) => plainText(message));
    await expect.poll(() => said().some((text) => text.includes('asked a lot')), { timeout: 5_000 }).toBe(true);
  });

  it('hears nobody who may not ask', async () => {
    const fixture = await start({ more: { channels: new Set(['C-other']) } });
    const { people, places } = fixture.slack;

    const { told } = people.mention(places.ana, places.alerts, `why is ${JOB} red?`);
    await told;

    expect(await fixture.store.pending()).toBe(0);
  });
});
