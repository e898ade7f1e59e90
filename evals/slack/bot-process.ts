// The bot as a process of its own, to be killed: it loads everything, and starts when it is sent what it needs.
import { once } from 'node:events';
import { openAssistant } from '../../src/assistant/open.ts';
import { startBot } from '../../src/slack/bot.ts';
import { Readiness } from '../../src/slack/readiness.ts';
import { receiverOf } from '../../src/slack/receivers.ts';
import { assistantSetup } from './assistant-setup.ts';
import { openKept } from './kept.ts';

export type Role = 'receive' | 'work' | 'both';

/** What a process is sent. */
export interface Start {
  readonly ciUrl: string;
  readonly slackApiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** A file of SQLite, or the address of a database of PostgreSQL. */
  readonly kept: string;
  /** Of the queue on SQLite. */
  readonly leaseMs?: number;
  readonly role: Role;
  /** How far its clock is ahead of the machine's. */
  readonly aheadMs: number;
}

const GRACE_MS = 20_000;

const [start] = (await once(process, 'message')) as [Start];
const { ciUrl, slackApiUrl, token, signingSecret, kept, leaseMs, role, aheadMs } = start;
const clock = (): number => Date.now() + aheadMs;
const { mcp, sources } = assistantSetup(ciUrl);
const readiness = new Readiness();
const log = (): void => undefined;
const receives = role !== 'work';
const transport = receives ? ({ kind: 'http', signingSecret } as const) : ({ kind: 'none' } as const);
const bot = await startBot({
  receiver: receiverOf({ transport, log, readiness }),
  readiness,
  token,
  ...(await openKept(kept, clock, leaseMs)),
  works: role !== 'receive',
  assistant: await openAssistant({ mcp, config: null }),
  sources,
  clock,
  teams: new Set(),
  channels: new Set(),
  // What is asked here is far more than people may ask.
  rates: { user: Infinity, channel: Infinity, all: Infinity, thread: Infinity },
  mostWaiting: Infinity,
  paceMs: 0,
  log,
  port: receives ? 0 : null,
  slackApiUrl,
});
process.once('SIGTERM', () => void bot.stop(GRACE_MS).then(() => process.exit(0)));
// Who started it is gone.
process.once('disconnect', () => process.exit(1));
process.send?.({ port: bot.port ?? 0 });
