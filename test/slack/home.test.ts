import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { links } from '../../evals/slack/look.ts';
import type { Fields } from '../../evals/slack/schema.ts';
import type { Message } from '../../evals/slack/world.ts';
import { startTestBot, type BotFixture } from '../support/bot.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
let demo: Demo;
let fixture: BotFixture;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(async () => {
  demo.server.fault(null);
  await fixture.close();
});

async function startBot(): Promise<void> {
  fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now });
}

async function idle(): Promise<void> {
  await fixture.slack.settled();
  await expect.poll(() => fixture.store.pending(), { timeout: 30_000 }).toBe(0);
}

/** What somebody's App Home says, and the links in it. */
async function homeOf(user: string): Promise<{ text: string; links: string[] }> {
  const { people, places, world } = fixture.slack;
  await people.openHome(user, places.anaDm);
  await idle();
  const blocks = (world.homes.get(user)?.payload['blocks'] ?? []) as Fields[];
  const shown = { text: '', blocks, attachments: [], unfurls: new Map() } as unknown as Message;
  return { text: JSON.stringify(blocks), links: links(shown) };
}

describe('App Home', () => {
  it('says what is watched, how it stands, and that all is well', async () => {
    await startBot();
    const { people, places } = fixture.slack;
    const { since } = await demo.ask(JOB);
    await people.command(places.ana, places.alerts, '/whyred', 'watch');
    people.say(places.ben, places.alerts, since?.first_failing?.url ?? '');
    await idle();

    const { text } = await homeOf(places.ana);

    expect(text).toContain(`"channel_id":"${places.alerts}"`);
    expect(text).toMatch(new RegExp(`"RED "[^]*${JOB}, 1 failure, last seen`));
    expect(text).toContain('Nothing waits for me.');
    expect(text).toContain('Sources: no trouble.');
    expect(text).toContain('the rules: no model is configured');
  });

  it('shows what one asked with its verdict and thread, and nobody else’s questions', async () => {
    await startBot();
    const { people, places, world } = fixture.slack;
    const { ts } = people.mention(places.ana, places.release, `why is ${JOB} red?`);
    people.mention(places.ana, places.release, 'why is ci-no-such-job-anywhere red?');
    await idle();

    const own = await homeOf(places.ana);
    const other = await homeOf(places.ben);

    expect(own.text).toContain(`: ${JOB}: failing, regression`);
    expect(own.text).toContain('nothing was diagnosed');
    expect(own.links).toContain(
      `https://${world.team.domain}.slack.com/archives/${places.release}/p${ts.replace('.', '')}`,
    );
    expect(other.text).not.toContain(JOB);
    expect(other.text).toContain('Nothing yet.');
  });

  it('says which source did not answer', async () => {
    await startBot();
    const { people, places } = fixture.slack;
    demo.server.fault({ status: 503 });
    people.mention(places.ana, places.alerts, `why is ${JOB} red?`);
    await idle();

    const { text } = await homeOf(places.ana);

    expect(text).toMatch(/Last trouble with a source, 0 minutes ago: [^"]*unavailable/);
  }, 60_000);
});
