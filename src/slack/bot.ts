// The bot put together: a durable receiver before Bolt, a worker behind it, listeners that answer.
import { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, LogLevel, type AppOptions, type Logger, type Receiver } from '@slack/bolt';
import type { Assistant } from '../assistant/open.ts';
import type { Sources } from '../sources/ports.ts';
import type { Store } from '../store/port.ts';
import { createAnswering } from './answering.ts';
import { createFailures } from './failures/failures.ts';
import { createRecoveries } from './failures/recoveries.ts';
import { Health } from './health.ts';
import { inTurn } from './in-turn.ts';
import { registerCards } from './listeners/cards.ts';
import { registerClicks } from './listeners/clicks.ts';
import { registerCommand } from './listeners/command.ts';
import { registerFailures } from './listeners/failures.ts';
import { registerHome } from './listeners/home.ts';
import { registerQuestions } from './listeners/questions.ts';
import { placeIn } from './intake.ts';
import { createOutbox, SlackTrouble } from './outbox.ts';
import type { Owners } from './owners.ts';
import { createPictures } from './pictures.ts';
import { RateKeeper, type Rates } from './rates.ts';
import { durable } from './receiver.ts';
import { placeOfStop } from './stop.ts';
import { createWeb } from './web.ts';
import { startWorker, type Worker } from './worker.ts';

export interface BotOptions {
  readonly receiver: Receiver;
  /** The bot's token. */
  readonly token: string;
  readonly store: Store;
  readonly assistant: Assistant;
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Teams and channels that may ask; empty: all. */
  readonly teams: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
  readonly rates?: Rates;
  /** Who owns what; without it only what names of tests and dashboards tell. */
  readonly owners?: Owners;
  /** For the operator: never what people wrote. */
  readonly log: (level: 'info' | 'error', what: string) => void;
  /** Where the receiver listens; null for Socket Mode, which connects by itself. */
  readonly port: number | null;
  /** Where Slack is, for tests. */
  readonly slackApiUrl?: string;
}

export interface RunningBot {
  /** The port the receiver listens on; null for Socket Mode. */
  readonly port: number | null;
  /** Looks once whether failures of watched channels are over, as is done every few minutes. */
  lookForRecoveries(): Promise<void>;
  /** Takes nothing new, ends what is under way within `graceMs`, leaves the rest for the next start. */
  stop(graceMs: number): Promise<void>;
}

const CALL_TIMEOUT_MS = 10_000;
const RECOVERIES_EVERY_MS = 10 * 60_000;

/** Starts the bot; what was kept before a crash is worked off first. @throws Error when Slack refuses the token */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { store, assistant, sources, clock, log } = options;
  let worker: Worker | null = null;
  const isAllowed = (body: unknown): boolean => mayAsk(body, options);
  const receiver = durable(options.receiver, {
    store,
    clock,
    isAllowed,
    wake: () => worker?.wake(),
    atOnce: (body) => {
      const place = placeOfStop(body);
      return place !== null && answering.stop(place.channel, place.thread);
    },
  });
  const app = new App({ ...appOptions(options), receiver });
  const web = createWeb(app.client);
  const outbox = createOutbox({
    store,
    poster: web,
    clock,
    wait: async (ms, signal) => {
      await sleep(ms, undefined, { signal });
    },
  });
  const health = new Health();
  const pictures = createPictures({ web, store, sources, clock });
  const owners = options.owners ?? [];
  const answering = createAnswering({ assistant, store, outbox, web, pictures, owners, clock });
  const failures = createFailures({ store, web, outbox, clock });
  const recoveries = createRecoveries({ failures, sources, health, clock });
  const parts = { answering, failures, recoveries, store, outbox, web, sources, health, clock };
  const bot = { ...parts, rates: new RateKeeper(options.rates), inTurn: inTurn() };
  registerQuestions(app, bot);
  registerCommand(app, bot);
  registerFailures(app, bot);
  registerClicks(app, bot);
  registerCards(app, bot);
  registerHome(app, bot);
  // What a listener fails with is the worker's to see: it decides whether to try again.
  app.error((error) => Promise.reject(error));
  const started: unknown = await (options.port === null ? app.start() : app.start(options.port));
  worker = startWorker({
    store,
    clock,
    work: (event, signal) =>
      health.during(event.id, event.received, () =>
        app.processEvent({
          body: JSON.parse(event.body) as Record<string, unknown>,
          ack: () => Promise.resolve(),
          customProperties: { workId: String(event.id), workSignal: signal },
        }),
      ),
    failed: (event, error) => log('error', `event ${event.id}, try ${event.tries}: ${wordsFor(error)}`),
  });
  const stopped = new AbortController();
  const lookForRecoveries = (): Promise<void> => recoveries.round(stopped.signal);
  const rounds = setInterval(() => void lookForRecoveries().catch(() => undefined), RECOVERIES_EVERY_MS);
  log('info', 'the bot is connected');
  const running = worker;
  let stopping: Promise<void> | null = null;
  const stop = async (graceMs: number): Promise<void> => {
    clearInterval(rounds);
    stopped.abort();
    await app.stop();
    await running.stop(graceMs);
  };
  return {
    port: portOf(started),
    lookForRecoveries,
    stop: (graceMs) => (stopping ??= stop(graceMs)),
  };
}

const appOptions = ({ token, log, slackApiUrl }: BotOptions): AppOptions => ({
  token,
  logger: loggerFor(log),
  clientOptions: {
    // Our own queue waits and tries again; Slack's client would do so out of order.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
  },
});

/** The error's own name, and our words where it is ours: never a payload. */
function wordsFor(error: unknown): string {
  if (error instanceof SlackTrouble) return `Slack: ${error.message}`;
  // Bolt wraps what a listener fails with.
  if (error instanceof Error && 'original' in error) return wordsFor(error.original);
  return error instanceof Error ? error.name : 'unknown';
}

function mayAsk(body: unknown, { teams, channels }: BotOptions): boolean {
  const { team, channel } = placeIn(body);
  const isOf = teams.size === 0 || teams.has(team);
  // Direct messages, and clicks on views, are in no channel that could be listed.
  return isOf && (channels.size === 0 || channel === '' || channel.startsWith('D') || channels.has(channel));
}

function loggerFor(log: BotOptions['log']): Logger {
  const quiet = (): void => undefined;
  return {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: () => log('error', 'Slack’s client reports an error'),
    setLevel: quiet,
    setName: quiet,
    getLevel: () => LogLevel.ERROR,
  };
}

function portOf(server: unknown): number | null {
  if (!(server instanceof Server)) return null;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}
