// whyred store migrate, whyred store copy
import { UnusableStore } from '../../store/errors.ts';
import type { BossQueue } from '../../store/postgres/queue.ts';
import type { PostgresStore } from '../../store/postgres/open.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { databaseUrl, openDatabase, openFile, storeFile } from '../store.ts';

export const store: Command = {
  name: 'store',
  usage: 'store migrate|copy',
  summary: 'brings the tables of the store up to date; copies a file of SQLite into the database of DATABASE_URL',
  run: ({ words, values }, io) => {
    const [verb, ...rest] = words;
    if (rest.length > 0 || (verb !== 'migrate' && verb !== 'copy')) throw new UsageError('store takes migrate or copy');
    return verb === 'migrate' ? migrate(values, io) : copy(values, io);
  },
};

async function migrate(values: Call['values'], io: Io): Promise<number> {
  const url = databaseUrl(values, io);
  if (url === undefined) {
    await openFile(storeFile(values, io)).close();
    io.stdout.write('the tables of the SQLite file are up to date\n');
    return EXIT.answered;
  }
  return withDatabase(url, io, ({ steps }) => {
    io.stdout.write(`the tables of the database are up to date; steps done now: ${steps}\n`);
    return Promise.resolve();
  });
}

function copy(values: Call['values'], io: Io): Promise<number> {
  const url = values.to ?? databaseUrl(values, io);
  if (url === undefined) throw new UsageError('store copy needs --to or DATABASE_URL');
  const from = values.from ?? storeFile(values, io);
  return withDatabase(url, io, async ({ connection }, queue) => {
    const { copyStore } = await import('../../store/postgres/copy.ts');
    const copied = await copyStore({ from, to: connection, queue, replace: values.replace === true });
    for (const { table, rows } of copied) io.stdout.write(`${String(rows).padStart(9)}  ${table}\n`);
  });
}

async function withDatabase(
  url: string,
  io: Io,
  work: (store: PostgresStore, queue: BossQueue) => Promise<void>,
): Promise<number> {
  const opened = await openDatabase(url);
  const report = (what: string): unknown => io.stderr.write(`whyred: ${what}\n`);
  try {
    const { openBossQueue } = await import('../../store/postgres/queue.ts');
    const queue = await openBossQueue({ url, connection: opened.connection, report });
    await work(opened, queue).finally(() => queue.close());
    return EXIT.answered;
  } catch (error) {
    if (error instanceof UnusableStore) throw new UsageError(error.message);
    throw error;
  } finally {
    await opened.close();
  }
}
