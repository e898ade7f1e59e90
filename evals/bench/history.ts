// npm run bench:history: a million made failures kept, and how long it takes to ask who else fails like this: on SQLite and
// on PostgreSQL. `-- --failures 100000` for fewer, `-- --only postgres` for one alone.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Job } from '../../src/ci/job.ts';
import { pastOf } from '../../src/diagnose/past.ts';
import { signatureOf, type Signature } from '../../src/logs/signature.ts';
import { Random } from '../../src/sources/demo/random.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import type { HistoryStore, LookedInto } from '../../src/store/history.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { hasPostgres, startPostgres } from '../postgres/cluster.ts';

const { values } = parseArgs({
  options: { failures: { type: 'string', default: '1000000' }, only: { type: 'string' } },
});
const FAILURES = Number(values.failures);
/** Of the recorded failures every third is one of its own kind. */
const DISTINCT = Math.ceil(FAILURES / 3);
const JOBS = 500;
const DAYS = 90;
const FIRST_DAY = 20_600;
const BATCH = 1_000;
const QUERIES = 2_000;
const DAY_MS = 86_400_000;
const GOAL_MS = 10;

const random = new Random('history');
const vocabulary = Array.from({ length: 4_000 }, () => letters(random.int(3, 11)));
const jobs = Array.from({ length: JOBS }, (_, i): Job => ({
  system: 'openshift',
  bucket: 'test-platform-results',
  kind: 'periodic',
  name: `periodic-ci-openshift-release-main-nightly-4.${i % 9}-e2e-${letters(6)}-${i}`,
}));
/** Ten words and more, some of them in every other text. */
const wordOf = (of: Random): string => vocabulary[Math.floor(vocabulary.length * of.next() ** 2)] ?? '';
const textOf = (of: Random): string => Array.from({ length: of.int(8, 24) }, () => wordOf(of)).join(' ');

const texts = Array.from({ length: DISTINCT }, (_, i) => textOf(new Random('text', i)));

function letters(length: number): string {
  return random.hex(length).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}

/** Some ways of failing are common, most are rare: the commonest is one failure in seventy. */
const anyText = (of: Random): string => texts[Math.floor(texts.length * of.next() ** 3)] ?? '';

function* batches(): Generator<LookedInto[]> {
  const of = new Random('failures');
  for (let from = 0; from < FAILURES; from += BATCH)
    yield Array.from({ length: Math.min(BATCH, FAILURES - from) }, (_, i) => {
      const headline = anyText(of);
      const started = (FIRST_DAY + (DAYS * (from + i)) / FAILURES) * DAY_MS;
      return {
        run: { job: of.pick(jobs), build: String(1_900_000_000_000_000_000n + BigInt(from + i)), started },
        failures: [
          {
            step: 'e2e-test',
            test: null,
            locus: 'test',
            signature: signatureOf(headline),
            headline: headline.slice(0, 200),
          },
        ],
      };
    });
}

async function ingest(history: HistoryStore): Promise<number> {
  let ms = 0;
  let kept = 0;
  for (const batch of batches()) {
    const began = performance.now();
    await history.keepRuns(
      batch.map(({ run }) => ({ ...run, result: 'failed', class: 'normal', ended: run.started + 3_600_000 })),
    );
    await history.keepFailures(batch);
    ms += performance.now() - began;
    kept += batch.length;
    if (kept % 100_000 === 0) console.error(`  ${kept} kept`);
  }
  return (1_000 * kept) / ms;
}

/** A text with a word in its middle exchanged, as a name in it would be. */
function changed(text: string): string {
  const words = text.split(' ');
  return words.with(words.length >> 1, 'othername').join(' ');
}

interface Times {
  readonly wall: number[];
  /** This process's own: on SQLite all there is, whatever else the machine does. */
  readonly cpu: number[];
}

async function timesOf(queries: readonly Signature[], ask: (one: Signature) => Promise<unknown>): Promise<Times> {
  const times: Times = { wall: [], cpu: [] };
  for (const query of queries) {
    const began = performance.now();
    const before = process.cpuUsage();
    await ask(query);
    const { user, system } = process.cpuUsage(before);
    times.wall.push(performance.now() - began);
    times.cpu.push((user + system) / 1_000);
  }
  for (const list of Object.values(times) as number[][]) list.sort((a, b) => a - b);
  return times;
}

const at = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(2)} ms`;

async function measure(history: HistoryStore): Promise<void> {
  console.log(`  kept a second         ${Math.round(await ingest(history))} failures with their runs`);
  const past = pastOf(history);
  const of = new Random('queries');
  const asked = Array.from({ length: QUERIES }, () => anyText(of));
  const known = asked.map(signatureOf);
  const nearly = asked.map(changed).map(signatureOf);
  const ask = (one: Signature): Promise<unknown> => past.like(one);
  await timesOf(known.slice(0, 200), ask);
  for (const [name, queries] of [
    ['who else fails so', known],
    ['nearly so', nearly],
  ] as const) {
    const { wall, cpu } = await timesOf(queries, ask);
    const isMet = (wall[Math.floor(0.99 * wall.length)] ?? 0) < GOAL_MS;
    console.log(
      `  ${name.padEnd(20)}  p50 ${at(wall, 0.5)}, p99 ${at(wall, 0.99)}, longest ${at(wall, 1)}; CPU of this process p50 ${at(cpu, 0.5)}, p99 ${at(cpu, 0.99)}  (goal ${GOAL_MS} ms at p99: ${isMet ? 'met' : 'not met'})`,
    );
  }
  let found = 0;
  for (const [i, query] of nearly.entries())
    if ((await history.candidatesNear(query)).some(({ key }) => key === known[i]?.key)) found += 1;
  console.log(`  found by a text of which one word is another: ${found} of ${QUERIES}`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

async function onSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'whyred-bench-'));
  const path = join(folder, 'history.sqlite');
  const store = openSqlite(path);
  try {
    console.log(`SQLite, ${FAILURES} failures of ${JOBS} jobs in ${DAYS} days`);
    await measure(store.history);
  } finally {
    await store.close();
  }
  const db = new DatabaseSync(path, { readOnly: true });
  const pages = db.prepare('SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 8').all();
  console.log(`  size                  ${megabytes(statSync(path).size)}`);
  for (const { name, size } of pages) console.log(`    ${String(name).padEnd(30)} ${megabytes(Number(size))}`);
  db.close();
  rmSync(folder, { recursive: true, force: true });
}

async function onPostgres(): Promise<void> {
  const server = await startPostgres(true);
  const store = await openPostgres(await server.database());
  try {
    console.log(`PostgreSQL, the same, in ${DAYS} partitions`);
    await measure(store.history);
    const sizes = await store.connection.query(
      `SELECT coalesce(i.inhparent::regclass, c.oid::regclass)::text AS name, sum(pg_relation_size(c.oid)) AS size
       FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
       WHERE c.relnamespace = 'whyred'::regnamespace AND c.relkind IN ('r', 'i')
       GROUP BY 1 ORDER BY 2 DESC LIMIT 8`,
    );
    for (const { name, size } of sizes) console.log(`    ${String(name).padEnd(30)} ${megabytes(Number(size))}`);
  } finally {
    await store.close();
    await server.close();
  }
}

if (values.only !== 'postgres') await onSqlite();
if (values.only !== 'sqlite' && hasPostgres()) await onPostgres();
else if (values.only !== 'sqlite')
  console.log('skipped: PostgreSQL is not installed (apt-get install postgresql, or TEST_DATABASE_URL)');
