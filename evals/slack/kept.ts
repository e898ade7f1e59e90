// What the bot keeps things in, by its name: a file of SQLite, or the address of a PostgreSQL database.
import { inProcessQueue } from '../../src/slack/in-process.ts';
import type { Store } from '../../src/store/port.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import { openBossQueue } from '../../src/store/postgres/queue.ts';
import type { Queue } from '../../src/store/queue.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

export interface Kept {
  readonly store: Store;
  readonly queue: Queue;
  readonly close: () => Promise<void>;
}

/** The shortest that pg-boss takes: what a killed process had begun waits no longer than it must. */
const SILENT_SECONDS = 10;

export async function openKept(name: string, clock: () => number, leaseMs?: number): Promise<Kept> {
  if (!name.startsWith('postgres:')) {
    const store = openSqlite(name);
    return {
      store,
      queue: inProcessQueue(store, clock, leaseMs === undefined ? {} : { leaseMs }),
      close: () => store.close(),
    };
  }
  const store = await openPostgres(name);
  const { connection } = store;
  const report = (): void => undefined;
  const queue = await openBossQueue({ url: name, connection, report, silentSeconds: SILENT_SECONDS });
  const close = async (): Promise<void> => {
    await queue.close();
    await store.close();
  };
  return { store, queue, close };
}
