// The partitions of the failures: one a day, made when something is kept of that day, dropped when it is forgotten.
import type { Statements } from './connection.ts';

/** Any number that nobody else locks. */
const LOCK = 7_418_207_154;
const PREFIX = 'failures_';

/** Makes the partitions of these days, within a transaction: two processes that need the same one wait for each other. */
export async function makeDays(days: Iterable<number>, { query, run }: Statements): Promise<void> {
  const wanted = [...new Set(days)].sort((a, b) => a - b);
  const there = new Set(await daysThere({ query }));
  if (wanted.every((day) => there.has(day))) return;
  await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  for (const day of wanted)
    if (!there.has(day))
      await run(
        `CREATE TABLE IF NOT EXISTS whyred.${PREFIX}${day} PARTITION OF whyred.failures FOR VALUES FROM (${day}) TO (${day + 1})`,
      );
}

/** Drops the days before `day`, with all that is in them. */
export async function dropDays(day: number, { query, run }: Statements): Promise<void> {
  await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  for (const old of await daysThere({ query })) if (old < day) await run(`DROP TABLE whyred.${PREFIX}${old}`);
}

async function daysThere({ query }: Pick<Statements, 'query'>): Promise<number[]> {
  const rows = await query(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'whyred.failures'::regclass`,
  );
  return rows.map((row) => Number(String(row['name']).slice(PREFIX.length)));
}
