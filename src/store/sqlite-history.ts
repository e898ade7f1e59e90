// History in SQLite.
import type { SQLInputValue } from 'node:sqlite';
import type { Batch } from './batch.ts';
import type { HistoryStore, LookedInto } from './history.ts';
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
} from './history-rows.ts';
import { bandsOf } from '../logs/signature-bands.ts';
import type { Row } from './rows.ts';

export interface Statements {
  /** The number of rows that were written. */
  readonly run: (sql: string, ...values: SQLInputValue[]) => number;
  readonly all: (sql: string, ...values: SQLInputValue[]) => Row[];
}

const PAST = `SELECT f.*, j.system, j.bucket, j.kind, j.name, s.key
  FROM failures f JOIN jobs j ON j.id = f.job JOIN signatures s ON s.id = f.signature`;

const CLUSTERS = clustersSql('', '?', '?');

export function createSqliteHistory({ run, all }: Statements, batch: Batch): HistoryStore {
  const asked = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
  const does = (work: () => unknown): Promise<void> => batch.write(() => void work());
  /** How many were not there. */
  const insert = (table: string, rows: Rows, onConflict = 'DO NOTHING'): number => {
    const [first] = rows;
    if (!first) return 0;
    const names = Object.keys(first);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
      ON CONFLICT ${onConflict}`;
    return rows.reduce((written, row) => written + run(sql, ...Object.values(row)), 0);
  };
  const isNew = ({ run: { job, build } }: LookedInto): boolean =>
    run('UPDATE runs SET looked = 1 WHERE job = ? AND build = ? AND looked = 0', jobId(job), build) === 1;

  return {
    keepRuns: (runs) =>
      does(() => {
        insert('jobs', jobRows(runs.map(({ job }) => job)));
        insert('runs', runRows(runs));
      }),
    keepFailures: (looked) =>
      does(() => {
        const fresh = looked.filter(isNew);
        const signatures = signatureRows(fresh);
        const unknown = signatures.filter((row) => insert('signatures', [{ ...row }]) === 1);
        insert('signature_bands', bandRows(unknown));
        for (const { id, first_seen: first, last_seen: last } of signatures)
          run(
            `UPDATE signatures SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)
             WHERE id = ? AND (first_seen > ? OR last_seen < ?)`,
            ...[first, last, id, first, last],
          );
        insert('failures', failureRows(fresh));
      }),
    runsOf: (job, since) =>
      asked(() =>
        all('SELECT * FROM runs WHERE job = ? AND started >= ? ORDER BY started DESC', jobId(job), since).map(
          pastRunOf,
        ),
      ),
    failuresOf: (job, since) =>
      asked(() =>
        all(`${PAST} WHERE f.job = ? AND f.day >= ? ORDER BY f.started DESC, f.place`, jobId(job), dayOf(since)).map(
          pastFailureOf,
        ),
      ),

    readBackTo: (job) =>
      asked(
        () => (all('SELECT since FROM job_reading WHERE job = ?', jobId(job))[0]?.['since'] ?? null) as number | null,
      ),
    keepReadBackTo: (job, since) =>
      does(() => {
        insert('jobs', jobRows([job]));
        insert('job_reading', [{ job: jobId(job), since }], '(job) DO UPDATE SET since = min(since, excluded.since)');
      }),

    failuresWith: (keys, most) =>
      asked(() => {
        const newest = keys.flatMap((key) =>
          all(`${PAST} WHERE f.signature = ? ORDER BY f.day DESC LIMIT ?`, signatureId(key), most).map(pastFailureOf),
        );
        const since = keys.flatMap((key) => all('SELECT first_seen FROM signatures WHERE id = ?', signatureId(key)));
        return failuresOfRows(newest, since, most);
      }),
    candidatesNear: (signature) =>
      asked(() => {
        const rows = bandsOf(signature).flatMap((band) =>
          all(
            `SELECT s.key, s.pattern FROM signature_bands b JOIN signatures s ON s.id = b.signature
             WHERE b.band = ? LIMIT ?`,
            band,
            NEAR_IN_BAND,
          ),
        );
        const near = new Map(rows.map((row) => [row['key'], signatureOfRow(row)]));
        near.delete(signature.key);
        return [...near.values()];
      }),
    clusters: (since, most) => asked(() => all(CLUSTERS, dayOf(since), most).map(clusterOf)),

    forgetBefore: (before) =>
      does(() => {
        const day = dayOf(before);
        run('DELETE FROM failures WHERE day < ?', day);
        run('DELETE FROM signatures WHERE last_seen < ?', day * DAY_MS);
        run('DELETE FROM signature_bands WHERE signature NOT IN (SELECT id FROM signatures)');
        run('DELETE FROM runs WHERE started < ?', day * DAY_MS);
        run('UPDATE job_reading SET since = max(since, ?)', day * DAY_MS);
      }),
  };
}
