// The tables, step by step: a step is never changed once it was released, only followed by another. Plain SQL.

export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE events (
     id INTEGER PRIMARY KEY,
     scope TEXT NOT NULL,
     body TEXT NOT NULL,
     state TEXT NOT NULL,
     tries INTEGER NOT NULL,
     due INTEGER NOT NULL,
     received INTEGER NOT NULL
   );
   CREATE INDEX events_due ON events (state, due);
   CREATE INDEX events_scope ON events (scope, state);
   CREATE TABLE event_keys (
     key TEXT PRIMARY KEY,
     received INTEGER NOT NULL
   );
   CREATE TABLE posts (
     key TEXT PRIMARY KEY,
     channel TEXT NOT NULL,
     thread TEXT,
     ts TEXT,
     since INTEGER NOT NULL
   );
   CREATE TABLE failure_threads (
     channel TEXT NOT NULL,
     key TEXT NOT NULL,
     ts TEXT NOT NULL,
     job TEXT NOT NULL,
     occurrences INTEGER NOT NULL,
     first_seen INTEGER NOT NULL,
     last_seen INTEGER NOT NULL,
     recovered INTEGER,
     muted_until INTEGER,
     tracked TEXT,
     PRIMARY KEY (channel, key)
   );
   CREATE TABLE settings (
     scope TEXT NOT NULL,
     name TEXT NOT NULL,
     value TEXT NOT NULL,
     PRIMARY KEY (scope, name)
   );
   CREATE TABLE feedback (
     id TEXT PRIMARY KEY,
     channel TEXT NOT NULL,
     person TEXT NOT NULL,
     good INTEGER NOT NULL,
     reason TEXT,
     question TEXT NOT NULL,
     answer TEXT NOT NULL,
     at INTEGER NOT NULL
   );`,
  // What is done stays for days: only what is not done is looked through for the next event.
  `DROP INDEX events_due;
   DROP INDEX events_scope;
   CREATE INDEX events_open ON events (id) WHERE state <> 'done';
   CREATE INDEX events_open_in_scope ON events (scope, id) WHERE state <> 'done';
   CREATE INDEX event_keys_received ON event_keys (received);`,
  `ALTER TABLE events ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;`,
  // History. Without rowids: a row is where its key is.
  `CREATE TABLE jobs (
     id INTEGER PRIMARY KEY,
     system TEXT NOT NULL,
     bucket TEXT NOT NULL,
     kind TEXT NOT NULL,
     name TEXT NOT NULL
   );
   CREATE TABLE runs (
     job INTEGER NOT NULL,
     build TEXT NOT NULL,
     result TEXT NOT NULL,
     class TEXT,
     started INTEGER NOT NULL,
     ended INTEGER,
     looked INTEGER NOT NULL,
     PRIMARY KEY (job, build)
   ) WITHOUT ROWID;
   CREATE INDEX runs_started ON runs (job, started);
   CREATE TABLE job_reading (
     job INTEGER PRIMARY KEY,
     since INTEGER NOT NULL
   );
   CREATE TABLE signatures (
     id INTEGER PRIMARY KEY,
     key TEXT NOT NULL,
     pattern TEXT NOT NULL,
     first_seen INTEGER NOT NULL,
     last_seen INTEGER NOT NULL
   );
   CREATE TABLE signature_bands (
     band INTEGER NOT NULL,
     signature INTEGER NOT NULL,
     PRIMARY KEY (band, signature)
   ) WITHOUT ROWID;
   CREATE TABLE failures (
     day INTEGER NOT NULL,
     job INTEGER NOT NULL,
     build TEXT NOT NULL,
     place INTEGER NOT NULL,
     started INTEGER NOT NULL,
     step TEXT,
     test TEXT,
     locus TEXT NOT NULL,
     signature INTEGER,
     headline TEXT NOT NULL,
     PRIMARY KEY (day, job, build, place)
   ) WITHOUT ROWID;
   CREATE INDEX failures_signature ON failures (signature, day, job) WHERE signature IS NOT NULL;
   CREATE INDEX failures_job ON failures (job, day);`,
];
