// History on PostgreSQL.
import { bandsOf } from '../../logs/signature-bands.ts';
import type { HistoryStore, LookedInto } from '../history.ts';
import {
  bandRows,
  clusterOf,
  clustersSql,
  DAY_MS,
  dayOf,
  failureRows,
  failuresOfRows,
  jobId,
  jobRows,
  NEAR_IN_BAND,
  pastFailureOf,
  pastRunOf,
  runRows,
  signatureId,
  signatureOfRow,
  signatureRows,
  type Rows,
  type SignatureRow,
} from '../history-rows.ts';
import { keepable, type Connection, type Statements } from './connection.ts';
import { dropDays, makeDays } from './days.ts';

const PAST = 'f.*, j.system, j.bucket, j.kind, j.name, s.key';
const OF_JOB_AND_SIGNATURE = 'JOIN whyred.jobs j ON j.id = f.job JOIN whyred.signatures s ON s.id = f.signature';
const CLUSTERS = clustersSql('whyred.', '$1', '$2');

/**
 * Of each signature the newest day's first; days on which it was not seen are not looked at. Planned once a connection:
 * there are as many partitions as days.
 */
const NEWEST = `SELECT ${PAST} FROM whyred.signatures s CROSS JOIN LATERAL
    (SELECT * FROM whyred.failures WHERE signature = s.id
       AND day >= (s.first_seen / ${DAY_MS})::integer AND day <= (s.last_seen / ${DAY_MS})::integer
     ORDER BY day DESC LIMIT $2) AS f
  JOIN whyred.jobs j ON j.id = f.job WHERE s.id = ANY($1)`;

export function createPostgresHistory({ query, whole }: Connection): HistoryStore {
  return {
    keepRuns: (runs) =>
      whole(async (on) => {
        await insert('jobs', jobRows(runs.map(({ job }) => job)), on);
        await insert('runs', runRows(runs), on);
      }),
    keepFailures: (looked) =>
      whole(async (on) => {
        const fresh = await notYetLookedInto(looked, on);
        const failures = failureRows(fresh);
        const signatures = signatureRows(fresh);
        await insert('signature_bands', bandRows(await newSignatures(signatures, on)), on);
        await makeDays(
          failures.map(({ day }) => Number(day)),
          on,
        );
        await insert('failures', failures, on);
      }),
    runsOf: async (job, since) =>
      (
        await query('SELECT * FROM whyred.runs WHERE job = $1 AND started >= $2 ORDER BY started DESC', [
          jobId(job),
          since,
        ])
      ).map(pastRunOf),
    failuresOf: async (job, since) =>
      (
        await query(
          `SELECT ${PAST} FROM whyred.failures f ${OF_JOB_AND_SIGNATURE}
           WHERE f.job = $1 AND f.day >= $2 ORDER BY f.started DESC, f.place`,
          [jobId(job), dayOf(since)],
        )
      ).map(pastFailureOf),

    readBackTo: async (job) => {
      const [row] = await query('SELECT since FROM whyred.job_reading WHERE job = $1', [jobId(job)]);
      return (row?.['since'] ?? null) as number | null;
    },
    keepReadBackTo: (job, since) =>
      whole(async (on) => {
        await insert('jobs', jobRows([job]), on);
        const least = '(job) DO UPDATE SET since = least(job_reading.since, excluded.since)';
        await insert('job_reading', [{ job: jobId(job), since }], on, least);
      }),

    failuresWith: async (keys, most) => {
      const ids = keys.map(signatureId);
      const [newest, since] = await Promise.all([
        query(NEWEST, [ids, most], 'newest'),
        query('SELECT first_seen FROM whyred.signatures WHERE id = ANY($1)', [ids]),
      ]);
      return failuresOfRows(newest.map(pastFailureOf), since, most);
    },
    candidatesNear: async (signature) => {
      const rows = await query(
        `SELECT DISTINCT s.key, s.pattern FROM unnest($1::bigint[]) AS wanted(band) CROSS JOIN LATERAL
           (SELECT signature FROM whyred.signature_bands b WHERE b.band = wanted.band LIMIT $2) AS b
         JOIN whyred.signatures s ON s.id = b.signature WHERE s.key <> $3`,
        [bandsOf(signature), NEAR_IN_BAND, signature.key],
      );
      return rows.map(signatureOfRow);
    },
    clusters: async (since, most) => (await query(CLUSTERS, [dayOf(since), most])).map(clusterOf),

    forgetBefore: (before) =>
      whole(async (on) => {
        const day = dayOf(before);
        await dropDays(day, on);
        await on.run('DELETE FROM whyred.signatures WHERE last_seen < $1', [day * DAY_MS]);
        await on.run(
          'DELETE FROM whyred.signature_bands b WHERE NOT EXISTS (SELECT 1 FROM whyred.signatures WHERE id = b.signature)',
        );
        await on.run('DELETE FROM whyred.runs WHERE started < $1', [day * DAY_MS]);
        await on.run('UPDATE whyred.job_reading SET since = greatest(since, $1)', [day * DAY_MS]);
      }),
  };
}

async function insert(table: string, rows: Rows, on: Statements, onConflict = 'DO NOTHING'): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await on.run(
    `INSERT INTO whyred.${table} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::whyred.${table}, $1::jsonb)
     ON CONFLICT ${onConflict}`,
    [JSON.stringify(rows.map(keepableRow))],
  );
}

const keepableRow = (row: Rows[number]): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, keepable(value)]));

/** Keeps signatures, each with its first and last time; those that were not there. */
async function newSignatures(rows: readonly SignatureRow[], { query }: Statements): Promise<SignatureRow[]> {
  const written = await query(
    `INSERT INTO whyred.signatures AS s (id, key, pattern, first_seen, last_seen)
     SELECT id, key, pattern, first_seen, last_seen
     FROM jsonb_populate_recordset(NULL::whyred.signatures, $1::jsonb) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET
       first_seen = least(s.first_seen, excluded.first_seen), last_seen = greatest(s.last_seen, excluded.last_seen)
     RETURNING id, xmax = 0 AS is_new`,
    [JSON.stringify(rows.map((row) => keepableRow({ ...row })))],
  );
  const fresh = new Set(written.flatMap((row) => (row['is_new'] === true ? [row['id']] : [])));
  return rows.filter(({ id }) => fresh.has(id));
}

/** Marks the runs as looked into; those that were not before. */
async function notYetLookedInto(looked: readonly LookedInto[], { query }: Statements): Promise<LookedInto[]> {
  const marked = await query(
    `UPDATE whyred.runs r SET looked = 1
     FROM unnest($1::bigint[], $2::text[]) AS l(job, build)
     WHERE r.job = l.job AND r.build = l.build AND r.looked = 0 RETURNING r.job, r.build`,
    [looked.map(({ run: { job } }) => jobId(job)), looked.map(({ run: { build } }) => build)],
  );
  const fresh = new Set(marked.map((row) => `${String(row['job'])} ${String(row['build'])}`));
  return looked.filter(({ run: { job, build } }) => fresh.has(`${jobId(job)} ${build}`));
}
