// Moves a store from a file of SQLite to PostgreSQL: in batches, within one transaction, so that it is all there or nothing.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { UnusableStore } from '../errors.ts';
import type { Row } from '../rows.ts';
import { openSqlite } from '../sqlite.ts';
import { keepable, type Connection, type Statements } from './connection.ts';
import { makeDays } from './days.ts';
import type { BossQueue } from './queue.ts';

export interface CopyOptions {
  /** The file. Nothing may write to it meanwhile: what comes later is left behind. */
  readonly from: string;
  readonly to: Connection;
  readonly queue: BossQueue;
  /** Empties the database first. */
  readonly replace: boolean;
}

/** Rows by table; of events those that wait to be worked off. */
export type Copied = readonly { readonly table: string; readonly rows: number }[];

const BATCH_ROWS = 500;
const BATCH_CHARS = 4_000_000;

/** @throws UnusableStore for a file that is none, and for a database that has something in it, unless it is replaced */
export async function copyStore({ from, to, queue, replace }: CopyOptions): Promise<Copied> {
  if (!existsSync(from)) throw new UnusableStore('there is no such file');
  // Brings the file's own tables up to date.
  await openSqlite(from).close();
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    source.exec('BEGIN');
    return await to.whole(async (on) => {
      const tables = await tablesOf(on);
      if (replace) await empty(on, queue, tables);
      else if (await isFilled(on, queue, tables))
        throw new UnusableStore('the database has something in it; --replace empties it first');
      const copied = [];
      for (const table of tables) copied.push({ table, rows: await copyTable(source, on, table) });
      copied.push({ table: 'events', rows: await copyEvents(source, on, queue) });
      return copied;
    });
  } finally {
    source.close();
  }
}

/** The tables there are, but for the one that counts steps, and partitions. Their names are ours. */
async function tablesOf({ query }: Statements): Promise<string[]> {
  const rows = await query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'whyred'::regnamespace AND relkind IN ('r', 'p')
       AND NOT relispartition AND relname <> 'migrations' ORDER BY relname`,
  );
  return rows.map((row) => String(row['name']));
}

async function isFilled(on: Statements, queue: BossQueue, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) if ((await on.query(`SELECT 1 FROM whyred.${table} LIMIT 1`)).length > 0) return true;
  return (await queue.pending()) > 0;
}

async function empty(on: Statements, queue: BossQueue, tables: readonly string[]): Promise<void> {
  for (const table of tables) await on.run(`DELETE FROM whyred.${table}`);
  await queue.empty(on);
}

async function copyTable(source: DatabaseSync, on: Statements, table: string): Promise<number> {
  let written = 0;
  let read = 0;
  for (const batch of batchesOf(source.prepare(`SELECT * FROM ${table}`).iterate())) {
    read += batch.length;
    const columns = Object.keys(batch[0] ?? {}).join(', ');
    if (table === 'failures')
      await makeDays(
        batch.map(({ day }) => Number(day)),
        on,
      );
    written += await on.run(
      `INSERT INTO whyred.${table} (${columns})
       SELECT ${columns} FROM jsonb_populate_recordset(NULL::whyred.${table}, $1::jsonb)`,
      [JSON.stringify(batch)],
    );
  }
  if (written !== read) throw new UnusableStore(`of ${read} rows of ${table} ${written} were written`);
  return written;
}

async function copyEvents(source: DatabaseSync, on: Statements, queue: BossQueue): Promise<number> {
  const waiting = source.prepare(`SELECT id, scope, body, received FROM events WHERE state <> 'done' ORDER BY id`);
  let copied = 0;
  for (const batch of batchesOf(waiting.iterate())) {
    await queue.take(
      batch.map(({ id, scope, body, received }) => ({
        id: Number(id),
        scope: String(scope),
        body: String(body),
        received: Number(received),
      })),
      on,
    );
    copied += batch.length;
  }
  return copied;
}

/** Rows a few at a time: neither many nor, where each is long, much. */
function* batchesOf(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  let chars = 0;
  for (const row of rows) {
    const kept = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, keepable(value)]));
    batch.push(kept);
    chars += Object.values(kept).reduce<number>((sum, value) => sum + String(value).length, 0);
    if (batch.length < BATCH_ROWS && chars < BATCH_CHARS) continue;
    yield batch;
    batch = [];
    chars = 0;
  }
  if (batch.length > 0) yield batch;
}
