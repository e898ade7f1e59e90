// Prow deck: a job's history, the jobs of the last days, and the runs of a pull request, read from its pages.
import { z } from 'zod';
import { parseObjectPath } from '../ci/address.ts';
import type { Source } from '../ci/evidence.ts';
import type { Job } from '../ci/job.ts';
import { historyPath, pullKey } from '../ci/job.ts';
import { encodePath, isBuildId, isJobName } from '../ci/names.ts';
import { LATEST_TIME, newestFirst, runStateOf, type Run, type RunState } from '../ci/run.ts';
import type { System } from '../ci/system.ts';
import { SourceError } from './errors.ts';
import type { Http } from './http.ts';
import { endOfJson, parseJson } from './json.ts';
import type { HistoryPage, PullJob, RecentJob, Runs } from './ports.ts';

const MINUTE = 60_000;
const PAGE_BYTES = 8 * 1024 * 1024;
const PROWJOBS_BYTES = 64 * 1024 * 1024;

const HistoryEntry = z.object({
  SpyglassLink: z.string(),
  ID: z.string().refine(isBuildId),
  Started: z.string().optional(),
  /** Nanoseconds. */
  Duration: z.number().optional(),
  Result: z.string().optional(),
});

const ProwJobs = z.object({
  items: z.array(
    z.object({
      spec: z.object({ job: z.string().optional(), type: z.string().optional() }).optional(),
      status: z
        .object({ state: z.string().optional(), build_id: z.string().optional(), url: z.string().optional() })
        .optional(),
    }),
  ),
});

/** @param base where deck answers, without a slash at the end */
export function deck(http: Http, base: string, system: System): Runs {
  return {
    history: (job, from) => {
      const page = `/job-history/gs/${job.bucket}/${encodePath(historyPath(job))}${from === undefined ? '' : `?buildId=${from}`}`;
      return http.get({
        service: 'deck',
        what: `history of ${job.name}`,
        url: base + page,
        keep: MINUTE,
        maxBytes: PAGE_BYTES,
        partial: 'refuse',
        accept: (body) => readHistory(body.bytes.toString(), job, page),
      });
    },
    recent: () =>
      http.get({
        service: 'deck',
        what: `current jobs of ${system.name}`,
        url: `${base}/prowjobs.js?omit=annotations,labels,decoration_config,pod_spec`,
        keep: 2 * MINUTE,
        maxBytes: PROWJOBS_BYTES,
        partial: 'refuse',
        accept: (body) => readRecent(body.bytes.toString(), system),
      }),
    pull: (pull) => {
      const page = `/pr-history/?org=${encodeURIComponent(pull.org)}&repo=${encodeURIComponent(pull.repo)}&pr=${pull.number}`;
      return http.get({
        service: 'deck',
        what: `runs of ${pullKey(pull)}`,
        url: base + page,
        keep: MINUTE,
        maxBytes: PAGE_BYTES,
        partial: 'refuse',
        accept: (body) => readPull(body.bytes.toString(), system, page),
      });
    },
  };
}

/** The runs in a job-history page: `var allBuilds = [{…}]`, each kept with its exact text. */
function readHistory(html: string, job: Job, page: string): HistoryPage {
  const start = html.search(/var allBuilds\s*=\s*\[/);
  if (start < 0) throw new Error('no allBuilds in the page');
  const open = html.indexOf('[', start);
  const end = endOfJson(html, open);
  if (end < 0) throw new Error('allBuilds does not end');
  const runs: Run[] = [];
  const source: Source = { service: 'deck', bucket: null, object: page };
  let skipped = 0;
  let malformed = 0;
  for (let at = html.indexOf('{', open); at >= 0 && at < end;) {
    const stop = endOfJson(html, at);
    const record = html.slice(at, stop);
    const entry = HistoryEntry.safeParse(parseJson(record));
    if (!entry.success) malformed += 1;
    const run = entry.success ? readEntry(entry.data, job, record, source) : null;
    if (run) runs.push(run);
    else skipped += 1;
    at = html.indexOf('{', stop);
  }
  if (runs.length === 0 && malformed > 0) throw new Error('no entry is in the expected form');
  if (runs.length === 0 && skipped > 0)
    throw new SourceError('deck', 'not found', `history of ${job.name}`, `not in bucket ${job.bucket}`);
  const older = OLDER.exec(html)?.[1] ?? null;
  return { runs: runs.toSorted(newestFirst), skipped, older };
}

function readEntry(entry: z.infer<typeof HistoryEntry>, job: Job, record: string, source: Source): Run | null {
  const place = /^\/view\/gs\/([^/]+)\/(.+)$/.exec(entry.SpyglassLink);
  if (place?.[1] !== job.bucket) return null;
  const address = parseObjectPath(job.system, job.bucket, place[2] ?? '');
  if (address?.kind !== 'run' || address.job.name !== job.name) return null;
  const started = Date.parse(entry.Started ?? '');
  const state = runStateOf(entry.Result ?? '');
  return {
    job,
    build: entry.ID,
    path: address.path,
    state,
    started: started > 0 && started < LATEST_TIME ? started : null,
    durationMs: state === 'pending' || entry.Duration === undefined ? null : Math.max(0, entry.Duration / 1e6),
    record,
    source: { ...source, build: entry.ID },
  };
}

/** The jobs in prowjobs.js, each job once, by its newest run. */
function readRecent(text: string, system: System): RecentJob[] {
  const json = text.replace(/^\s*var\s+\w+\s*=\s*/, '').replace(/;\s*$/, '');
  const newest = new Map<string, RecentJob>();
  for (const { spec, status } of ProwJobs.parse(parseJson(json)).items) {
    const name = spec?.job ?? '';
    const place = /\/view\/gs\/([^/]{1,100})\//.exec(status?.url ?? '');
    const bucket = place?.[1] ?? system.buckets[0] ?? '';
    const build = status?.build_id ?? '';
    if (!isJobName(name) || !isBuildId(build) || !system.buckets.includes(bucket)) continue;
    const kind = spec?.type === 'presubmit' || spec?.type === 'batch' ? 'presubmit' : 'periodic';
    const known = newest.get(name);
    if (known && newestFirst(known, { build }) < 0) continue;
    const job: Job = { system: system.name, bucket, kind, name };
    newest.set(name, { job, build, state: runStateOf(status?.state ?? '') });
  }
  return [...newest.values()];
}

/** The link to the page of older runs. */
const OLDER = /\?buildId=(\d{1,20})"[^<>]{0,100}>\s{0,9}&lt;-\s{0,9}Older/;

/** A table cell of a run. Every part is bounded: pages are up to 8 MB and name what people wrote. */
const CELL =
  /<td class="[\w -]{0,80}\b(run-[a-z]{1,20})\b[\w -]{0,80}">\s{0,80}<a href="\/view\/gs\/([^/"<>]{1,100})\/([^"<>]{1,900})"/g;

const RUN_CLASS: Record<string, RunState> = {
  'run-success': 'passed',
  'run-failure': 'failed',
  'run-pending': 'pending',
  'run-aborted': 'aborted',
  'run-error': 'error',
};

/** The jobs of a pr-history page, each with its runs newest first. Runs are table cells that link to Spyglass. */
function readPull(html: string, system: System, page: string): PullJob[] {
  if (!/<title>[^<]*PR History/i.test(html)) throw new Error('not a pr-history page');
  const jobs = new Map<string, PullJob & { runs: Run[] }>();
  for (const cell of html.matchAll(CELL)) {
    const [record, css = '', bucket = '', path = ''] = cell;
    if (!system.buckets.includes(bucket)) continue;
    const address = parseObjectPath(system.name, bucket, path.replace(/\/$/, ''));
    if (address?.kind !== 'run') continue;
    const entry = jobs.get(address.job.name) ?? { job: address.job, runs: [] };
    const state = RUN_CLASS[css] ?? 'unknown';
    entry.runs.push({
      job: address.job,
      build: address.build,
      path: address.path,
      state,
      started: null,
      durationMs: null,
      record,
      source: { service: 'deck', bucket: null, object: page, build: address.build },
    });
    jobs.set(address.job.name, entry);
  }
  return [...jobs.values()].map(({ job, runs }) => ({ job, runs: runs.toSorted(newestFirst) }));
}
