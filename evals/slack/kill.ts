// npm run test:kill: the bot is killed (SIGKILL) at random moments while it is asked, and started again, now and then before
// the other is dead; afterwards every question has one answer, and one only. `-- --kills 300` for fewer than a thousand,
// `-- --postgres` for what it keeps to be in PostgreSQL.
import { enableCompileCache } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { startPostgres } from '../postgres/cluster.ts';
import { openKept } from './kept.ts';
import { outcomeOf } from './outcome.ts';
import { Processes, type BotProcess } from './processes.ts';
import { Slack } from './stand-in.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, postgres: { type: 'boolean', default: false } },
});
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
const postgres = values.postgres ? await startPostgres(true) : null;
const kept = postgres ? await postgres.database() : join(folder, 'store.sqlite');
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
  kept,
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
const { queue, close } = await openKept(kept, Date.now);
const end = Date.now() + PATIENCE_MS + KILLS * 20;
await slack.settled();
while ((await queue.pending()) > 0 && Date.now() < end) await sleep(100);

const { accepted, lost, doubled, unfinished, given } = outcomeOf(slack, places.alerts, asked);
console.log(`${KILLS} kills, ${asked.length} questions, ${accepted} accepted, ${seconds(began)} s`);
console.log(`${lost} lost, ${doubled} doubled, ${unfinished} unfinished, ${given} given up`);
await living.kill();
await processes.close();
await close();
await postgres?.close();
await slack.close();
await ci.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = lost + doubled + unfinished === 0 ? 0 : 1;

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
