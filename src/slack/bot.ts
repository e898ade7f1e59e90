// The bot put together: a durable receiver before Bolt, a worker behind it, listeners that answer.
import { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, LogLevel, type AppOptions, type Logger, type Receiver } from '@slack/bolt';
import type { Assistant } from '../assistant/open.ts';
import type { Sources } from '../sources/ports.ts';
import type { Store } from '../store/port.ts';
import type { Queue } from '../store/queue.ts';
import { createAnswering } from './answering.ts';
import { registerCards } from './listeners/cards.ts';
import { registerClicks } from './listeners/clicks.ts';
import { registerHome } from './listeners/home.ts';
import { registerQuestions } from './listeners/questions.ts';
import { placeIn } from './intake.ts';
import { createOutbox, SlackTrouble } from './outbox.ts';
import { RateKeeper, type Rates } from './rates.ts';
import { durable } from './receiver.ts';
import { placeOfStop } from './stop.ts';
import { createWeb } from './web.ts';

export interface BotOptions {
  readonly receiver: Receiver;
  /** The bot's token. */
  readonly token: string;
  readonly store: Store;
  readonly queue: Queue;
  /** False for a replica that only receives: others work off what it keeps. */
  readonly works?: boolean;
  readonly assistant: Assistant;
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Teams and channels that may ask; empty: all. */
  readonly teams: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
  readonly rates?: Rates;
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
  /** Takes nothing new, ends what is under way within `graceMs`, leaves the rest for the next start. */
  stop(graceMs: number): Promise<void>;
}

const CALL_TIMEOUT_MS = 10_000;

/** Starts the bot; what was kept before a crash is worked off first. @throws Error when Slack refuses the token */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { store, queue, assistant, sources, clock, log, works = true } = options;
  const isAllowed = (body: unknown): boolean => mayAsk(body, options);
  const receiver = durable(options.receiver, {
    queue,
    clock,
    isAllowed,
    atOnce: (body) => {
      const place = placeOfStop(body);
      if (place === null) return false;
      if (answering.stop(place.channel, place.thread)) return true;
      // Another process may be at work on it.
      queue.tell(`${place.channel} ${place.thread}`).catch((error: unknown) => log('error', wordsFor(error)));
      return false;
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
  const answering = createAnswering({ assistant, store, outbox, web, clock });
  const bot = { answering, store, queue, outbox, web, sources, clock, rates: new RateKeeper(options.rates) };
  registerQuestions(app, bot);
  registerClicks(app, bot);
  registerCards(app, bot);
  registerHome(app, bot);
  // What a listener fails with is the worker's to see: it decides whether to try again.
  app.error((error) => Promise.reject(error));
  const started: unknown = await (options.port === null ? app.start() : app.start(options.port));
  const worker = works
    ? await queue.work({
        work: (event, signal) =>
          app.processEvent({
            body: JSON.parse(event.body) as Record<string, unknown>,
            ack: () => Promise.resolve(),
            customProperties: { workId: event.id, workSignal: signal },
          }),
        failed: (event, error) => log('error', `event ${event.id}, try ${event.tries}: ${wordsFor(error)}`),
        heard: (word) => {
          const [channel = '', thread = ''] = word.split(' ');
          answering.stop(channel, thread);
        },
      })
    : null;
  log('info', 'the bot is connected');
  let stopping: Promise<void> | null = null;
  const stop = async (graceMs: number): Promise<void> => {
    await app.stop();
    await worker?.stop(graceMs);
  };
  return {
    port: portOf(started),
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
