// npm run bench:slack: how soon the bot acknowledges under load, whether what Slack delivers four times across a crash is
// answered once, and how long a person waits for the first sign and for the verdict on recorded CI.
// `-- --events 1000` for less load, `-- --questions 20` for fewer questions.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { recordedData, startMirror } from '../mirror.ts';
import type { Acks, Load } from '../slack/load-client.ts';
import { answersIn, duplicates, plainText } from '../slack/look.ts';
import { Processes } from '../slack/processes.ts';
import { Slack } from '../slack/stand-in.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '10000' }, questions: { type: 'string', default: '60' } },
});
const EVENTS = Number(values.events);
const QUESTIONS = Number(values.questions);
const AT_ONCE = 100;
const DELIVERIES = 4;
const LEASE_MS = 5_000;
const LATENCY_MS = 80;
const PATIENCE_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'whyred-bench-'));
process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
try {
  await underLoad();
  const shared = recordedData();
  if (shared === null) console.log('question to verdict skipped: no recorded data beside the project');
  else await onRecordedCi(shared);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Every event four times: twice to a process that is then killed, twice to the one after it. */
async function underLoad(): Promise<void> {
  const world = createWorld({ seed: 1, now: Date.now() });
  const ci = await serveWorld(world);
  const slack = await Slack.start();
  const path = join(folder, 'load.sqlite');
  const processes = new Processes(startOf(slack, ci.url, path));
  // A mention is two events: `app_mention` and `message`.
  const { ana, alerts } = slack.places;
  const asked = Array.from({ length: EVENTS / 2 }, (_, i) => {
    const question = world.scenarios[i % world.scenarios.length]?.question ?? '';
    return slack.people.mention(ana, alerts, question).ts;
  });
  const bodies = slack.deliveries.all.map(({ told }) => JSON.stringify(told.payload));
  const load = { signingSecret: slack.signingSecret, bodies, atOnce: AT_ONCE };

  const first = await processes.next();
  const acks = [await send({ ...load, url: first.url, retry: 0 }), await send({ ...load, url: first.url, retry: 1 })];
  await first.kill();
  const second = await processes.next();
  for (let retry = 2; retry < DELIVERIES; retry += 1) acks.push(await send({ ...load, url: second.url, retry }));
  const store = openSqlite(path);
  while ((await store.pending()) > 0) await sleep(200);

  const ms = acks.flatMap((one) => one.ms).sort((a, b) => a - b);
  const refused = acks.flatMap((one) => one.refused).length;
  const counts = asked.map((ts) => answersIn(slack.world, alerts, ts).length);
  console.log(
    `acks of ${ms.length} signed requests, ${AT_ONCE} at once: p50 ${at(ms, 0.5)} ms, p99 ${at(ms, 0.99)} ms, max ${at(ms, 1)} ms; ${refused} refused`,
  );
  console.log(
    `${bodies.length} events delivered ${DELIVERIES} times across a SIGKILL: ${counts.filter((n) => n === 0).length} lost, ${counts.filter((n) => n > 1).length + duplicates(slack.world).length} answered twice, of ${asked.length} questions`,
  );
  await second.kill();
  await processes.close();
  await store.close();
  await slack.close();
  await ci.close();
}

/** Questions one after another, each about another job, nothing cached of it. */
async function onRecordedCi(shared: string): Promise<void> {
  const mirror = await startMirror(shared);
  await mirror.fault({ latency: LATENCY_MS });
  const slack = await Slack.start();
  const processes = new Processes(startOf(slack, mirror.url, join(folder, 'recorded.sqlite')));
  const bot = await processes.next();
  slack.overHttp(bot.url);
  const signs: number[] = [];
  const verdicts: { ms: number; job: string }[] = [];
  const { ana, alerts } = slack.places;
  for (const job of jobsIn(shared).slice(0, QUESTIONS)) {
    const began = performance.now();
    const { ts } = slack.people.mention(ana, alerts, `why is ${job} red?`);
    const said = (): string => answersIn(slack.world, alerts, ts).map(plainText).join('\n');
    const until = async (isSo: () => boolean): Promise<number> => {
      while (!isSo() && performance.now() - began < PATIENCE_MS) await sleep(2);
      return performance.now() - began;
    };
    signs.push(await until(() => said() !== ''));
    verdicts.push({ ms: await until(() => /verified|nothing was diagnosed/.test(said())), job });
  }
  const ms = verdicts.map((one) => one.ms).sort((a, b) => a - b);
  signs.sort((a, b) => a - b);
  console.log(
    `${ms.length} questions on recorded CI, ${LATENCY_MS} ms a request: first sign p50 ${at(signs, 0.5)} ms, p95 ${at(signs, 0.95)} ms, max ${at(signs, 1)} ms; verdict p50 ${at(ms, 0.5)} ms, p95 ${at(ms, 0.95)} ms, max ${at(ms, 1)} ms`,
  );
  const slowest = verdicts.sort((a, b) => b.ms - a.ms).slice(0, 3);
  for (const one of slowest) console.log(`  slow: ${Math.round(one.ms)} ms, ${one.job}`);
  await bot.kill();
  await processes.close();
  await slack.close();
  await mirror.stop();
}

function startOf(slack: Slack, ciUrl: string, path: string): ConstructorParameters<typeof Processes>[0] {
  const { apiUrl: slackApiUrl, signingSecret, world } = slack;
  return { ciUrl, slackApiUrl, token: world.tokens.bot, signingSecret, kept: path, leaseMs: LEASE_MS };
}

async function send(load: Load): Promise<Acks> {
  const client = fork(join(import.meta.dirname, '../slack/load-client.ts'));
  client.send(load);
  const [acks] = (await once(client, 'message')) as [Acks];
  return acks;
}

/** Jobs of recorded runs, each once, in an order that has nothing to do with their names. */
function jobsIn(shared: string): string[] {
  const lines = readFileSync(join(shared, 'data/prow/builds.jsonl'), 'utf8').trim().split('\n');
  const jobs = [...new Set(lines.map((line) => (JSON.parse(line) as { job: string }).job))];
  return jobs.filter((_, i) => i % 7 === 0).concat(jobs.filter((_, i) => i % 7 !== 0));
}

/** The value that the share `q` of sorted values is at most. */
function at(sorted: readonly number[], q: number): number {
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? NaN);
}
