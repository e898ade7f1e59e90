// What the manifest asks a workspace for is what the bot needs, no more and no less.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS } from '../../evals/slack/api.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { HURRIED, startTestBot } from '../support/bot.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('deploy/slack/manifest.json')) as {
  features: {
    slash_commands: { command: string }[];
    shortcuts: { callback_id: string }[];
    unfurl_domains: string[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
};
const scopes = manifest.oauth_config.scopes.bot;
const events = manifest.settings.event_subscriptions.bot_events;
const source = globSync('src/slack/**/*.ts', { cwd: root })
  .map((file) => read(file))
  .join('\n');
const found = (pattern: RegExp): string[] => [
  ...new Set(Array.from(source.matchAll(pattern), ([, name = '']) => name)),
];

/** What is subscribed to for what a listener hears, and the scope that takes (docs.slack.dev/reference/events). */
const SUBSCRIPTIONS: Readonly<Record<string, readonly string[]>> = {
  message: ['message.channels', 'message.groups', 'message.im'],
};
const SCOPE_OF_EVENT: Readonly<Record<string, string | null>> = {
  agent_session_stopped: null,
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  link_shared: 'links:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
};
const heard = [...found(/app\.event\('(\w+)'/g), ...found(/z\.literal\('(agent_\w+)'\)/g)].flatMap(
  (event) => SUBSCRIPTIONS[event] ?? [event],
);
/** `filesUploadV2` is two methods. */
const called = found(/client\.([a-z]\w*\.\w+|filesUploadV2)\(/g).flatMap((method) =>
  method === 'filesUploadV2' ? ['files.getUploadURLExternal', 'files.completeUploadExternal'] : [method],
);

describe('the manifest', () => {
  it('subscribes to what listeners hear, and to nothing else', () => {
    expect(heard).toContain('app_mention');
    expect(events.toSorted()).toEqual(heard.toSorted());
  });

  it('has the scopes that the events and the calls need, and no other', () => {
    expect(called).toContain('chat.postMessage');
    const ofCalls = called.map((method) => METHODS[method]?.scopes);
    for (const [i, needed] of ofCalls.entries()) {
      expect(needed, `the stand-in knows ${called[i] ?? ''}`).toBeDefined();
      if (needed && needed.length > 0)
        expect(
          needed.some((scope) => scopes.includes(scope)),
          called[i],
        ).toBe(true);
    }
    const needed = new Set([
      ...heard.flatMap((event) => SCOPE_OF_EVENT[event] ?? []),
      // Of several scopes for a method each is for a kind of channel: the events ask for those.
      ...ofCalls.flatMap((some) => (some?.length === 1 ? some : [])),
      ...(found(/app\.(command|shortcut)\(/g).length > 0 ? ['commands'] : []),
    ]);
    expect(scopes.toSorted()).toEqual([...needed].sort());
  });

  it('names the command and the shortcut as listeners do', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(found(/app\.command\('([^']+)'/g));
    expect(manifest.features.shortcuts.map(({ callback_id: id }) => id)).toEqual(found(/SHORTCUT = '(\w+)'/g));
  });

  it('has a reason for each scope in the manual', () => {
    const rows = read('docs/slack.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .join('\n');
    for (const scope of scopes) expect(rows).toContain(`\`${scope}\``);
  });
});

describe('a workspace with this manifest', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.server.close());

  it('refuses the bot nothing', async () => {
    const { unfurl_domains: unfurlDomains } = manifest.features;
    const slack = await Slack.start({ ...HURRIED, scopes, subscriptions: events, unfurlDomains });
    const fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now, slack });
    const { people, places, recorder } = slack;
    const { since } = await demo.ask('ci-kubernetes-e2e-gce-network');

    await people.command(places.ana, places.alerts, '/whyred', 'watch');
    people.say(places.ben, places.alerts, `red: ${since?.first_failing?.url ?? ''}`);
    people.mention(places.ana, places.release, 'why is ci-kubernetes-e2e-gce-network red?');
    people.say(places.ana, places.anaDm, 'Why is e2e-aws-ovn-fips failing?');
    await people.command(places.ana, places.alerts, '/whyred', 'gce-ingress');
    await slack.settled();
    await expect.poll(() => fixture.store.pending(), { timeout: 15_000 }).toBe(0);
    await people.openHome(places.ana, places.anaDm);
    await expect.poll(() => fixture.store.pending(), { timeout: 5_000 }).toBe(0);

    const refused = recorder.calls.filter(({ reply }) => reply?.['ok'] === false);
    const used = new Set(recorder.calls.map(({ method }) => method));
    expect(refused.map(({ method, reply }) => `${method}: ${String(reply?.['error'])}`)).toEqual([]);
    expect([...used]).toEqual(
      expect.arrayContaining(['chat.unfurl', 'views.publish', 'files.completeUploadExternal', 'chat.getPermalink']),
    );
    await fixture.close();
    await slack.close();
  });
});
