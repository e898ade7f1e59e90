// npm run test:digests: each day two processes of the bot start when a summary is due, and both are killed (SIGKILL) at
// random moments; a third one then ends the work. Afterwards every channel has one summary a day, whole, and one only.
// `-- --kills 300` for fewer kills than a thousand.
import { mkdtempSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { subscribe } from '../../src/slack/digests/subscriptions.ts';
import { serveWorld } from '../../src/sources/demo/serve.ts';
import { createWorld } from '../../src/sources/demo/world.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { duplicates, plainText } from './look.ts';
import { Processes } from './processes.ts';
import { Slack } from './stand-in.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' } } });
const DAY = 24 * 3_600_000;
/** Two a day. */
const DAYS = Math.ceil(Number(values.kills) / 2);
/** From the start of a process to after the end of its work. */
const LONGEST_LIFE_MS = 900;
const LEASE_MS = 1_000;
const PATIENCE_MS = 60_000;
const SUMMARY = /^Daily summary of/;

const folder = mkdtempSync(join(tmpdir(), 'whyred-digests-'));
process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
enableCompileCache(join(folder, 'compiled'));
const kept = join(folder, 'store.sqlite');
const store = openSqlite(kept);
const ci = await serveWorld(createWorld({ seed: 1, now: Date.now() }));
const slack = await Slack.start();
const { alerts, release, ana } = slack.places;
const channels = [alerts, release];
const asked = { what: ['sig-release-master-blocking'], zone: 'UTC', hour: 0, minute: 0, days: [0, 1, 2, 3, 4, 5, 6] };
for (const channel of channels) await subscribe(store, asked, { channel, user: ana, now: Date.now() });

const processes = new Processes({
  ciUrl: ci.url,
  slackApiUrl: slack.apiUrl,
  token: slack.world.tokens.bot,
  signingSecret: slack.signingSecret,
  kept,
  leaseMs: LEASE_MS,
});
const began = performance.now();
for (let day = 1; day <= DAYS; day += 1) {
  slack.advance(DAY);
  processes.aheadMs = day * DAY;
  const two = [await processes.next(), await processes.next()];
  await Promise.all(
    two.map(async (one) => {
      await sleep(Math.random() * LONGEST_LIFE_MS);
      await one.kill();
    }),
  );
  const last = await processes.next();
  const end = performance.now() + PATIENCE_MS;
  const posted = (): number => summaries().length;
  while ((posted() < day * channels.length || (await store.pending()) > 0) && performance.now() < end) await sleep(20);
  await last.kill();
  if (day % 50 === 0) console.log(`${day * 2} kills, ${posted()} summaries, ${seconds()} s`);
}

/** Day and channel of each summary; a day begins when a summary is due. */
function summaries(): string[] {
  return [...slack.world.messages.values()]
    .filter((message) => SUMMARY.test(plainText(message)))
    .map(({ channel, ts }) => `${channel} ${Math.floor((Number(ts) * 1000) / DAY)}`);
}

const all = summaries();
const missing = DAYS * channels.length - new Set(all).size;
const twice = all.length - new Set(all).size + duplicates(slack.world).length;
console.log(`${DAYS * 2} kills in ${DAYS} days, two processes a day, ${channels.length} channels, ${seconds()} s`);
console.log(`${new Set(all).size} summaries, ${missing} missing, ${twice} twice`);
await processes.close();
await store.close();
await slack.close();
await ci.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = missing + twice === 0 ? 0 : 1;

function seconds(): number {
  return Math.round((performance.now() - began) / 1000);
}
