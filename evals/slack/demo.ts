// npm run demo:slack: the bot in a made-up Slack, over the made-up CI, with a scripted model (or none: --no-model). Asks
// ten things, watches a channel, and writes all of it as a page that a browser shows.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HTTPReceiver } from '@slack/bolt';
import pLimit from 'p-limit';
import { modelFrom } from '../../src/assistant/config.ts';
import { openAssistant } from '../../src/assistant/open.ts';
import { investigate } from '../../src/diagnose/investigate.ts';
import { readPrompts } from '../../src/prompts/files.ts';
import { startBot } from '../../src/slack/bot.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { createSources } from '../../src/sources/sources.ts';
import { inProcessQueue } from '../../src/slack/in-process.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { TOOLS } from '../../tools/index.ts';
import { competent } from '../models/characters.ts';
import { serveModel } from '../models/server.ts';
import { Slack } from './stand-in.ts';
import type { Message } from './world.ts';

const withModel = !process.argv.includes('--no-model');
const PATIENCE_MS = 20_000;
const SLOW_MS = 1_500;

const world = createWorld({ seed: 1, now: Date.now() });
const ci = await serveWorld(world);
const sources = createSources({ config: parseConfig({}, ci.url), cache: memoryCache(), clock: Date.now });
let slowly = false;
const model = await serveModel((asked) =>
  slowly ? { kind: 'slow', ms: SLOW_MS, then: competent(asked) } : competent(asked),
);
const prompts = readPrompts();
const mcp = {
  tools: TOOLS,
  sources,
  clock: Date.now,
  limit: pLimit(4),
  report: () => undefined,
  version: '0',
  prompts,
};
const config = withModel ? modelFrom({ WHYRED_MODEL: 'scripted', OPENAI_BASE_URL: model.url }) : null;
const assistant = await openAssistant({ mcp, config });
const store = openSqlite(':memory:');
const slack = await Slack.start();
const bot = await startBot({
  receiver: new HTTPReceiver({ signingSecret: slack.signingSecret }),
  token: slack.world.tokens.bot,
  store,
  queue: inProcessQueue(store, Date.now),
  assistant,
  sources,
  clock: Date.now,
  teams: new Set(),
  channels: new Set(),
  log: (level, what) => console.error(`${level}: ${what}`),
  port: 0,
  slackApiUrl: slack.apiUrl,
});
slack.overHttp(`http://127.0.0.1:${bot.port ?? 0}/slack/events`);

const { people, places } = slack;
const { ana, ben, alerts, release, anaDm } = places;

const isOurs = ({ user }: Message): boolean => user === slack.world.bot.userId;
const ours = (): Message[] => [...slack.world.messages.values()].filter(isOurs);
const idle = async (): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  await slack.settled();
  while ((await store.pending()) > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
};

const isGiven = ({ blocks }: Message): boolean => /claims? verified|nothing was diagnosed/.test(JSON.stringify(blocks));
const until = async (isSo: () => boolean): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!isSo() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Says it, waits for the answer, and says how long the first sign of life and the answer took; a picture comes later. */
async function ask(what: string, say: () => { ts: string } | Promise<unknown>): Promise<string> {
  const before = ours().length;
  const began = Date.now();
  const said = await say();
  await until(() => ours().length > before);
  const sign = Date.now() - began;
  await until(() => ours().slice(before).some(isGiven));
  const answered = Date.now() - began;
  await idle();
  console.log(
    `${what.padEnd(34)} first sign ${String(sign).padStart(5)} ms, answer ${String(answered).padStart(5)} ms`,
  );
  return typeof said === 'object' && said !== null && 'ts' in said ? String(said.ts) : '';
}

const question = (id: string): string => world.scenarios.find((scenario) => scenario.id === id)?.question ?? '';
const root = await ask('a job', () => people.mention(ana, alerts, question('kubernetes-regression')));
await ask('a follow-up', () => people.say(ana, alerts, 'since when?', { threadTs: root }));
await ask('a run by its link', () => {
  const build =
    [...slack.world.messages.values()]
      .map((message) => /\d{19}/.exec(JSON.stringify(message.blocks))?.[0])
      .find((id) => id) ?? '';
  const link = `https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/ci-kubernetes-e2e-gce-network/${build}`;
  return people.mention(ben, alerts, `what about ${link}`);
});
await ask('a pull request', () => people.mention(ben, alerts, question('pull-request-unit')));
await ask('an ambiguous name', () => people.mention(ana, alerts, 'why is gce red?'));
await ask('a job that does not exist', () => people.mention(ana, alerts, 'why is ci-no-such-job-anywhere red?'));
await ask('is it flaky?', () => people.mention(ben, alerts, question('green-but-flaky')));
await ask('another version', () => people.mention(ben, alerts, question('quota')));
slowly = true;
const began = people.mention(ana, alerts, question('lease'));
await new Promise((resolve) => setTimeout(resolve, withModel ? 600 : 5));
await people.stop(ana, alerts, began.ts);
await idle();
console.log('a question that is stopped');
slowly = false;
await ask('by the command', () => people.command(ana, alerts, '/whyred', 'gce-ingress'));

// A channel that is watched: two runs of one failure are one thread, and its job is green again later.
await people.command(ana, release, '/whyred', 'watch');
await idle();
const failing = await investigate(question('kubernetes-regression'), { sources, clock: Date.now });
const over = await investigate(question('recovered'), { sources, clock: Date.now });
const newest = `https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/${failing.subject.job ?? ''}/${failing.subject.build ?? ''}`;
await ask('a failing link where it watches', () =>
  people.say(ben, release, `and again: ${failing.since?.first_failing?.url ?? ''}`),
);
people.say(ana, release, `once more ${newest}`);
await idle();
await ask('a failure that is over', () => people.say(ben, release, over.since?.first_failing?.url ?? ''));
await bot.lookForRecoveries();
await people.openHome(ana, anaDm);
await idle();

const path = join(tmpdir(), `whyred-slack${withModel ? '' : '-no-model'}.html`);
writeFileSync(path, slack.page());
console.log(`the channel: ${path}`);
await slack.close();
await bot.stop(1_000);
await assistant.close();
await sources.close();
await store.close();
await model.close();
await ci.close();
