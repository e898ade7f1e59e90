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
];
