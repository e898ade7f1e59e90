// npm run test:kill: the bot is killed (SIGKILL) at random moments while it is asked, and started again; afterwards every
// question has one answer, and one only. `-- 300` for fewer kills than the thousand, `-- --postgres` for what it keeps to be
// in PostgreSQL.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { startPostgres } from '../postgres/cluster.ts';
import { openKept } from './kept.ts';
import { outcomeOf } from './outcome.ts';
import { Slack } from './stand-in.ts';

const KILLS = Number(process.argv.slice(2).find((word) => !word.startsWith('-')) ?? 1_000);
const LONGEST_LIFE_MS = 400;
const QUESTIONS_A_LIFE = 2;
const PATIENCE_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'whyred-kill-'));
const postgres = process.argv.includes('--postgres') ? await startPostgres(true) : null;
const kept = postgres ? await postgres.database() : join(folder, 'store.sqlite');
const world = createWorld({ seed: 1, now: Date.now() });
const ci = await serveWorld(world);
// Slack tries again after seconds and minutes; here after moments, so that a life can be short.
const slack = await Slack.start({ ackMs: 500, retries: [50, 700, 1_500] });
const { people, places } = slack;
const questions = world.scenarios.map(({ question }) => question);
const asked: string[] = [];

async function startProcess(): Promise<ChildProcess> {
  const args = [ci.url, slack.apiUrl, slack.world.tokens.bot, slack.signingSecret, kept];
  const child = fork(join(import.meta.dirname, 'bot-process.ts'), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  slack.overHttp(`http://127.0.0.1:${port}/slack/events`);
  return child;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

for (let kill = 0; kill < KILLS; kill += 1) {
  const child = await startProcess();
  for (let i = 0; i < QUESTIONS_A_LIFE; i += 1) {
    const question = questions[asked.length % questions.length] ?? '';
    asked.push(people.mention(places.ana, places.alerts, question).ts);
  }
  await pause(Math.random() * LONGEST_LIFE_MS);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if ((kill + 1) % 50 === 0) console.log(`${kill + 1} kills, ${asked.length} questions`);
}
const last = await startProcess();
const { queue, close } = await openKept(kept);
const end = Date.now() + PATIENCE_MS + KILLS * 20;
await slack.settled();
while ((await queue.pending()) > 0 && Date.now() < end) await pause(100);

const { accepted, lost, doubled, unfinished } = outcomeOf(slack, places.alerts, asked);
console.log(`${KILLS} kills, ${asked.length} questions, ${accepted} accepted`);
console.log(`${lost} lost, ${doubled} doubled, ${unfinished} unfinished`);
last.kill('SIGKILL');
await close();
await postgres?.close();
await slack.close();
await ci.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = lost + doubled + unfinished === 0 ? 0 : 1;
