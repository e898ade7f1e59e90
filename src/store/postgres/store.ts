// The store on PostgreSQL. Whatever is written may be written twice: a lost connection is no reason to give up.
import type { Store } from '../port.ts';
import { feedbackOf, feedbackRow, postOf, threadOf, threadRow } from '../rows.ts';
import type { Connection } from './connection.ts';
import { createPostgresHistory } from './history.ts';

/** The store over a connection whose tables are there; closing it leaves the connection open. */
export function createPostgresStore(connection: Connection): Store {
  const { query, run, whole } = connection;
  const does = async (sql: string, ...values: unknown[]): Promise<void> => {
    await run(sql, values);
  };
  return {
    intend: ({ key, channel, thread, since }) =>
      whole(async (on) => {
        const added = await on.run(
          `INSERT INTO whyred.posts (key, channel, thread, ts, since) VALUES ($1, $2, $3, NULL, $4)
           ON CONFLICT (key) DO NOTHING`,
          [key, channel, thread, since],
        );
        const [post] = await on.query('SELECT * FROM whyred.posts WHERE key = $1', [key]);
        return { ...postOf(post ?? {}), isNew: added === 1 };
      }),
    posted: (key, ts) => does('UPDATE whyred.posts SET ts = $1 WHERE key = $2', ts, key),

    failureThread: async (channel, key) => {
      const [row] = await query('SELECT * FROM whyred.failure_threads WHERE channel = $1 AND key = $2', [channel, key]);
      return row ? threadOf(row) : null;
    },
    failureThreads: async (channel) =>
      (await query('SELECT * FROM whyred.failure_threads WHERE channel = $1 ORDER BY last_seen DESC', [channel])).map(
        threadOf,
      ),
    keepFailureThread: (thread) =>
      does(
        `INSERT INTO whyred.failure_threads
           (channel, key, ts, job, occurrences, first_seen, last_seen, recovered, muted_until, tracked)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (channel, key) DO UPDATE SET
           ts = excluded.ts, occurrences = excluded.occurrences, first_seen = excluded.first_seen,
           last_seen = excluded.last_seen, recovered = excluded.recovered,
           muted_until = excluded.muted_until, tracked = excluded.tracked`,
        ...threadRow(thread),
      ),

    setting: async (scope, name) => {
      const [row] = await query('SELECT value FROM whyred.settings WHERE scope = $1 AND name = $2', [scope, name]);
      return (row?.['value'] ?? null) as string | null;
    },
    settings: async (name) =>
      (await query('SELECT scope, value FROM whyred.settings WHERE name = $1 ORDER BY scope COLLATE "C"', [name])).map(
        (row) => ({ scope: row['scope'] as string, value: row['value'] as string }),
      ),
    keepSetting: (scope, name, value) =>
      value === null
        ? does('DELETE FROM whyred.settings WHERE scope = $1 AND name = $2', scope, name)
        : does(
            `INSERT INTO whyred.settings (scope, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`,
            scope,
            name,
            value,
          ),

    keepFeedback: (feedback) =>
      does(
        `INSERT INTO whyred.feedback (id, channel, person, good, reason, question, answer, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET good = excluded.good, reason = excluded.reason, at = excluded.at`,
        ...feedbackRow(feedback),
      ),
    feedback: async () => (await query('SELECT * FROM whyred.feedback ORDER BY at, id COLLATE "C"')).map(feedbackOf),

    history: createPostgresHistory(connection),

    forget: (before) =>
      whole(async (on) => {
        await on.run('DELETE FROM whyred.event_keys WHERE received < $1', [before]);
        await on.run('DELETE FROM whyred.posts WHERE since < $1', [before]);
      }),
    close: () => Promise.resolve(),
  };
}
