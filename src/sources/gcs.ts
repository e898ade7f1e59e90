// Google Cloud Storage: what a run left in its bucket, listed by the JSON API and read as it is.
import { z } from 'zod';
import { historyPath, type Job } from '../ci/job.ts';
import { encodePath, isBuildId, isObjectPath } from '../ci/names.ts';
import { buildTime, LATEST_TIME, newestFirst, runStateOf, type Run } from '../ci/run.ts';
import { SourceError, isNotFound } from './errors.ts';
import type { Http } from './http.ts';
import { parseJson } from './json.ts';
import type { Artifact, Artifacts, ArtifactList, From } from './ports.ts';

const MINUTE = 60_000;
const LIST_BYTES = 16 * 1024 * 1024;
/** No artifact we read is a web page: it is a login or an error, and must not be kept. */
const HTML_PAGE = /^\s*<(?:!doctype html|html)\b/i;
const MAX_PAGES = 5;
const WINDOWS_DAYS = [1, 7, 30, 180, 720];
/** A run's uploads settle within minutes of its end; only then may they be kept for good. */
const SETTLED_MS = 15 * MINUTE;

const Page = z.object({
  items: z
    .array(
      z.object({
        name: z.string(),
        size: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
      }),
    )
    .optional(),
  nextPageToken: z.string().optional(),
});

const Prefixes = z.object({
  prefixes: z.array(z.string()).optional(),
  items: z.array(z.object({ name: z.string() })).optional(),
  nextPageToken: z.string().optional(),
});
const Started = z.object({ timestamp: z.number().optional() });
const Finished = z.object({
  timestamp: z.number().optional(),
  result: z.string().optional(),
  passed: z.boolean().optional(),
});

/** What a diagnosis can use of a run's folder. The glob (GCS `matchGlob`) and the pattern say the same. */
const USEFUL_GLOB =
  '{*.json,build-log.txt,artifacts/*.json,artifacts/**junit*.xml,artifacts/*/*/finished.json,artifacts/*/*/build-log.txt}';
const USEFUL =
  /^(?:[^/]+\.json|build-log\.txt|artifacts\/[^/]+\.json|artifacts\/.*junit[^/]{0,200}\.xml|artifacts\/[^/]+\/[^/]+\/(?:finished\.json|build-log\.txt))$/;

/** @param base where GCS answers, without a slash at the end */
export function gcs(http: Http, base: string, clock: () => number): Artifacts {
  const keepFor = (run: Run): number | 'for good' => {
    if (run.state === 'pending' || run.state === 'unknown') return MINUTE / 2;
    const ended = (run.started ?? clock()) + (run.durationMs ?? 0);
    return clock() - ended > SETTLED_MS ? 'for good' : MINUTE;
  };

  async function list(run: Run): Promise<From<ArtifactList>> {
    const prefix = `${run.path}/`;
    const artifacts: Artifact[] = [];
    let staleMs: number | null = null;
    let pageToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = new URLSearchParams({
        prefix,
        matchGlob: prefix + USEFUL_GLOB,
        maxResults: '1000',
        fields: 'items(name,size),nextPageToken',
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      const fetched = await http.get({
        service: 'gcs',
        what: `artifacts of run ${run.build}`,
        url: `${base}/storage/v1/b/${run.job.bucket}/o?${query.toString()}`,
        keep: keepFor(run),
        maxBytes: LIST_BYTES,
        partial: 'refuse',
        accept: (body) => Page.parse(parseJson(body.bytes)),
      });
      for (const { name, size } of fetched.value.items ?? []) {
        const path = name.startsWith(prefix) ? name.slice(prefix.length) : '';
        if (USEFUL.test(path) && isObjectPath(name)) artifacts.push({ object: name, path, size: Number(size ?? 0) });
      }
      staleMs = fetched.staleMs ?? staleMs;
      pageToken = fetched.value.nextPageToken;
      if (pageToken === undefined) return { value: { artifacts, cut: false }, staleMs };
    }
    return { value: { artifacts, cut: true }, staleMs };
  }

  /** A page of build ids below the job's folder from `since` (ms) on, oldest first; `more` when it is not all. */
  async function builds(job: Job, since: number | null): Promise<From<{ ids: string[]; more: boolean }>> {
    const prefix = `${historyPath(job)}/`;
    // Build ids are Snowflakes: the id of a moment is where a listing by name can begin.
    const offset =
      since === null ? {} : { startOffset: `${prefix}${(BigInt(Math.round(since)) - 1288834974657n) << 22n}` };
    const query = new URLSearchParams({
      prefix,
      delimiter: '/',
      maxResults: '1000',
      fields: 'prefixes,items(name),nextPageToken',
      ...offset,
    });
    const { value, staleMs } = await http.get({
      service: 'gcs',
      what: `runs of ${job.name} in the bucket`,
      url: `${base}/storage/v1/b/${job.bucket}/o?${query.toString()}`,
      keep: MINUTE,
      maxBytes: LIST_BYTES,
      partial: 'refuse',
      accept: (body) => Prefixes.parse(parseJson(body.bytes)),
    });
    // A periodic's runs are folders; a presubmit's are small files that point to them.
    const names = [...(value.prefixes ?? []), ...(value.items ?? []).map(({ name }) => name)];
    const ids = names.map((name) => name.slice(prefix.length).replace(/(?:\/|\.txt)$/, '')).filter(isBuildId);
    return { value: { ids, more: value.nextPageToken !== undefined }, staleMs };
  }

  /** A small JSON object of a run; null when it is not there. */
  async function readSmall<T>(
    job: Job,
    path: string,
    schema: z.ZodType<T>,
  ): Promise<{ value: T; text: string } | null> {
    try {
      const fetched = await http.get({
        service: 'gcs',
        what: path.slice(path.lastIndexOf('/') + 1),
        url: `${base}/${job.bucket}/${encodePath(path)}`,
        keep: MINUTE,
        maxBytes: 1024 * 1024,
        partial: 'refuse',
        accept: (body) => ({ value: schema.parse(parseJson(body.bytes)), text: body.bytes.toString() }),
      });
      return fetched.value;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  async function readOutcome(job: Job, build: string, path: string): Promise<Run> {
    const [started, finished] = await Promise.all([
      readSmall(job, `${path}/started.json`, Started),
      readSmall(job, `${path}/finished.json`, Finished),
    ]);
    const begin = millisecondsOf(started?.value.timestamp) ?? buildTime(build);
    const end = millisecondsOf(finished?.value.timestamp);
    const result = finished?.value.result ?? (finished?.value.passed === true ? 'SUCCESS' : 'FAILURE');
    return {
      job,
      build,
      path,
      state: finished ? runStateOf(result) : 'pending',
      started: begin,
      durationMs: begin === null || end === null ? null : Math.max(0, end - begin),
      record: finished?.text ?? started?.text ?? build,
      source: {
        service: 'gcs',
        bucket: job.bucket,
        object: `${path}/${finished ? 'finished' : 'started'}.json`,
        build,
      },
    };
  }

  return {
    list,
    hasRuns: async (job) => (await builds(job, null)).value.ids.length > 0,
    run: async (job, build, path) => {
      const run = await readOutcome(job, build, path);
      if (run.record === build)
        throw new SourceError(
          'gcs',
          'not found',
          `run ${build}`,
          'its folder holds no started.json and no finished.json',
        );
      return { value: run, staleMs: null };
    },
    newestRuns: async (job, count) => {
      // A listing is by name, oldest first, and cannot be read from its end: the widest window that fits one page.
      let best: From<{ ids: string[]; more: boolean }> | null = null;
      for (const days of WINDOWS_DAYS) {
        const window = await builds(job, clock() - days * 86_400_000);
        if (window.value.more && best) break;
        best = window;
        if (window.value.ids.length >= count) break;
      }
      const newest = (best?.value.ids ?? [])
        .map((build) => ({ build }))
        .sort(newestFirst)
        .slice(0, count);
      const runs = await Promise.all(
        newest.map(({ build }) => readOutcome(job, build, `logs/${job.name}/${build}`).catch(unlessStopped)),
      );
      return { value: runs.filter((run) => run !== null), staleMs: best?.staleMs ?? null };
    },
    read: async (run, object, maxBytes) => {
      const what = object.startsWith(`${run.path}/`) ? object.slice(run.path.length + 1) : object;
      if (!isObjectPath(object) || !object.startsWith(`${run.path}/`))
        throw new SourceError('gcs', 'not allowed', what, 'not an object of this run');
      const { value, staleMs, generation } = await http.get({
        service: 'gcs',
        what: `${what} of run ${run.build}`,
        url: `${base}/${run.job.bucket}/${encodePath(object)}`,
        keep: keepFor(run),
        maxBytes,
        partial: 'keep',
        accept: (body) => {
          if (HTML_PAGE.test(body.bytes.toString('latin1', 0, 200)))
            throw new Error('an HTML page in place of the object');
          return body;
        },
      });
      const source = {
        service: 'gcs' as const,
        bucket: run.job.bucket,
        object,
        build: run.build,
        ...(generation === null ? {} : { generation }),
      };
      return { value: { source, bytes: value.bytes, cut: value.cut }, staleMs };
    },
  };
}

/** One run that cannot be read leaves the others; a cancelled or unreachable source ends the reading. */
function unlessStopped(error: unknown): null {
  if (error instanceof SourceError && error.problem === 'bad response') return null;
  throw error;
}

/** Seconds since the epoch as milliseconds, for times that can be real; null otherwise. */
const millisecondsOf = (seconds: number | undefined): number | null =>
  seconds !== undefined && seconds > 0 && seconds * 1000 < LATEST_TIME ? seconds * 1000 : null;
