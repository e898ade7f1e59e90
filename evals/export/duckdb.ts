// DuckDB, as somebody reads an export with it: in memory, without the network.
import { DuckDBInstance, type DuckDBConnection, type JS } from '@duckdb/node-api';

export interface Duck {
  /** The answer to a query: names of columns, and rows. */
  query(sql: string): Promise<{ names: readonly string[]; rows: readonly (readonly JS[])[] }>;
  /** The rows of an answer that is too large to be held, some thousand at a time. */
  stream(sql: string): AsyncGenerator<readonly (readonly JS[])[]>;
  close(): void;
}

export async function openDuck(): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '1',
  });
  const connection: DuckDBConnection = await instance.connect();
  return {
    query: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return { names: reader.columnNames(), rows: reader.getRowsJS() };
    },
    stream: async function* (sql) {
      const result = await connection.stream(sql);
      yield* result.yieldRowsJs();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
