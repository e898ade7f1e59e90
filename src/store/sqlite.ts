// The store in one SQLite file, through Node's own engine: what is accepted is on disk before it is acknowledged.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { createBatch } from './batch.ts';
import { UnusableStore } from './errors.ts';
import { MIGRATIONS } from './migrations.ts';
import type { EventStore, Store, StoredEvent } from './port.ts';
import { feedbackOf, feedbackRow, postOf, threadOf, threadRow, type Row } from './rows.ts';
import { createSqliteHistory } from './sqlite-history.ts';

export type SqliteStore = Store & EventStore;

/** Another process that writes is waited for so long: less than Slack waits for an ack. */
const BUSY_MS = 1_000;
/** Indices of a long history are written all over: what is not in memory is read and written again for each row. */
const CACHE_KB = 64 * 1024;
const CHECKPOINT_PAGES = 8_192;
/** Nothing is put off so far: an event that seems to be was kept before the clock was set back. */
const FAR_MS = 10 * 60_000;

/**
 * Opens or makes the store. WAL with full synchronisation: a commit survives the loss of power.
 * @param path of the file, or `:memory:`
 * @throws UnusableStore for a file that is none, is damaged, or is of a newer whyred
 */
export function openSqlite(path: string): SqliteStore {
  const db = open(path);
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepared = (sql: string): ReturnType<DatabaseSync['prepare']> => {
    const known = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const run = (sql: string, ...values: SQLInputValue[]): number => Number(prepared(sql).run(...values).changes);
  const get = (sql: string, ...values: SQLInputValue[]): Row | undefined => prepared(sql).get(...values);
  const all = (sql: string, ...values: SQLInputValue[]): Row[] => prepared(sql).all(...values);
  const asked = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
  const batch = createBatch(db);
  const does = (work: () => unknown): Promise<void> => batch.write(() => void work());
  const keeps = (work: () => unknown): Promise<void> => batch.keep(() => void work());

  return {
    accept: ({ keys, scope, body }, now) =>
      batch.keep(() => {
        const fresh = keys.map((key) =>
          run('INSERT INTO event_keys (key, received) VALUES (?, ?) ON CONFLICT (key) DO NOTHING', key, now),
        );
        // One name that is known is enough: the other names of the event are then known too.
        if (fresh.includes(0)) return false;
        run(
          `INSERT INTO events (scope, body, state, tries, due, received) VALUES (?, ?, 'waiting', 0, ?, ?)`,
          scope,
          body,
          now,
          now,
        );
        return true;
      }),
    claim: (now, leaseMs) =>
      batch.write(() => {
        const next = get(
          `SELECT id, scope, body, tries, deaths + (state = 'working') AS deaths, received FROM events e
           WHERE state <> 'done' AND (due <= ? OR due > ?)
             AND NOT EXISTS (SELECT 1 FROM events o WHERE o.scope = e.scope AND o.state <> 'done' AND o.id < e.id)
           ORDER BY id LIMIT 1`,
          now,
          now + FAR_MS,
        );
        if (!next) return null;
        run(
          `UPDATE events SET deaths = deaths + (state = 'working'), state = 'working', tries = tries + 1, due = ?
           WHERE id = ?`,
          now + leaseMs,
          next['id'] as number,
        );
        return eventOf(next);
      }),
    extend: ({ id, tries }, until) =>
      batch.write(
        () => run(`UPDATE events SET due = ? WHERE id = ? AND tries = ? AND state = 'working'`, until, id, tries) === 1,
      ),
    finish: ({ id, tries }, now) =>
      does(() =>
        run(`UPDATE events SET state = 'done', due = ?, body = '' WHERE id = ? AND tries = ?`, now, id, tries),
      ),
    postpone: ({ id, tries }, at) =>
      does(() =>
        run(
          `UPDATE events SET state = 'waiting', due = ? WHERE id = ? AND tries = ? AND state = 'working'`,
          at,
          id,
          tries,
        ),
      ),
    pending: () => asked(() => get(`SELECT count(*) AS n FROM events WHERE state <> 'done'`)?.['n'] as number),
    oldest: () =>
      asked(() => get(`SELECT min(received) AS at FROM events WHERE state <> 'done'`)?.['at'] as number | null),

    intend: ({ key, channel, thread, since }) =>
      batch.keep(() => {
        const added = run(
          'INSERT INTO posts (key, channel, thread, ts, since) VALUES (?, ?, ?, NULL, ?) ON CONFLICT (key) DO NOTHING',
          key,
          channel,
          thread,
          since,
        );
        return { ...postOf(get('SELECT * FROM posts WHERE key = ?', key) ?? {}), isNew: added === 1 };
      }),
    posted: (key, ts) => does(() => run('UPDATE posts SET ts = ? WHERE key = ?', ts, key)),

    failureThread: (channel, key) =>
      asked(() => {
        const row = get('SELECT * FROM failure_threads WHERE channel = ? AND key = ?', channel, key);
        return row ? threadOf(row) : null;
      }),
    failureThreads: (channel) =>
      asked(() =>
        all('SELECT * FROM failure_threads WHERE channel = ? ORDER BY last_seen DESC', channel).map(threadOf),
      ),
    keepFailureThread: (thread) =>
      keeps(() =>
        run(
          `INSERT INTO failure_threads
             (channel, key, ts, job, occurrences, first_seen, last_seen, recovered, muted_until, tracked)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (channel, key) DO UPDATE SET
             ts = excluded.ts, occurrences = excluded.occurrences, first_seen = excluded.first_seen,
             last_seen = excluded.last_seen, recovered = excluded.recovered,
             muted_until = excluded.muted_until, tracked = excluded.tracked`,
          ...threadRow(thread),
        ),
      ),

    setting: (scope, name) =>
      asked(
        () =>
          (get('SELECT value FROM settings WHERE scope = ? AND name = ?', scope, name)?.['value'] ?? null) as
            string | null,
      ),
    settings: (name) =>
      asked(() =>
        all('SELECT scope, value FROM settings WHERE name = ? ORDER BY scope', name).map((row) => ({
          scope: row['scope'] as string,
          value: row['value'] as string,
        })),
      ),
    keepSetting: (scope, name, value) =>
      keeps(() =>
        value === null
          ? run('DELETE FROM settings WHERE scope = ? AND name = ?', scope, name)
          : run(
              `INSERT INTO settings (scope, name, value) VALUES (?, ?, ?)
               ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`,
              scope,
              name,
              value,
            ),
      ),

    keepFeedback: (feedback) =>
      keeps(() =>
        run(
          `INSERT INTO feedback (id, channel, person, good, reason, question, answer, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET good = excluded.good, reason = excluded.reason, at = excluded.at`,
          ...feedbackRow(feedback),
        ),
      ),
    feedback: () => asked(() => all('SELECT * FROM feedback ORDER BY at, id').map(feedbackOf)),

    history: createSqliteHistory({ run, all }, batch),

    forget: (before) =>
      does(() => {
        run(`DELETE FROM events WHERE state = 'done' AND due < ?`, before);
        run('DELETE FROM event_keys WHERE received < ?', before);
        run('DELETE FROM posts WHERE since < ?', before);
      }),
    close: () => {
      batch.flush();
      statements.clear();
      db.close();
      return Promise.resolve();
    },
  };
}

function open(path: string): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { timeout: BUSY_MS });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    db.exec(`PRAGMA cache_size = -${CACHE_KB}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
    migrate(db);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof UnusableStore) throw error;
    throw new UnusableStore('the file of the store cannot be used: it is no SQLite file, damaged, or not writable', {
      cause: error,
    });
  }
}

function migrate(db: DatabaseSync): void {
  const version = Number((db.prepare('PRAGMA user_version').get() as Row)['user_version']);
  if (version > MIGRATIONS.length)
    throw new UnusableStore(`the store was written by a newer whyred (version ${version} of its tables)`);
  MIGRATIONS.slice(version).forEach((step, i) => {
    db.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${version + i + 1}; COMMIT;`);
  });
}

const eventOf = ({ id, scope, body, tries, deaths, received }: Row): StoredEvent => ({
  id: id as number,
  scope: scope as string,
  body: body as string,
  tries: (tries as number) + 1,
  deaths: deaths as number,
  received: received as number,
});
