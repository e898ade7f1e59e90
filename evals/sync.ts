// npm run test:sync: every recorded dashboard synced in one go, and by a sync that is killed (SIGKILL) at random moments and
// gone on with: the same store, table by table. Another sync asks for no run that has ended. `-- --kills 50` for more than
// twenty, `-- --postgres` for the killed one to keep what it reads in PostgreSQL.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '../src/store/postgres/connection.ts';
import { recordedData, startMirror } from './mirror.ts';
import { startPostgres } from './postgres/cluster.ts';

const TABLES = ['jobs', 'runs', 'failures', 'signatures', 'signature_bands', 'job_reading'] as const;
type Digests = Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, postgres: { type: 'boolean', default: false } },
});
const shared = recordedData();
if (shared === null) {
  console.log('skipped: no recorded data (../shared, or WHYRED_SHARED)');
  process.exit(0);
}
const mirror = await startMirror(shared);
const folder = mkdtempSync(join(tmpdir(), 'whyred-sync-'));
const postgres = values.postgres ? await startPostgres(true) : null;
const url = await postgres?.database();

interface Ended {
  readonly isKilled: boolean;
  readonly said: string;
  readonly ms: number;
}

/** One sync of everything that is recorded, killed after so long where a time is given. */
async function sync(name: string, where: { store: string } | { url: string }, killAfter?: number): Promise<Ended> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../bin/whyred.js'),
      ...['sync', 'redhat-*', 'nightly-*', '--since', '2020-01-01', '--limit', '10000', '--ci-url', mirror.url],
      ...('store' in where ? ['--store', where.store] : []),
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        WHYRED_CACHE_DIR: join(folder, name),
        DATABASE_URL: 'url' in where ? where.url : '',
      },
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const timer = killAfter === undefined ? null : setTimeout(() => child.kill('SIGKILL'), killAfter);
  await once(child, 'close');
  if (timer) clearTimeout(timer);
  const isKilled = child.signalCode === 'SIGKILL';
  if (!isKilled && child.exitCode !== 0) throw new Error(`a sync ended with ${child.exitCode}`);
  return { isKilled, said: said.trim(), ms: performance.now() - began };
}

/** What each table holds, whatever the order of its rows. */
async function digestsOf(read: (table: string) => Promise<readonly object[]>): Promise<Digests> {
  const digests: Record<string, { rows: number; hash: string }> = {};
  for (const table of TABLES) {
    const rows = (await read(table)).map((row) => JSON.stringify(row)).sort();
    digests[table] = { rows: rows.length, hash: createHash('sha256').update(rows.join('\n')).digest('hex') };
  }
  return digests;
}

function digestsOfFile(path: string): Promise<Digests> {
  const db = new DatabaseSync(path, { readOnly: true });
  return digestsOf((table) => Promise.resolve(db.prepare(`SELECT * FROM ${table}`).all())).finally(() => db.close());
}

async function digestsOfDatabase(address: string): Promise<Digests> {
  const connection = connect(address);
  return digestsOf((table) => connection.query(`SELECT * FROM whyred.${table}`)).finally(() => connection.close());
}

function jobsWithRuns(path: string): Set<unknown> {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare('SELECT DISTINCT j.name FROM runs r JOIN jobs j ON j.id = r.job').all();
  db.close();
  return new Set(rows.map(({ name }) => name));
}

async function pathsAsked(): Promise<Readonly<Record<string, number>>> {
  const stats = (await (await fetch(`${mirror.url}/__stats`)).json()) as { paths: Record<string, number> };
  return stats.paths;
}

try {
  const whole = join(folder, 'whole.sqlite');
  const once = await sync('whole', { store: whole });
  console.log(`in one go     ${once.said} in ${(once.ms / 1000).toFixed(1)} s`);

  const killed = url === undefined ? { store: join(folder, 'killed.sqlite') } : { url };
  let kills = 0;
  for (let life = 1; kills < Number(values.kills); life += 1) {
    // Short lives and long ones; what goes on where the last one ended must come to an end before that.
    const { isKilled } = await sync('killed', killed, 300 + Math.random() * once.ms * 0.4);
    if (isKilled) kills += 1;
    if (life > 10 * Number(values.kills)) break;
    await sleep(10);
  }
  const last = await sync('killed', killed);
  console.log(`killed ${kills}×    then: ${last.said} in ${(last.ms / 1000).toFixed(1)} s`);

  const a = await digestsOfFile(whole);
  const b = await ('store' in killed ? digestsOfFile(killed.store) : digestsOfDatabase(killed.url));
  const differing = TABLES.filter((table) => a[table]?.hash !== b[table]?.hash);
  for (const table of TABLES)
    console.log(
      `  ${table.padEnd(16)} ${String(a[table]?.rows).padStart(6)} rows  ${differing.includes(table) ? `differs (${b[table]?.rows} rows)` : 'the same'}`,
    );

  await mirror.reset();
  const again = await sync('again', { store: whole });
  // Nothing but what says whether there is something new: grids, and the first page of jobs that have shown no run yet.
  const paths = await pathsAsked();
  const withRuns = jobsWithRuns(whole);
  const ofRuns = Object.keys(paths).filter(
    (path) =>
      path.startsWith('/gcs/') || (path.startsWith('/deck/job-history/') && withRuns.has(path.split('/').at(-1) ?? '')),
  );
  const asked = Object.values(paths).reduce((sum, n) => sum + n, 0);
  console.log(`once more     ${again.said}`);
  console.log(`requests for runs that have ended: ${ofRuns.length} of ${asked}`);
  if (differing.length > 0 || ofRuns.length > 0 || kills < Number(values.kills)) process.exitCode = 1;
} finally {
  await postgres?.close();
  await mirror.stop();
  rmSync(folder, { recursive: true, force: true });
}
