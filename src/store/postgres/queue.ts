// The queue on PostgreSQL: pg-boss.
//
// Events are pg-boss's jobs wholly, not rows of ours that it only wakes us for. Its policy `key_strict_fifo` gives what our
// own table gave: a job that is active or waits for another try holds back the later ones of its key, the thread, and it
// keeps others out across processes by a unique index. Kept with it: retries, heartbeats, dead letters, LISTEN. Ours is
// one table: the names of events. An event has several, so a singleton key could not tell that it came before; they are
// written in the transaction that sends the job. A job that failed for good would hold its thread for ever: it is moved on
// to `events-dead`. What an event is called (`id` of its data) outlives redriving, so a post is never made twice.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss, type Db, type Job, type JobWithMetadata } from 'pg-boss';
import type { StoredEvent } from '../port.ts';
import type { Queue, QueuedEvent, WorkOptions, Worker } from '../queue.ts';
import { inOurWords, poolOptions, type Connection, type Statements } from './connection.ts';
import { SCHEMAS } from './migrations.ts';

export interface BossOptions {
  readonly url: string;
  readonly connection: Connection;
  /** For the operator: what the queue could not do; it goes on trying. */
  readonly report: (what: string) => void;
  /** How long a worker that says nothing is believed to be alive; ten at least. */
  readonly silentSeconds?: number;
}

/** The queue, and what moving a store into it takes; both are done within a transaction of the caller. */
export interface BossQueue extends Queue {
  /** Events of another store, in their order, under the names they had. */
  readonly take: (
    events: readonly Pick<StoredEvent, 'id' | 'scope' | 'body' | 'received'>[],
    on: Statements,
  ) => Promise<void>;
  readonly empty: (on: Statements) => Promise<void>;
}

interface EventData {
  readonly id: string;
  readonly body: string;
  readonly received: number;
}

const EVENTS = 'events';
const FAILED_EVENTS = 'events-failed';
/** Where events wait that failed for good, for an operator to send them again (`redrive`) or not. */
const DEAD_EVENTS = 'events-dead';
const WORD_CHANNEL = 'whyred_words';

const AT_ONCE = 4;
const SILENT_SECONDS = 30;
/** How often it is looked for silent workers in that time. */
const CHECKS = 6;
const TRIES = 5;
const POOL = 6;
/** To reach a database that restarts at this very moment; they take fifteen seconds. */
const ATTEMPTS = 5;
/** What was asked is kept no longer than it takes to answer it: finished jobs are removed after this, dead ones later. */
const DONE_SECONDS = 60;
const DEAD_SECONDS = 14 * 24 * 3_600;
/** What is aborted has so long to end. */
const LAST_MS = 2_000;
/** When nobody calls: after a lost notification, a retry, a thread whose worker is gone. */
const LOOK_SECONDS = 1;

/** Opens the queue and makes what it needs; processes that start at once wait for each other. */
export async function openBossQueue(options: BossOptions): Promise<BossQueue> {
  const { url, connection, report, silentSeconds = SILENT_SECONDS } = options;
  const checkSeconds = Math.ceil(silentSeconds / CHECKS);
  const boss = new PgBoss({
    ...poolOptions(url),
    schema: SCHEMAS.queue,
    createSchema: false,
    useListenNotify: true,
    superviseIntervalSeconds: checkSeconds,
    monitorIntervalSeconds: checkSeconds,
    maintenanceIntervalSeconds: DONE_SECONDS,
    max: POOL,
  });
  boss.on('error', (error) => report(`the queue: ${error.name}`));
  try {
    await boss.start({ attempts: ATTEMPTS });
    await makeQueues(boss, silentSeconds);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw inOurWords(error);
  }

  return {
    accept: (event, now) =>
      connection.whole(async (on) => {
        const written = await on.run(
          `INSERT INTO whyred.event_keys (key, received) SELECT unnest($1::text[]), $2 ON CONFLICT (key) DO NOTHING`,
          [[...new Set(event.keys)].sort(), now],
        );
        // One name that is known is enough: the other names of the event are then known too.
        if (written < new Set(event.keys).size) return false;
        const id = randomUUID();
        await boss.send(
          EVENTS,
          { id, body: event.body, received: now },
          { id, singletonKey: event.scope, db: inside(on) },
        );
        return true;
      }),
    work: (work) => startWork(boss, work, report),
    tell: async (word) => {
      await connection.run('SELECT pg_notify($1, $2)', [WORD_CHANNEL, word]);
    },
    pending: async () => {
      const [row] = await connection.query(
        `SELECT count(*) AS n FROM ${SCHEMAS.queue}.job WHERE name = $1 AND state < 'completed'`,
        [EVENTS],
      );
      return Number(row?.['n']);
    },
    oldest: async () => {
      const [row] = await connection.query(
        `SELECT min((data->>'received')::bigint) AS at FROM ${SCHEMAS.queue}.job WHERE name = $1 AND state < 'completed'`,
        [EVENTS],
      );
      const at = row?.['at'] ?? null;
      return at === null ? null : Number(at);
    },
    close: () => boss.stop({ graceful: false }),
    take: async (events, on) => {
      const jobs = events.map(({ id, scope, body, received }) => ({
        id: uuidOf(id),
        data: { id: String(id), body, received },
        singletonKey: scope,
      }));
      await boss.insert(EVENTS, jobs, { db: inside(on) });
    },
    empty: async (on) => {
      await on.run(`DELETE FROM ${SCHEMAS.queue}.job WHERE name = ANY($1)`, [[EVENTS, FAILED_EVENTS, DEAD_EVENTS]]);
    },
  };
}

async function makeQueues(boss: PgBoss, heartbeatSeconds: number): Promise<void> {
  await boss.createQueue(DEAD_EVENTS, { retentionSeconds: DEAD_SECONDS });
  await boss.createQueue(FAILED_EVENTS, { deleteAfterSeconds: DONE_SECONDS });
  const settings = {
    // One more, to give up.
    retryLimit: TRIES,
    retryDelay: 2,
    retryBackoff: true,
    heartbeatSeconds,
    deleteAfterSeconds: DONE_SECONDS,
    deadLetter: FAILED_EVENTS,
    notify: true,
  };
  await boss.createQueue(EVENTS, { ...settings, policy: 'key_strict_fifo' });
  // A queue that an older whyred made has its settings.
  await boss.updateQueue(EVENTS, settings);
}

/** Ids that sort as their numbers do: jobs of one transaction have the same age, and then go by their ids. */
const uuidOf = (id: number): string => `00000000-0000-7000-8000-${id.toString(16).padStart(12, '0')}`;

/** Statements of ours, as pg-boss takes a transaction. */
const inside = ({ query }: Statements): Db => ({
  executeSql: async (text, values) => ({ rows: await query(text, values) }),
});

async function startWork(
  boss: PgBoss,
  { work, giveUp, isFinal, failed, heard, atOnce = AT_ONCE }: WorkOptions,
  report: BossOptions['report'],
): Promise<Worker> {
  const stop = new AbortController();
  const one = async (event: QueuedEvent, signal: AbortSignal): Promise<void> => {
    try {
      if (event.tries <= TRIES) {
        await work(event, signal);
        return;
      }
      await giveUp(event, signal);
      throw new Error('tried too often');
    } catch (error) {
      failed(event, error);
      if (isFinal(error)) return;
      // pg-boss keeps what it is told: no words of others.
      throw new Error('the event could not be worked off');
    }
  };
  for (let i = 0; i < atOnce; i += 1) {
    const id = await boss.work(
      EVENTS,
      { pollingIntervalSeconds: LOOK_SECONDS, notifyPollingIntervalSeconds: LOOK_SECONDS },
      async ([job]: Job<EventData>[]) => {
        if (!job) return;
        const event = { ...job.data, tries: job.retryCount + 1 };
        try {
          await one(event, AbortSignal.any([stop.signal, job.signal]));
        } finally {
          // There may be more, of this thread above all.
          boss.notifyWorker(id);
        }
      },
    );
  }
  await boss.work(FAILED_EVENTS, { includeMetadata: true }, async ([job]: JobWithMetadata<EventData>[]) => {
    const failedJob = job?.sourceId ?? null;
    if (!job || failedJob === null) return;
    await boss.send(DEAD_EVENTS, job.data, { id: failedJob, singletonKey: job.singletonKey ?? '' });
    await boss.deleteJob(EVENTS, failedJob);
    report(`event ${job.data.id}: given up`);
  });
  const words = heard && (await boss.getDb().listen?.(WORD_CHANNEL, heard, () => undefined));
  return {
    stop: async (graceMs) => {
      const over = new AbortController();
      const patience = (ms: number): Promise<void> =>
        sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
      const ended = Promise.all([boss.offWork(EVENTS), boss.offWork(FAILED_EVENTS), words?.close()]);
      await Promise.race([ended, patience(graceMs)]);
      stop.abort();
      await Promise.race([ended, patience(LAST_MS)]);
      over.abort();
    },
  };
}
