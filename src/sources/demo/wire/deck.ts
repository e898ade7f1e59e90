// Prow deck: job history, the current jobs, pull request history, and the page of a run.
import { HOUR, rfc3339 } from '../clock.ts';
import type { DemoJob, DemoRun } from '../model.ts';
import { prowJob, refsOf, resultOf, type ProwJob } from './metadata.ts';
import { pullHistory } from './pull-history.ts';
import { escapeMarkup, html, respond, text, type WireResponse } from './response.ts';

const HISTORY_PAGE = 20;
/** How long Prow keeps its job objects. */
const LIVE = 48 * HOUR;

/** @param path the segments below `/deck`, decoded */
export function deck(
  jobs: readonly DemoJob[],
  now: number,
  path: readonly string[],
  query: URLSearchParams,
): WireResponse {
  const [page, scheme, bucket = '', ...rest] = path;
  const place = rest.join('/');
  if (page === 'job-history' && scheme === 'gs') return jobHistory(jobs, bucket, place, query.get('buildId'));
  if (page === 'prowjobs.js') return prowJobs(jobs, now, query);
  if (page === 'pr-history') return pullHistory(jobs, query);
  if (page === 'view' && scheme === 'gs') return spyglass(jobs, bucket, place);
  return html('<html><body>404 page not found</body></html>', 404);
}

function jobHistory(jobs: readonly DemoJob[], bucket: string, place: string, from: string | null): WireResponse {
  const job = jobs.find((candidate) => candidate.bucket === bucket && candidate.history === place);
  if (!job) return text(`failed to get job history: invalid url: job ${place} not found in bucket ${bucket}`, 404);
  if (from !== null && !/^\d{1,20}$/.test(from))
    return text('failed to get job history: invalid value for buildId', 400);
  const isWithin = (run: DemoRun): boolean => from === null || BigInt(run.build) <= BigInt(from);
  const within = job.runs.filter(isWithin);
  const shown = within.slice(0, HISTORY_PAGE);
  const older = within[HISTORY_PAGE];
  const newer = job.runs.length > within.length;
  const self = `/job-history/gs/${job.bucket}/${job.history}`;
  const builds = shown.map((run) => ({
    SpyglassLink: `/view/gs/${job.bucket}/${run.folder}`,
    ID: run.build,
    Started: rfc3339(run.started),
    Duration: (run.ended - run.started) * 1_000_000,
    Result: resultOf(run),
    Refs: refsOf(job, run),
  }));
  return html(`<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <title>Job History: ${job.history}</title>
<script type="text/javascript">
  var allBuilds = ${inScript(builds)};
</script>
</head>
<body id="job-history">
<main class="mdl-layout__content">
  <div class="pagination">
    ${older ? `<a href="${self}?buildId=${older.build}">&lt;- Older Runs</a>` : '<span>&lt;- Older Runs</span>'}
    ${newer ? `<a href="${self}">Newest Runs -&gt;</a>` : ''}
  </div>
  <table id="history-table" class="mdl-data-table"></table>
</main>
</body>
</html>
`);
}

/** JSON inside a script element, with `<` escaped as Go's template does. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');

function prowJobs(jobs: readonly DemoJob[], now: number, query: URLSearchParams): WireResponse {
  const omitted = new Set((query.get('omit') ?? '').split(','));
  const wanted = query.get('job');
  const items = jobs
    .filter((job) => wanted === null || job.name === wanted)
    .flatMap((job) => job.runs.filter((run) => run.started > now - LIVE).map((run) => ({ job, run })))
    .sort((a, b) => b.run.started - a.run.started)
    .map(({ job, run }) => without(prowJob(job, run), omitted));
  const name = query.get('var');
  const body = JSON.stringify({ items });
  if (name === null || !/^\w{1,40}$/.test(name)) return respond(200, 'application/json', body);
  return respond(200, 'application/javascript', `var ${name} = ${body};`);
}

/** The ProwJob without the fields that the client does not want. */
function without(prowjob: ProwJob, omitted: ReadonlySet<string>): ProwJob {
  const kept = (part: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(part).filter(([field]) => !omitted.has(field)));
  return { ...prowjob, metadata: kept(prowjob.metadata), spec: kept(prowjob.spec) };
}

function spyglass(jobs: readonly DemoJob[], bucket: string, place: string): WireResponse {
  const folder = place.replace(/\/$/, '');
  const job = jobs.find(
    (candidate) => candidate.bucket === bucket && candidate.runs.some((run) => run.folder === folder),
  );
  const title = escapeMarkup(job?.name ?? folder);
  if (!job) return text(`error: could not find ${bucket}/${folder}`, 404);
  return html(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><title>${title}</title></head>
<body>
<script type="text/javascript">
  var src = ${inScript(`gs/${bucket}/${folder}`)};
  var lensArtifacts = {"0":["finished.json","prowjob.json","started.json"],"1":["build-log.txt"]};
</script>
</body>
</html>
`);
}
