// npm run test:scale: three replicas that receive and two workers that answer, on one PostgreSQL. Every event is delivered
// four times, processes are killed (SIGKILL) at random, the database is restarted twice; afterwards every question has one
// answer, and one only. `-- 1000` for fewer events than 10,000, `-- --workers 4`, `-- --calm` for no kills and no restarts.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { hasPostgres, startPostgres } from '../postgres/cluster.ts';
import { startBalancer } from './balancer.ts';
import { openKept } from './kept.ts';
import { outcomeOf } from './outcome.ts';
import { Processes, type BotProcess } from './processes.ts';
import { Slack } from './stand-in.ts';

if (!hasPostgres()) {
  console.log('skipped: there is no PostgreSQL (apt-get install postgresql)');
  process.exit();
}
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { workers: { type: 'string', default: '2' }, calm: { type: 'boolean', default: false } },
});
const EVENTS = Number(positionals[0] ?? 10_000);
/** A mention is two events: `app_mention` and `message`. */
const QUESTIONS = EVENTS / 2;
const REPLICAS = 3;
const DELIVERIES = 4;
const UNDER_WAY = 24;
const KILL_EVERY_MS = 2_000;
const PATIENCE_MS = 180_000;

type Role = 'receive' | 'work';
interface Running {
  readonly role: Role;
  readonly bot: BotProcess;
}

const postgres = await startPostgres(true);
const kept = await postgres.database();
const world = createWorld({ seed: 1, now: Date.now() });
const ci = await serveWorld(world);
const slack = await Slack.start({ ackMs: 3_000, retries: [50, 500, 1_000, 2_000, 4_000] });
const balancer = await startBalancer();
slack.overHttp(`${balancer.url}/slack/events`);
slack.eventFaults.add({ kind: 'repeat', times: DELIVERIES }, { times: Infinity });
const { people, places } = slack;

const processes = new Processes({
  ciUrl: ci.url,
  slackApiUrl: slack.apiUrl,
  token: slack.world.tokens.bot,
  signingSecret: slack.signingSecret,
  kept,
});

async function start(role: Role): Promise<Running> {
  const bot = await processes.next(role);
  if (role === 'receive') balancer.add(bot.port);
  return { role, bot };
}

async function kill({ bot, role }: Running): Promise<void> {
  await bot.kill();
  if (role === 'receive') balancer.remove(bot.port);
}

const roles: Role[] = [
  ...Array.from({ length: REPLICAS }, () => 'receive' as const),
  ...Array.from({ length: Number(values.workers) }, () => 'work' as const),
];
const running: Running[] = [];
for (const role of roles) running.push(await start(role));
let kills = 0;
let isOver = false;
/** Kills one after the other and starts another in its place, until it is over. */
async function killAtRandom(): Promise<void> {
  while (!values.calm) {
    await sleep(KILL_EVERY_MS * (0.5 + Math.random()));
    if (isOver) return;
    const at = Math.floor(Math.random() * running.length);
    const victim = running[at];
    if (!victim) continue;
    await kill(victim);
    kills += 1;
    running[at] = await start(victim.role);
  }
}

const questions = world.scenarios.map(({ question }) => question);
const asked: string[] = [];
const limit = pLimit(UNDER_WAY);
const began = Date.now();
const killing = killAtRandom();
let restarts = 0;
await limit.map(Array.from({ length: QUESTIONS }), async (_, i) => {
  const { ts, told } = people.mention(places.ana, places.alerts, questions[i % questions.length] ?? '');
  asked.push(ts);
  const third = Math.floor(QUESTIONS / 3);
  if (!values.calm && (i === third || i === 2 * third)) {
    restarts += 1;
    await postgres.restart?.();
  }
  await told;
  if ((i + 1) % 500 === 0) console.log(`${i + 1} questions asked in ${Math.round((Date.now() - began) / 1_000)} s`);
});
await slack.settled();
const delivered = Date.now();
isOver = true;
await killing;

const { queue, close } = await openKept(kept, Date.now);
while ((await queue.pending()) > 0 && Date.now() - delivered < PATIENCE_MS) await sleep(200);
const seconds = (Date.now() - began) / 1_000;
const { accepted, lost, doubled, unfinished, given } = outcomeOf(slack, places.alerts, asked);
console.log(
  `${EVENTS} events ${DELIVERIES} times, ${accepted} of ${QUESTIONS} questions accepted; ${kills} kills, ${restarts} restarts of PostgreSQL`,
);
console.log(`${QUESTIONS} questions in ${Math.round(seconds)} s: ${Math.round((QUESTIONS * 60) / seconds)} a minute`);
console.log(`${lost} lost, ${doubled} doubled, ${unfinished} unfinished, ${given} given up`);
await Promise.all(running.map(kill));
await processes.close();
balancer.close();
await close();
await slack.close();
await ci.close();
await postgres.close();
process.exitCode = lost + doubled + unfinished === 0 ? 0 : 1;
