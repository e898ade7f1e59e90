// The tables on PostgreSQL, step by step: a step is never changed once it was released, only followed by another. Tables
// and columns are named as on SQLite, which `whyred store copy` relies on. Events are in the queue's own tables.

/** Our own tables, and pg-boss's. */
export const SCHEMAS = { ours: 'whyred', queue: 'whyred_queue' } as const;

export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE whyred.event_keys (
     key TEXT PRIMARY KEY,
     received BIGINT NOT NULL
   );
   CREATE INDEX event_keys_received ON whyred.event_keys (received);
   CREATE TABLE whyred.posts (
     key TEXT PRIMARY KEY,
     channel TEXT NOT NULL,
     thread TEXT,
     ts TEXT,
     since BIGINT NOT NULL
   );
   CREATE INDEX posts_since ON whyred.posts (since);
   CREATE TABLE whyred.failure_threads (
     channel TEXT NOT NULL,
     key TEXT NOT NULL,
     ts TEXT NOT NULL,
     job TEXT NOT NULL,
     occurrences BIGINT NOT NULL,
     first_seen BIGINT NOT NULL,
     last_seen BIGINT NOT NULL,
     recovered BIGINT,
     muted_until BIGINT,
     tracked TEXT,
     PRIMARY KEY (channel, key)
   );
   CREATE TABLE whyred.settings (
     scope TEXT NOT NULL,
     name TEXT NOT NULL,
     value TEXT NOT NULL,
     PRIMARY KEY (scope, name)
   );
   CREATE TABLE whyred.feedback (
     id TEXT PRIMARY KEY,
     channel TEXT NOT NULL,
     person TEXT NOT NULL,
     good SMALLINT NOT NULL,
     reason TEXT,
     question TEXT NOT NULL,
     answer TEXT NOT NULL,
     at BIGINT NOT NULL
   );`,
];
