// The way to PostgreSQL: a pool that outlives the database's restarts, transactions, and errors in our own words.
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import pg from 'pg';
import { StoreUnreachable, UnusableStore } from '../errors.ts';
import type { Row } from '../rows.ts';

/** What statements run on: the pool, or the one connection of a transaction. */
export interface Statements {
  /** @param name for a statement that is planned once a connection, not each time; the name is its alone */
  readonly query: (sql: string, values?: readonly unknown[], name?: string) => Promise<Row[]>;
  /** The number of rows that were written. */
  readonly run: (sql: string, values?: readonly unknown[]) => Promise<number>;
}

export interface Connection extends Statements {
  /**
   * All of `work` or nothing of it. Begun again when the connection is lost, even while it commits: what it does must be
   * the same when it is done twice.
   */
  readonly whole: <T>(work: (statements: Statements) => Promise<T>) => Promise<T>;
  close(): Promise<void>;
}

interface PoolOptions {
  readonly connectionString: string;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly application_name: string;
}

const CONNECT_MS = 2_000;
const STATEMENT_MS = 30_000;
const TRIES = 6;
/** Waits add up to some three seconds: a database that restarts is back by then, and Slack delivers again after that. */
const BACKOFF = { initialDelay: 100, maxDelay: 1_000 };

/** Classes and states of SQL that say: not now, and nothing was done, or nothing that may not be done twice. */
const PASSING = /^(?:08...|57P0[123]|40001|40P01|53300)$/;
const PASSING_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EAI_AGAIN']);
/** What `pg` says without a code. */
const PASSING_WORDS = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** @param url as `postgres://user:password@host/database?sslmode=verify-full`; it is repeated nowhere */
export function connect(url: string, max = 8): Connection {
  const pool = new pg.Pool({ ...poolOptions(url), statement_timeout: STATEMENT_MS, max });
  // A connection that is lost while nobody uses it is only replaced. One in use tells its statement as well.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const again = retry(handleWhen(isPassing), { maxAttempts: TRIES, backoff: new ExponentialBackoff(BACKOFF) });
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await again.execute(work);
    } catch (error) {
      throw inOurWords(error);
    }
  };
  const pooled = statementsOn(pool);
  return {
    query: (sql, values, name) => asked(() => pooled.query(sql, values, name)),
    run: (sql, values) => asked(() => pooled.run(sql, values)),
    whole: (work) =>
      asked(async () => {
        const client = await pool.connect();
        let isSound = false;
        try {
          await client.query('BEGIN');
          const outcome = await work(statementsOn(client));
          await client.query('COMMIT');
          isSound = true;
          return outcome;
        } finally {
          // A connection given up in the middle is closed: the database rolls back what it had begun.
          client.release(!isSound);
        }
      }),
    close: () => pool.end(),
  };
}

/** How every pool of ours connects. @throws UnusableStore for what is no address */
export function poolOptions(url: string): PoolOptions {
  const options = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: 'whyred',
  };
  if (!/^postgres(?:ql)?:\/\//.test(url)) throw badAddress();
  try {
    // Reads the address, and the certificates that it names.
    new pg.Client(options);
  } catch {
    throw badAddress();
  }
  return options;
}

const badAddress = (): UnusableStore =>
  new UnusableStore('the address of the database is none of PostgreSQL, or names a certificate that cannot be read');

const BIGINT = 20;
/** Counts and times fit a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    (type as number) === BIGINT ? Number : (pg.types.getTypeParser(type, format) as (text: string) => unknown),
};

/** PostgreSQL keeps any character but this. */
export const keepable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;

const statementsOn = (on: pg.Pool | pg.PoolClient): Statements => ({
  query: async (text, values = [], name) =>
    (await on.query<Row>({ text, values: values.map(keepable), types, ...(name === undefined ? {} : { name }) })).rows,
  run: async (text, values = []) => (await on.query({ text, values: values.map(keepable) })).rowCount ?? 0,
});

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function isPassing(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isPassing);
  const code = codeOf(error);
  return PASSING.test(code) || PASSING_CODES.has(code) || (error instanceof Error && PASSING_WORDS.test(error.message));
}

/** Refused for good: the user, the password, the database, the right to something. */
const REFUSED = /^(?:28...|3D000|42501)$/;

export function inOurWords(error: unknown): unknown {
  if (isPassing(error)) return new StoreUnreachable('the database does not answer', { cause: error });
  if (REFUSED.test(codeOf(error)))
    return new UnusableStore(`the database refuses us (SQLSTATE ${codeOf(error)})`, { cause: error });
  return error;
}
