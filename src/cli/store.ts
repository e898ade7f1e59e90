// The store that commands open: PostgreSQL where DATABASE_URL names one, else a file of SQLite.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { safeText } from '../ci/text.ts';
import { inProcessQueue } from '../slack/in-process.ts';
import { UnusableStore } from '../store/errors.ts';
import type { Store } from '../store/port.ts';
import type { PostgresStore } from '../store/postgres/open.ts';
import type { Queue } from '../store/queue.ts';
import { openSqlite, type SqliteStore } from '../store/sqlite.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

type Values = Call['values'];

/** The address of the database; undefined for SQLite: `--store` is asked for by name, DATABASE_URL may be for others too. */
export const databaseUrl = ({ store }: Values, { env }: Io): string | undefined =>
  store === undefined && env['DATABASE_URL'] !== '' ? env['DATABASE_URL'] : undefined;

/** @throws UsageError, StoreUnreachable */
export async function openStore(values: Values, io: Io): Promise<Store> {
  const url = databaseUrl(values, io);
  return url === undefined ? openFile(storeFile(values, io)) : await openDatabase(url);
}

export interface StoreWithQueue {
  readonly store: Store;
  readonly queue: Queue;
  /** True where other processes can work off what this one keeps. */
  readonly isShared: boolean;
}

/** @throws UsageError, StoreUnreachable */
export async function openStoreWithQueue(
  values: Values,
  io: Io,
  report: (what: string) => void,
): Promise<StoreWithQueue> {
  const url = databaseUrl(values, io);
  if (url === undefined) {
    const store = openFile(storeFile(values, io));
    return { store, queue: inProcessQueue(store, io.clock), isShared: false };
  }
  const store = await openDatabase(url);
  try {
    const { openBossQueue } = await import('../store/postgres/queue.ts');
    return { store, queue: await openBossQueue({ url, connection: store.connection, report }), isShared: true };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The file of `--store`, `WHYRED_STORE`, or the place for such files. */
export function storeFile({ store: path }: Values, { env }: Io): string {
  const base = env['XDG_STATE_HOME'] ?? join(homedir(), '.local/state');
  return path ?? env['WHYRED_STORE'] ?? join(base, 'whyred/store.sqlite');
}

/** @throws UsageError */
export function openFile(file: string): SqliteStore {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openSqlite(file);
  } catch (error) {
    throw new UsageError(error instanceof UnusableStore ? error.message : `the store ${safeText(file)} cannot be made`);
  }
}

/** @throws UsageError, StoreUnreachable */
export async function openDatabase(url: string): Promise<PostgresStore> {
  const { openPostgres } = await import('../store/postgres/open.ts');
  try {
    return await openPostgres(url);
  } catch (error) {
    if (error instanceof UnusableStore) throw new UsageError(error.message);
    throw error;
  }
}
