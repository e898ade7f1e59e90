// Owners as a channel sees them: named in answers, mentioned only where the channel wants that and the file has an id.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answersIn, liveMentions, plainText } from '../../evals/slack/look.ts';
import { parseOwners } from '../../src/slack/owners.ts';
import { startTestBot, type BotFixture } from '../support/bot.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const owners = parseOwners(`[{ name: Team <!channel>, mention: S0123ABC, jobs: ['${JOB}'] }]`);
let demo: Demo;
let fixture: BotFixture;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(() => fixture.close());

/** What is said in the thread of a question, and who is mentioned in it. */
async function ask(words = `why is ${JOB} red?`): Promise<{ texts: string[]; mentions: string[] }> {
  const { slack, store } = fixture;
  const { people, places } = slack;
  const { ts } = people.mention(places.ana, places.alerts, words);
  await slack.settled();
  await expect.poll(() => store.pending(), { timeout: 15_000 }).toBe(0);
  const said = answersIn(slack.world, places.alerts, ts);
  return { texts: said.map((message) => plainText(message)), mentions: said.flatMap((one) => liveMentions(one)) };
}

async function setting(words: string): Promise<void> {
  const { slack, store } = fixture;
  await slack.people.command(slack.places.ana, slack.places.alerts, '/whyred', words);
  await expect.poll(() => store.pending()).toBe(0);
}

describe('the owner of what fails', () => {
  it('is named as text, whatever the name looks like', async () => {
    fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now, more: { owners } });

    const { texts, mentions } = await ask();

    expect(texts).toEqual([
      expect.stringMatching(/product · regression · \d+ % sure · since .* UTC · owned by Team <!channel>/),
    ]);
    expect(mentions).toEqual([]);
  });

  it('is mentioned in a message of its own where the channel wants that, until it does not', async () => {
    fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now, more: { owners } });

    await setting('settings owners mention');
    expect((await ask()).mentions).toEqual(['S0123ABC']);
    expect((await ask('is gce-node-conformance healthy?')).mentions).toEqual([]);
    await setting('settings owners name');
    expect((await ask()).mentions).toEqual([]);
  });

  it('is the SIG in the test’s label where no file says, and nobody is mentioned then', async () => {
    fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now });
    await setting('settings owners mention');

    const { texts, mentions } = await ask();

    expect(texts[0]).toContain('owned by SIG network');
    expect(mentions).toEqual([]);
  });
});
