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
  // History. Failures are kept by day, each day a partition, made when something is kept of it: retention drops days.
  `CREATE TABLE whyred.jobs (
     id BIGINT PRIMARY KEY,
     system TEXT NOT NULL,
     bucket TEXT NOT NULL,
     kind TEXT NOT NULL,
     name TEXT NOT NULL
   );
   CREATE TABLE whyred.runs (
     job BIGINT NOT NULL,
     build TEXT NOT NULL,
     result TEXT NOT NULL,
     class TEXT,
     started BIGINT NOT NULL,
     ended BIGINT,
     looked SMALLINT NOT NULL,
     PRIMARY KEY (job, build)
   );
   CREATE INDEX runs_started ON whyred.runs (job, started);
   CREATE TABLE whyred.job_reading (
     job BIGINT PRIMARY KEY,
     since BIGINT NOT NULL
   );
   CREATE TABLE whyred.signatures (
     id BIGINT PRIMARY KEY,
     key TEXT NOT NULL,
     pattern TEXT NOT NULL,
     first_seen BIGINT NOT NULL,
     last_seen BIGINT NOT NULL
   );
   CREATE TABLE whyred.signature_bands (
     band BIGINT NOT NULL,
     signature BIGINT NOT NULL,
     PRIMARY KEY (band, signature)
   );
   CREATE TABLE whyred.failures (
     day INTEGER NOT NULL,
     job BIGINT NOT NULL,
     build TEXT NOT NULL,
     place SMALLINT NOT NULL,
     started BIGINT NOT NULL,
     step TEXT,
     test TEXT,
     locus TEXT NOT NULL,
     signature BIGINT,
     headline TEXT NOT NULL,
     PRIMARY KEY (day, job, build, place)
   ) PARTITION BY RANGE (day);
   CREATE INDEX failures_signature ON whyred.failures (signature, day, job) WHERE signature IS NOT NULL;
   CREATE INDEX failures_job ON whyred.failures (job, day);`,
];
