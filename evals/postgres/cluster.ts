// A PostgreSQL of our own for tests: a temporary cluster on a socket in a temporary folder, gone when its process goes.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Postgres {
  /** The address of a new, empty database. */
  readonly database: () => Promise<string>;
  /** The server stopped (all connections are cut) and started again; null for a server that is not ours. */
  readonly restart: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
}

/** Debian puts the server's programs where no PATH leads. */
const binaries = (): string | undefined =>
  [...globSync('/usr/lib/postgresql/*/bin').sort().reverse(), ...(process.env['PATH'] ?? '').split(':')].find(
    (folder) => existsSync(join(folder, 'initdb')),
  );

/** True where a PostgreSQL is installed, or `TEST_DATABASE_URL` names one. */
export const hasPostgres = (): boolean => serverUrl() !== undefined || binaries() !== undefined;

const serverUrl = (): string | undefined => process.env['TEST_DATABASE_URL'];

/** The server of `TEST_DATABASE_URL`, or one started now. @param isDurable writes are on disk when it says so */
export async function startPostgres(isDurable = false): Promise<Postgres> {
  const url = serverUrl();
  if (url !== undefined) return databasesOf(url);
  const bin = binaries();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'whyred-pg-'));
  const data = join(folder, 'data');
  const asPostgres = ownerOf(folder);
  const made = spawnSync(...asPostgres(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'whyred', '--no-sync']));
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr.toString()}`);
  const args = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200'];
  if (!isDurable) args.push('-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off');
  const start = (): ChildProcess => {
    const [command, all] = asPostgres(join(bin, 'postgres'), args);
    return spawn(command, all, { stdio: 'ignore' });
  };
  const address = `postgres://whyred@localhost/postgres?host=${folder}`;
  let server = start();
  const stop = async (): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
  };
  await answers(address);
  const databases = databasesOf(address);
  return {
    database: databases.database,
    restart: async () => {
      await stop();
      server = start();
      await answers(address);
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Spawned = [command: string, args: string[]];

/** How the server's programs are called: they refuse root, and are told to go when this process goes. */
function ownerOf(folder: string): (program: string, args: readonly string[]) => Spawned {
  const bound = ['--pdeathsig', 'INT'];
  if (process.getuid?.() === 0) {
    const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres']).stdout.toString());
    chownSync(folder, id('-u'), id('-g'));
    bound.push('--reuid', 'postgres', '--regid', 'postgres', '--clear-groups');
  }
  return (program, args) => ['setpriv', [...bound, program, ...args]];
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries >= 200) throw error;
      await sleep(50);
    }
  }
}

/** New databases of a server, removed at the end. */
function databasesOf(url: string): Postgres {
  const names: string[] = [];
  const ask = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  return {
    database: async () => {
      const name = `whyred_test_${process.pid}_${names.length}`;
      names.push(name);
      await ask(`CREATE DATABASE ${name}`);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    restart: null,
    close: async () => {
      for (const name of names) await ask(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
