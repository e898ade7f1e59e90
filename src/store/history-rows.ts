// History as rows, the same on every engine. Ids are made from names: whatever is kept in whatever order, by whichever
// process, has the same id. Of a million names two have the same 52 bits with a chance of 1 in 9,000.
import { createHash } from 'node:crypto';
import type { Job } from '../ci/job.ts';
import { jobKey } from '../ci/job.ts';
import type { Locus } from '../ci/verdict.ts';
import type { Signature } from '../logs/signature.ts';
import { bandsOf } from '../logs/signature-bands.ts';
import type { Cluster, HistoryStore, KeptRun, LookedInto, PastFailure, PastRun } from './history.ts';
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
export type Rows = readonly Readonly<Record<string, Value>>[];

export interface SignatureRow {
  readonly id: number;
  readonly key: string;
  readonly pattern: string;
  readonly first_seen: number;
  readonly last_seen: number;
}

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
    started: Math.round(started),
    ended: ended === null ? null : Math.round(ended),
    looked: 0,
  }));

export function failureRows(looked: readonly LookedInto[]): Rows {
  return looked.flatMap(({ run, failures }) =>
    failures.map(({ step, test, locus, signature, headline }, place) => ({
      day: dayOf(Math.round(run.started)),
      job: jobId(run.job),
      build: run.build,
      place,
      started: Math.round(run.started),
      step,
      test,
      locus,
      signature: signature && signatureId(signature.key),
      headline,
    })),
  );
}

/** Each signature once, with when runs began that failed with it first and last; ordered by id. */
export function signatureRows(looked: readonly LookedInto[]): SignatureRow[] {
  const rows = new Map<string, SignatureRow>();
  for (const { run, failures } of looked)
    for (const { signature } of failures) {
      if (!signature) continue;
      const { key, pattern } = signature;
      const at = Math.round(run.started);
      const { first_seen: first = at, last_seen: last = at } = rows.get(key) ?? {};
      const seen = { first_seen: Math.min(first, at), last_seen: Math.max(last, at) };
      rows.set(key, { id: signatureId(key), key, pattern, ...seen });
    }
  return [...rows.values()].sort((a, b) => a.id - b.id);
}

/** The bands of signatures by their rows. */
export const bandRows = (signatures: readonly SignatureRow[]): Rows =>
  signatures.flatMap((signature) => bandsOf(signature).map((band) => ({ band, signature: signature.id })));

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

/** The newest of what several signatures gave, and since when the first of them is known. */
export const failuresOfRows = (
  failures: readonly PastFailure[],
  signatures: readonly Row[],
  most: number,
): Awaited<ReturnType<HistoryStore['failuresWith']>> => ({
  newest: failures.toSorted((a, b) => b.started - a.started).slice(0, most),
  since: signatures.length === 0 ? null : Math.min(...signatures.map((row) => Number(row['first_seen']))),
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
