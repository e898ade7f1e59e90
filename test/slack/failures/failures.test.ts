import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answersIn, duplicates, links, liveMentions, plainText } from '../../../evals/slack/look.ts';
import type { Message } from '../../../evals/slack/world.ts';
import type { Since } from '../../../src/ci/failure.ts';
import { FOR_EVER, MANAGE, TRACK } from '../../../src/slack/views/failure.ts';
import { startTestBot, type BotFixture } from '../../support/bot.ts';
import { startDemo, type Demo } from '../../support/demo.ts';

const JOB = 'ci-kubernetes-e2e-gce-network';
const RECOVERED = 'Is 4.22 aws proxy still broken?';
const DECK = 'https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs';
const open: BotFixture[] = [];
let demo: Demo;
/** Failed runs of the job, the newest first. */
let builds: string[];
let recovered: Since | null;
beforeAll(async () => {
  demo = await startDemo();
  builds = failedRuns(JOB);
  recovered = (await demo.ask(RECOVERED)).since;
});
afterAll(() => demo.server.close());
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function failedRuns(job: string): string[] {
  const url = new URL(`http://demo/deck/job-history/gs/kubernetes-ci-logs/logs/${job}`);
  const page = String(demo.world.answer('GET', url, {}).body);
  const listed = JSON.parse(/allBuilds = (\[.*?\]);/s.exec(page)?.[1] ?? '[]') as { ID: string; Result: string }[];
  return listed.filter(({ Result }) => Result === 'FAILURE').map(({ ID }) => ID);
}

const linkTo = (build: string): string => `${DECK}/${JOB}/${build}`;

async function startWatching(): Promise<BotFixture> {
  const fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now });
  open.push(fixture);
  const { people, places } = fixture.slack;
  await people.command(places.ana, places.alerts, '/whyred', 'watch');
  await idle(fixture);
  return fixture;
}

async function idle({ slack, store }: BotFixture): Promise<void> {
  await slack.settled();
  await expect.poll(() => store.pending(), { timeout: 15_000 }).toBe(0);
}

/** Posts a link and waits for what comes of it. */
async function post(fixture: BotFixture, link: string): Promise<string> {
  const { people, places } = fixture.slack;
  const { ts } = people.say(places.ben, places.alerts, `red: ${link}`);
  await idle(fixture);
  return ts;
}

const saidIn = ({ slack }: BotFixture, thread: string): string[] =>
  answersIn(slack.world, slack.places.alerts, thread)
    .filter(({ ephemeralFor }) => ephemeralFor === null)
    .map((message) => plainText(message));
const whispered = ({ slack }: BotFixture): string[] =>
  [...slack.world.messages.values()].filter(({ ephemeralFor }) => ephemeralFor !== null).map(({ text }) => text);

function headOf({ slack }: BotFixture, thread: string): Message {
  const [head] = answersIn(slack.world, slack.places.alerts, thread);
  if (!head) throw new Error('nothing was answered');
  return head;
}

async function choose(fixture: BotFixture, thread: string, choice: string): Promise<void> {
  const { people, places } = fixture.slack;
  const head = headOf(fixture, thread);
  const [value] = JSON.stringify(head.blocks).match(new RegExp(`${choice}:[0-9a-f]{32}`)) ?? [];
  const selected_option = { text: { type: 'plain_text', text: choice }, value };
  await people.press(places.ana, head, MANAGE, { selected_option });
  await idle(fixture);
}

describe('a failure in a watched channel', () => {
  it('has one thread: another run of it is a line there, and a count at its head', async () => {
    const fixture = await startWatching();
    const [newest = '', before = '', oldest = ''] = builds;

    const root = await post(fixture, linkTo(oldest));
    const second = await post(fixture, linkTo(before));
    const third = await post(fixture, linkTo(newest));
    const again = await post(fixture, linkTo(newest));

    const [head, ...lines] = saidIn(fixture, root);
    expect(head).toContain('Seen in 3 runs here');
    expect(head).toContain(`run ${newest}`);
    expect(head).toContain('claims verified');
    expect(lines).toEqual([
      expect.stringContaining(`run ${before}`),
      expect.stringMatching(new RegExp(`The same failure in[^]*run ${newest}[^]*: 3 runs here`)),
    ]);
    for (const other of [second, third, again]) expect(saidIn(fixture, other)).toEqual([]);
    expect(whispered(fixture).filter((text) => text.includes('its thread'))).toHaveLength(3);
    expect(duplicates(fixture.slack.world)).toEqual([]);
  });

  it('is one thread though two links are posted at the same moment', async () => {
    const fixture = await startWatching();
    const { people, places, world } = fixture.slack;
    const roots = builds.slice(0, 2).map((build) => people.say(places.ben, places.alerts, linkTo(build)).ts);
    await idle(fixture);

    const threads = roots.map((ts) => saidIn(fixture, ts));

    expect(threads.map((said) => said.length).sort()).toEqual([0, 2]);
    expect(duplicates(world)).toEqual([]);
  });

  it('is only counted while it is muted', async () => {
    const fixture = await startWatching();
    const [newest = '', before = ''] = builds;
    const root = await post(fixture, linkTo(before));

    await choose(fixture, root, 'mute');
    const other = await post(fixture, linkTo(newest));

    const [head, ...lines] = saidIn(fixture, root);
    expect(head).toContain('Seen in 2 runs here');
    expect(head).toContain('Muted: new runs are only counted.');
    expect([...lines, ...saidIn(fixture, other)]).toEqual([]);
    expect(whispered(fixture).filter((text) => text.includes('its thread'))).toEqual([]);
  });

  it('is told again when the snooze is over, or was taken back', async () => {
    const fixture = await startWatching();
    const { slack, store } = fixture;
    const [newest = '', before = '', oldest = ''] = builds;
    const root = await post(fixture, linkTo(oldest));

    await choose(fixture, root, 'hour');
    const [thread] = await store.failureThreads(slack.places.alerts);
    expect((thread?.mutedUntil ?? 0) - slack.world.clock()).toBeLessThanOrEqual(3_600_000);
    slack.advance(3_600_001);
    await post(fixture, linkTo(before));
    expect(saidIn(fixture, root)).toHaveLength(2);

    await choose(fixture, root, 'mute');
    expect((await store.failureThreads(slack.places.alerts))[0]?.mutedUntil).toBe(FOR_EVER);
    await choose(fixture, root, 'unmute');
    await post(fixture, linkTo(newest));
    expect(saidIn(fixture, root)).toHaveLength(3);
  });

  it('is known where people say it is tracked: a link for an issue, text for all else', async () => {
    const fixture = await startWatching();
    const { slack } = fixture;
    const { people } = slack;
    const [newest = '', before = ''] = builds;
    const root = await post(fixture, linkTo(before));
    const track = async (words: string): Promise<void> => {
      await choose(fixture, root, 'track');
      const modal = slack.world.modals.findLast(({ payload }) => payload['callback_id'] === TRACK);
      if (!modal) throw new Error('no modal was opened');
      await people.submit(modal, { tracked: { text: { type: 'plain_text_input', value: words } } });
      await idle(fixture);
    };

    await track('kubernetes/kubernetes#131000');
    expect(links(headOf(fixture, root))).toContain('https://github.com/kubernetes/kubernetes/issues/131000');
    await post(fixture, linkTo(newest));
    expect(saidIn(fixture, root)[1]).toContain('kubernetes/kubernetes#131000');

    await track('<!channel> see https://evil.example/x and <@U000000002>');
    const head = headOf(fixture, root);
    expect(plainText(head)).toContain('Known, tracked in');
    expect(links(head).filter((url) => url.includes('evil'))).toEqual([]);
    expect(liveMentions(head)).toEqual([]);
  });

  it('is green again in its first message once its job passes', async () => {
    const fixture = await startWatching();
    const root = await post(fixture, recovered?.first_failing?.url ?? '');
    expect(saidIn(fixture, root)[0]).not.toContain('Green again since');

    await fixture.bot.lookForRecoveries();

    const said = saidIn(fixture, root);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/Green again since \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect((await fixture.store.failureThreads(fixture.slack.places.alerts))[0]?.recovered).not.toBeNull();
  });

  it('is looked at again when somebody asks about its job', async () => {
    const fixture = await startWatching();
    const { people, places } = fixture.slack;
    const root = await post(fixture, recovered?.first_failing?.url ?? '');

    people.mention(places.ana, places.release, RECOVERED);
    await idle(fixture);

    expect(saidIn(fixture, root)[0]).toContain('Green again since');
  });
});

describe('a watched channel', () => {
  it('costs nothing while people chat', async () => {
    const fixture = await startWatching();
    const { people, places, recorder } = fixture.slack;
    const before = { calls: recorder.calls.length, requests: demo.server.stats().requests };

    for (const text of ['good morning', 'red or white wine?', 'see https://github.com/kubernetes/kubernetes'])
      people.say(places.ben, places.alerts, text);
    await idle(fixture);

    expect({ calls: recorder.calls.length, requests: demo.server.stats().requests }).toEqual(before);
  });

  it('says nothing of a run that passed', async () => {
    const fixture = await startWatching();

    const root = await post(fixture, recovered?.recovered?.url ?? '');

    expect(saidIn(fixture, root)).toEqual([]);
  });
});
