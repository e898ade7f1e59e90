// Brings the tables up to date: one process does it, others that start at the same moment wait for it.
import { UnusableStore } from '../errors.ts';
import type { Connection } from './connection.ts';
import { MIGRATIONS, SCHEMAS } from './migrations.ts';

/** Any number that nobody else locks. */
const LOCK = 7_418_207_153;

/** The steps that were done now. @throws UnusableStore for tables of a newer whyred */
export function migrate(connection: Connection): Promise<number> {
  return connection.whole(async ({ query, run }) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    for (const schema of Object.values(SCHEMAS)) {
      // Making one, even where it is, asks for a right that an administrator may want to keep.
      const isThere = (await query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])).length > 0;
      if (!isThere) await run(`CREATE SCHEMA ${schema}`);
    }
    await run(
      `CREATE TABLE IF NOT EXISTS whyred.migrations (version INTEGER PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT now())`,
    );
    const [row] = await query('SELECT coalesce(max(version), 0) AS version FROM whyred.migrations');
    const version = Number(row?.['version']);
    if (version > MIGRATIONS.length)
      throw new UnusableStore(`the database was written by a newer whyred (version ${version} of its tables)`);
    for (const [i, step] of MIGRATIONS.entries()) {
      if (i < version) continue;
      await run(step);
      await run('INSERT INTO whyred.migrations (version) VALUES ($1)', [i + 1]);
    }
    return MIGRATIONS.length - version;
  });
}
