// The logs that a URL names, read through the sources: one artifact, or all logs of a run.
import { parseAddress } from '../ci/address.ts';
import type { Run } from '../ci/run.ts';
import { Lines } from '../logs/lines.ts';
import type { NamedLog } from '../logs/search-all.ts';
import { SourceError } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';

export interface OpenLog extends NamedLog {
  /** Why this is not the whole log as it is now, or nothing of it; null when it is all there. */
  readonly cut: string | null;
}

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_RUN_LOGS = 40;

/** A run of a configured CI system, and which of its artifacts its URL names. */
interface Place {
  readonly ci: CiSystem;
  readonly run: Run;
  readonly artifact: string | null;
}

/**
 * All logs of the run that `url` names, its own first, or the one artifact; null for what is no run of a configured CI
 * system. What of a run cannot be read is an empty log that says why.
 * @throws SourceError when the run or the artifact cannot be read
 */
export async function readLogs(url: string, sources: Sources): Promise<OpenLog[] | null> {
  const place = await placeOf(url, sources);
  if (!place) return null;
  const { ci, run, artifact } = place;
  if (artifact !== null) return [await fetchLog(ci, run, `${run.path}/${artifact}`)];
  const objects = await logsOf(ci, run);
  const read = objects.map(async (object, i) => {
    if (i >= MAX_RUN_LOGS) return nothingOf(run, object, `the run has more than ${MAX_RUN_LOGS} logs`);
    return fetchLog(ci, run, object).catch((error: unknown) => emptyLog(run, object, error));
  });
  return Promise.all(read);
}

/**
 * The artifact that `url` names, or the run's own log; null for what is no run of a configured CI system.
 * @throws SourceError when it cannot be read
 */
export async function readOneLog(url: string, sources: Sources): Promise<OpenLog | null> {
  const place = await placeOf(url, sources);
  return place && fetchLog(place.ci, place.run, `${place.run.path}/${place.artifact ?? 'build-log.txt'}`);
}

async function placeOf(url: string, { systems }: Sources): Promise<Place | null> {
  const address = parseAddress(
    url,
    systems.map(({ system }) => system),
  );
  if (address?.kind !== 'run') return null;
  const ci = systems.find(({ system }) => system.name === address.job.system);
  if (!ci) return null;
  const { value: run } = await ci.artifacts.run(address.job, address.build, address.path);
  return { ci, run, artifact: address.artifact };
}

async function fetchLog(ci: CiSystem, run: Run, object: string): Promise<OpenLog> {
  const { value, staleMs } = await ci.artifacts.read(run, object, MAX_BYTES);
  const age = staleMs === null ? null : 'the source did not answer: this is an older copy';
  return {
    name: nameOf(run, object),
    lines: new Lines(value.bytes),
    cut: value.cut === null ? age : `${value.cut} after ${value.bytes.length} bytes`,
  };
}

function emptyLog(run: Run, object: string, error: unknown): OpenLog {
  if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
  return nothingOf(run, object, `${error.problem} (${error.detail})`);
}

const nothingOf = (run: Run, object: string, cut: string): OpenLog => ({
  name: nameOf(run, object),
  lines: new Lines(Buffer.alloc(0)),
  cut,
});

/** What `whyred lines` takes again. */
const nameOf = ({ job }: Run, object: string): string => `gs://${job.bucket}/${object}`;

/** The logs of a run, its own first. */
async function logsOf(ci: CiSystem, run: Run): Promise<string[]> {
  const { value } = await ci.artifacts.list(run);
  const objects = value.artifacts
    .filter(({ path }) => /(?:^|\/)build-log\.txt$/.test(path))
    .map(({ object }) => object);
  if (objects.length === 0) throw new SourceError('gcs', 'not found', `logs of run ${run.build}`, 'the run left none');
  return objects.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}
