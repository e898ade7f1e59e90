// A PostgreSQL database opened as a store, its tables brought up to date.
import type { Store } from '../port.ts';
import { connect, type Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { createPostgresStore } from './store.ts';

export interface PostgresStore extends Store {
  readonly connection: Connection;
  /** Steps of its tables that were done now. */
  readonly steps: number;
}

/**
 * Opens the store at `url`; several processes may at once.
 * @throws UnusableStore for what is no address, refuses us, or is of a newer whyred
 * @throws StoreUnreachable
 */
export async function openPostgres(url: string): Promise<PostgresStore> {
  const connection = connect(url);
  try {
    const steps = await migrate(connection);
    return { ...createPostgresStore(connection), connection, steps, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
