// The bot put together: a durable receiver before Bolt, a worker behind it, listeners that answer.
import { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, type AppOptions, type Receiver } from '@slack/bolt';
import type { Assistant } from '../assistant/open.ts';
import type { Sources } from '../sources/ports.ts';
import type { Store } from '../store/port.ts';
import type { Queue, QueuedEvent, WorkOptions } from '../store/queue.ts';
import { createAnswering } from './answering.ts';
import { createFailures } from './failures/failures.ts';
import { createRecoveries } from './failures/recoveries.ts';
import { digestIn, startSchedule } from './digests/schedule.ts';
import { giveUpDigest, sendDigest } from './digests/send.ts';
import { Health } from './health.ts';
import { inTurn } from './in-turn.ts';
import { registerCards } from './listeners/cards.ts';
import { registerClicks } from './listeners/clicks.ts';
import { registerCommand } from './listeners/command.ts';
import { registerFailures } from './listeners/failures.ts';
import { registerHome } from './listeners/home.ts';
import { registerQuestions } from './listeners/questions.ts';
import { countedClient } from './counted-client.ts';
import { placeIn } from './intake.ts';
import { discreet, type Log } from './logger.ts';
import { NO_REPORTS, type BotReports } from './metrics.ts';
import { createOutbox } from './outbox.ts';
import type { Owners } from './owners.ts';
import { createPictures } from './pictures.ts';
import { Notices, RateKeeper, type Rates } from './rates.ts';
import { Readiness } from './readiness.ts';
import { durable } from './receiver.ts';
import { watchStalls } from './stalls.ts';
import { placeOfStop } from './stop.ts';
import { isOfSlack, troubleIn, troubleOf } from './trouble.ts';
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
  /** Who owns what; without it only what names of tests and dashboards tell. */
  readonly owners?: Owners;
  /** For the operator: never what people wrote. */
  readonly log: Log;
  /** For the operator's metrics. */
  readonly reports?: BotReports;
  /** What the receiver tells of the bot's state. */
  readonly readiness?: Readiness;
  /** Where the receiver listens; null for Socket Mode, which connects by itself. */
  readonly port: number | null;
  /** Where Slack is, for tests. */
  readonly slackApiUrl?: string;
  /** Between messages in a channel; a second, as Slack asks. */
  readonly paceMs?: number;
  /** Events that may wait; more are left to Slack, which sends them again. */
  readonly mostWaiting?: number;
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
const PACE_MS = 1_000;
/** What was done is known for so long: deliveries of it that come again are no questions. */
const KEPT_MS = 7 * 24 * 3_600_000;
const SWEEP_MS = 3_600_000;
const CLOSE_MS = 1_000;
/** More events at once than people send. */
const BUSY = 4;
const RECOVERIES_EVERY_MS = 10 * 60_000;

/** Starts the bot; what was kept before a crash is worked off first. @throws SlackTrouble when Slack refuses a token */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const {
    store,
    queue,
    assistant,
    sources,
    clock,
    log,
    reports = NO_REPORTS,
    works = true,
    readiness = new Readiness(),
    paceMs = PACE_MS,
  } = options;
  const closing = new AbortController();
  const notices = new Notices();
  let arriving = 0;
  /** Something said to one person, once in a while, that nobody waits for. */
  const mention = (body: unknown, words: string): void => {
    const { channel, user, thread, isToUs } = placeIn(body);
    if (!isToUs || !notices.isDue(`${channel}:${user}:${words}`, clock())) return;
    web.whisper(channel, user, thread, words).catch(() => undefined);
  };
  const note = (...about: Parameters<Readiness['note']>): void => {
    if (readiness.note(...about))
      log(about[1] ? 'error' : 'info', `${about[1] ? 'not ready' : 'no more'}: ${about[0]}`);
  };
  const receiver = durable(options.receiver, {
    queue,
    clock,
    isAllowed: (body) => mayAsk(body, options),
    refused: (body) => {
      reports.event('not_allowed');
      mention(body, 'I am not set up to answer here.');
    },
    busy: (body) => {
      reports.event('too_many');
      mention(body, 'I have a lot to answer just now: your question will take some minutes.');
    },
    arriving: (by) => void (arriving += by),
    kept: (isKept) => {
      reports.event(isKept ? 'kept' : 'not_kept');
      note('the store does not take events', !isKept);
    },
    atOnce: (body) => {
      const place = placeOfStop(body);
      if (place === null) return false;
      if (answering.stop(place.channel, place.thread)) return true;
      // Another process may be at work on it.
      queue.tell(`${place.channel} ${place.thread}`).catch((error: unknown) => log('error', wordsFor(error)));
      return false;
    },
    ...(options.mostWaiting === undefined ? {} : { mostWaiting: options.mostWaiting }),
  });
  const app = new App({ ...appOptions(options), receiver });
  const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    await sleep(ms, undefined, { signal });
  };
  const client = countedClient(app.client, reports.slackCall);
  const web = createWeb(client, { now: () => performance.now(), wait, paceMs }, closing.signal);
  const outbox = createOutbox({ store, poster: web, clock, wait });
  const health = new Health();
  const pictures = createPictures({ web, store, sources, clock });
  const owners = options.owners ?? [];
  const answering = createAnswering({ assistant, store, outbox, web, pictures, owners, clock });
  const failures = createFailures({ store, web, outbox, clock });
  const recoveries = createRecoveries({ failures, sources, health, clock });
  const parts = { answering, failures, recoveries, store, queue, outbox, web, sources, health, clock, notices };
  const bot = { ...parts, reports, rates: new RateKeeper(options.rates), inTurn: inTurn() };
  registerQuestions(app, bot);
  registerCommand(app, bot);
  registerFailures(app, bot);
  registerClicks(app, bot);
  registerCards(app, bot);
  registerHome(app, bot);
  // What a listener fails with is the worker's to see: it decides whether to try again.
  app.error((error) => Promise.reject(error));
  const started: unknown = await app
    .init()
    .then(() => (options.port === null ? app.start() : app.start(options.port)))
    .catch((error: unknown) => {
      throw isOfSlack(error) ? troubleOf(error) : error;
    });
  const process =
    (isOver: boolean) =>
    (event: QueuedEvent, signal: AbortSignal): Promise<void> =>
      health.during(event.id, event.received, async () => {
        if (event.tries === 1) reports.begun(clock() - event.received);
        const body = JSON.parse(event.body) as Record<string, unknown>;
        const summary = digestIn(body);
        if (summary) {
          await (isOver ? giveUpDigest : sendDigest)(summary, bot, signal);
          reports.digest(isOver ? 'given_up' : 'posted');
          return;
        }
        const { id: workId, received: workReceived } = event;
        const customProperties = { workId, workReceived, workSignal: signal, workIsOver: isOver };
        await app.processEvent({ body, ack: () => Promise.resolve(), customProperties });
      });
  const work: WorkOptions = {
    work: process(false),
    giveUp: process(true),
    isBusy: () => arriving > BUSY,
    isFinal: (error) => troubleIn(error)?.kind === 'refused',
    failed: (event, error) => {
      reports.failed();
      log('error', `event ${event.id}, try ${event.tries}: ${wordsFor(error)}`);
      if (troubleIn(error)?.kind !== 'token') return;
      // Nothing can be said any more: what waits is kept for the next start, with another token.
      note('Slack refuses the token', true);
      void worker?.stop(0);
    },
    heard: (word) => {
      const [channel = '', thread = ''] = word.split(' ');
      answering.stop(channel, thread);
    },
  };
  const worker = works ? await queue.work(work) : null;
  const sweep = setInterval(() => void store.forget(clock() - KEPT_MS).catch(() => undefined), SWEEP_MS);
  const watched = watchStalls(log, () => performance.now());
  note('starting', false);
  const lookForRecoveries = (): Promise<void> => recoveries.round(closing.signal);
  const rounds = setInterval(() => void lookForRecoveries().catch(() => undefined), RECOVERIES_EVERY_MS);
  const endSchedule = startSchedule({
    store,
    queue,
    clock,
    failed: () => log('error', 'summaries that are due could not be looked for'),
  });
  log('info', 'the bot is connected');
  let stopping: Promise<void> | null = null;
  const stop = async (graceMs: number): Promise<void> => {
    readiness.note('stopping', true);
    clearInterval(sweep);
    clearInterval(rounds);
    endSchedule();
    watched();
    // A connection that does not end is not waited for.
    const closed = Promise.race([app.stop(), sleep(graceMs + CLOSE_MS, undefined, { ref: false })]);
    await worker?.stop(graceMs);
    closing.abort();
    await closed;
  };
  return {
    port: portOf(started),
    lookForRecoveries,
    stop: (graceMs) => (stopping ??= stop(graceMs)),
  };
}

const appOptions = ({ token, log, slackApiUrl }: BotOptions): AppOptions => ({
  token,
  // The token is tried before anything is listened to.
  deferInitialization: true,
  logger: discreet(log),
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
  const trouble = troubleIn(error);
  if (trouble) return `Slack: ${trouble.message}`;
  // Bolt wraps what a listener fails with.
  if (error instanceof Error && 'original' in error) return wordsFor(error.original);
  return error instanceof Error ? error.name : 'unknown';
}

function mayAsk(body: unknown, { teams, channels }: BotOptions): boolean {
  const { team, home, channel } = placeIn(body);
  const isOf = teams.size === 0 || (teams.has(team) && (home === '' || teams.has(home)));
  // Direct messages, and clicks on views, are in no channel that could be listed.
  return isOf && (channels.size === 0 || channel === '' || channel.startsWith('D') || channels.has(channel));
}

function portOf(server: unknown): number | null {
  if (!(server instanceof Server)) return null;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}
