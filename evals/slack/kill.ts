// npm run test:kill: the bot is killed (SIGKILL) at random moments while it is asked, and started again, now and then before
// the other is dead; afterwards every question has one answer, and one only. `-- --kills 300` for fewer than a thousand.
import { enableCompileCache } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { answersIn, duplicates, plainText } from './look.ts';
import { Processes, type BotProcess } from './processes.ts';
import { Slack } from './stand-in.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' } } });
const KILLS = Number(values.kills);
const LONGEST_LIFE_MS = 600;
/** How often the next one starts while the last one still lives, as when a deployment is rolled out. */
const OVERLAP = 0.2;
const QUESTIONS_A_LIFE = 2;
const LEASE_MS = 3_000;
const PATIENCE_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'whyred-kill-'));
// Children find what was compiled by those before them.
process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
enableCompileCache(join(folder, 'compiled'));
const path = join(folder, 'store.sqlite');
const world = createWorld({ seed: 1, now: Date.now() });
const ci = await serveWorld(world);
// Slack tries again after seconds and minutes; here after moments, so that a life can be short.
const slack = await Slack.start({ ackMs: 500, retries: [50, 700, 1_500] });
const { people, places } = slack;
const questions = world.scenarios.map(({ question }) => question);
const asked: string[] = [];
const began = Date.now();
const processes = new Processes({
  ciUrl: ci.url,
  slackApiUrl: slack.apiUrl,
  token: slack.world.tokens.bot,
  signingSecret: slack.signingSecret,
  path,
  leaseMs: LEASE_MS,
});

async function start(): Promise<BotProcess> {
  const started = await processes.next();
  slack.overHttp(started.url);
  return started;
}

let living = await start();
for (let kill = 1; kill <= KILLS; kill += 1) {
  for (let i = 0; i < QUESTIONS_A_LIFE; i += 1) {
    const question = questions[asked.length % questions.length] ?? '';
    asked.push(people.mention(places.ana, places.alerts, question).ts);
  }
  await sleep(Math.random() * LONGEST_LIFE_MS);
  const old = living;
  if (Math.random() < OVERLAP) {
    living = await start();
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await old.kill();
  } else {
    await old.kill();
    living = await start();
  }
  if (kill % 50 === 0) console.log(`${kill} kills, ${asked.length} questions, ${seconds(began)} s`);
}
const store = openSqlite(path);
const end = Date.now() + PATIENCE_MS + KILLS * 20;
await slack.settled();
while ((await store.pending()) > 0 && Date.now() < end) await sleep(100);

const tsOf = (payload: Readonly<Record<string, unknown>>): string => (payload['event'] as { ts?: string }).ts ?? '';
const acked = new Set(slack.deliveries.all.filter((one) => one.acked).map(({ told }) => tsOf(told.payload)));
const accepted = new Set(asked.filter((ts) => acked.has(ts)));
const texts = (ts: string): string[] => answersIn(slack.world, places.alerts, ts).map((message) => plainText(message));
const answers = asked.map((ts) => ({ ts, said: texts(ts) }));
const lost = answers.filter(({ ts, said }) => accepted.has(ts) && said.length === 0).length;
const unfinished = answers.filter(({ said }) => said.some((text) => text.includes('Looking into it'))).length;
const doubled = answers.filter(({ said }) => said.length > 1).length + duplicates(slack.world).length;
const given = answers.filter(({ said }) => said.some((text) => text.includes('I could not answer'))).length;
console.log(`${KILLS} kills, ${asked.length} questions, ${accepted.size} accepted, ${seconds(began)} s`);
console.log(`${lost} lost, ${doubled} doubled, ${unfinished} unfinished, ${given} given up`);
await living.kill();
await processes.close();
await store.close();
await slack.close();
await ci.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = lost + doubled + unfinished === 0 ? 0 : 1;

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
