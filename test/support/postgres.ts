// Tests on a real PostgreSQL: they skip, with a printed notice, where none is installed.
import { afterAll, beforeAll, describe } from 'vitest';
import { hasPostgres, startPostgres, type Postgres } from '../../evals/postgres/cluster.ts';
import { openPostgres, type PostgresStore } from '../../src/store/postgres/open.ts';
import { openBossQueue, type BossQueue } from '../../src/store/postgres/queue.ts';

/** A busy machine takes its time over a new cluster. */
const START_MS = 60_000;

/** Describes tests with a server of their own; the callback gets it by a function, for it runs before the server does. */
export function describePostgres(name: string, define: (postgres: () => Postgres) => void): void {
  if (!hasPostgres()) {
    console.log(`skipped: ${name} (no PostgreSQL: apt-get install postgresql, or TEST_DATABASE_URL)`);
    describe.skip(name, () => undefined);
    return;
  }
  describe(name, () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, START_MS);
    afterAll(() => postgres.close(), START_MS);
    define(() => postgres);
  });
}

export interface Opened {
  readonly store: PostgresStore;
  readonly queue: BossQueue;
  readonly close: () => Promise<void>;
}

/** A database as a process opens it. */
export async function openDatabase(url: string): Promise<Opened> {
  const store = await openPostgres(url);
  const queue = await openBossQueue({ url, connection: store.connection, report: () => undefined });
  const close = async (): Promise<void> => {
    await queue.close();
    await store.close();
  };
  return { store, queue, close };
}
