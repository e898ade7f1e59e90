// The bot as a process of its own, to be killed: it loads everything, and starts when it is sent what it needs.
import { once } from 'node:events';
import { openAssistant } from '../../src/assistant/open.ts';
import { startBot } from '../../src/slack/bot.ts';
import { Readiness } from '../../src/slack/readiness.ts';
import { receiverOf } from '../../src/slack/receivers.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { assistantSetup } from './assistant-setup.ts';

/** What a process is sent. */
export interface Start {
  readonly ciUrl: string;
  readonly slackApiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** Of the store. */
  readonly path: string;
  readonly leaseMs: number;
}

const GRACE_MS = 20_000;

const [start] = (await once(process, 'message')) as [Start];
const { ciUrl, slackApiUrl, token, signingSecret, path, leaseMs } = start;
const { mcp, sources } = assistantSetup(ciUrl);
const readiness = new Readiness();
const log = (): void => undefined;
const bot = await startBot({
  receiver: receiverOf({ transport: { kind: 'http', signingSecret }, log, readiness }),
  readiness,
  token,
  store: openSqlite(path),
  assistant: await openAssistant({ mcp, config: null }),
  sources,
  clock: Date.now,
  teams: new Set(),
  channels: new Set(),
  // What is asked here is far more than people may ask.
  rates: { user: Infinity, channel: Infinity, all: Infinity, thread: Infinity },
  mostWaiting: Infinity,
  paceMs: 0,
  leaseMs,
  log,
  port: 0,
  slackApiUrl,
});
process.once('SIGTERM', () => void bot.stop(GRACE_MS).then(() => process.exit(0)));
// Who started it is gone.
process.once('disconnect', () => process.exit(1));
process.send?.({ port: bot.port });
