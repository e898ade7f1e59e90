// History as rows, the same on every engine. Ids are made from names: whatever is kept in whatever order, by whichever
// process, has the same id. Of a million names two have the same 52 bits with a chance of 1 in 9,000.
import { createHash } from 'node:crypto';
import type { Job } from '../ci/job.ts';
import { jobKey } from '../ci/job.ts';
import type { Locus } from '../ci/verdict.ts';
import type { Signature } from '../logs/signature.ts';
import { bandsOf } from '../logs/signature-bands.ts';
import type { Cluster, KeptRun, LookedInto, PastFailure, PastRun } from './history.ts';
import type { Row } from './rows.ts';

export const DAY_MS = 86_400_000;
const ID_HEX = 13;

/** How many signatures of a band are looked at. */
export const NEAR_IN_BAND = 40;

const idOf = (name: string): number => parseInt(createHash('sha256').update(name).digest('hex').slice(0, ID_HEX), 16);

export const jobId = (job: Job): number => idOf(`${job.system}\n${jobKey(job)}`);
export const signatureId = (key: string): number => idOf(key);

/** Days since the epoch, UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS);

type Value = string | number | null;

/** Rows by table: names of columns to values. */
export type Rows = Readonly<Record<string, Value>>[];

export const jobRows = (jobs: readonly Job[]): Rows =>
  [...new Map(jobs.map((job) => [jobId(job), job]))].map(([id, { system, bucket, kind, name }]) => ({
    id,
    system,
    bucket,
    kind,
    name,
  }));

export const runRows = (runs: readonly KeptRun[]): Rows =>
  runs.map(({ job, build, result, class: name, started, ended }) => ({
    job: jobId(job),
    build,
    result,
    class: name,
    started,
    ended,
    looked: 0,
  }));

export function failureRows(looked: readonly LookedInto[]): Rows {
  return looked.flatMap(({ run, failures }) =>
    failures.map(({ step, test, locus, signature, headline }, place) => ({
      day: dayOf(run.started),
      job: jobId(run.job),
      build: run.build,
      place,
      started: run.started,
      step,
      test,
      locus,
      signature: signature && signatureId(signature.key),
      headline,
    })),
  );
}

/** Each signature once, with the newest day on which something fails with it. */
export function signatureRows(looked: readonly LookedInto[]): Rows {
  const rows = new Map<string, Rows[number] & { last: number }>();
  for (const { run, failures } of looked)
    for (const { signature } of failures) {
      if (!signature) continue;
      const { key, pattern } = signature;
      const last = Math.max(dayOf(run.started), rows.get(key)?.last ?? 0);
      rows.set(key, { id: signatureId(key), key, pattern, last });
    }
  return [...rows.values()];
}

export function bandRows(looked: readonly LookedInto[]): Rows {
  const all = looked.flatMap(({ failures }) => failures.flatMap(({ signature }) => signature ?? []));
  const signatures = new Map(all.map((signature) => [signature.key, signature]));
  return [...signatures.values()].flatMap((signature) =>
    bandsOf(signature).map((band) => ({ band, signature: signatureId(signature.key) })),
  );
}

/** The ways of failing since a day, those of most runs first: a run counts once. */
export const clustersSql = (schema: string, day: string, most: string): string => `
  SELECT s.key, s.pattern, c.runs, c.jobs, c.first, c.last, c.headline
  FROM (SELECT signature, count(*) AS runs, count(DISTINCT job) AS jobs, min(started) AS first, max(started) AS last,
          max(headline) AS headline
        FROM (SELECT signature, job, build, min(started) AS started, max(headline) AS headline
              FROM ${schema}failures WHERE day >= ${day} AND signature IS NOT NULL
              GROUP BY signature, job, build) AS once
        GROUP BY signature) AS c
  JOIN ${schema}signatures s ON s.id = c.signature
  ORDER BY c.runs DESC, s.key LIMIT ${most}`;

export const pastRunOf = (row: Row): PastRun => ({
  build: row['build'] as string,
  result: row['result'] as PastRun['result'],
  class: row['class'] as string | null,
  started: row['started'] as number,
  ended: row['ended'] as number | null,
  isLookedInto: row['looked'] === 1,
});

/** Of a failure joined with its job (`name`, `kind`, `bucket`, `system`) and its signature's `key`. */
export const pastFailureOf = (row: Row): PastFailure => ({
  job: {
    system: row['system'] as string,
    bucket: row['bucket'] as string,
    kind: row['kind'] as Job['kind'],
    name: row['name'] as string,
  },
  build: row['build'] as string,
  started: row['started'] as number,
  step: row['step'] as string | null,
  test: row['test'] as string | null,
  locus: row['locus'] as Locus,
  signature: row['key'] as string,
  headline: row['headline'] as string,
});

export const signatureOfRow = (row: Row): Signature => ({
  key: row['key'] as string,
  pattern: row['pattern'] as string,
});

export const clusterOf = (row: Row): Cluster => ({
  signature: signatureOfRow(row),
  runs: row['runs'] as number,
  jobs: row['jobs'] as number,
  first: row['first'] as number,
  last: row['last'] as number,
  headline: row['headline'] as string,
});
