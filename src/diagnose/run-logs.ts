// The logs that an address names: one artifact, or all logs of a run, its own first.
import type { Run } from '../ci/run.ts';
import { parseAddress } from '../ci/address.ts';
import { Lines } from '../logs/lines.ts';
import type { NamedLog } from '../logs/search-all.ts';
import { SourceError } from '../sources/errors.ts';
import type { CiSystem, Document, Sources } from '../sources/ports.ts';

/** A log of a run. Its name is a `gs://` address, which every reader of logs takes again. */
export interface RunLog extends NamedLog {
  readonly ci: CiSystem;
  readonly run: Run;
  /** Full object name in the bucket. */
  readonly object: string;
  /** Null where nothing of it could be read. */
  readonly document: Document | null;
  /** Why this is not the whole log, or nothing of it; null when it is all there. */
  readonly cut: string | null;
}

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_RUN_LOGS = 40;
const AT_ONCE = 4;
/** All logs of a run together: they are held side by side. */
const MAX_TOGETHER = 128 * 1024 * 1024;

/**
 * Reads the logs at `url`; of a run all of them, of which what cannot be read is an empty log that says why. Null for
 * what is no address of a run of a configured system.
 * @throws SourceError for a single log, or a run, that cannot be fetched
 */
export async function readRunLogs(url: string, { systems }: Sources, maxBytes = MAX_BYTES): Promise<RunLog[] | null> {
  const address = parseAddress(
    url,
    systems.map(({ system }) => system),
  );
  const ci = systems.find(({ system }) => address?.kind === 'run' && system.name === address.job.system);
  if (address?.kind !== 'run' || !ci) return null;
  const { value: run } = await ci.artifacts.run(address.job, address.build, address.path);
  if (address.artifact !== null) return [await readOne(ci, run, `${run.path}/${address.artifact}`, maxBytes)];
  return readAll({ ci, run }, maxBytes);
}

/** All logs of a run, its own first. @throws SourceError when it has none, or its artifacts cannot be listed */
export async function readAll({ ci, run }: { ci: CiSystem; run: Run }, maxBytes = MAX_BYTES): Promise<RunLog[]> {
  const objects = await logsOf(ci, run);
  const read: RunLog[] = [];
  let left = MAX_TOGETHER;
  for (let i = 0; i < objects.length; i += AT_ONCE) {
    const some = objects.slice(i, i + AT_ONCE).map(async (object, n) => {
      if (i + n >= MAX_RUN_LOGS) return nothingOf(ci, run, object, `the run has more than ${MAX_RUN_LOGS} logs`);
      if (left <= 0) return nothingOf(ci, run, object, 'the logs before it are too large: search it by itself');
      return readOne(ci, run, object, Math.min(maxBytes, left)).catch((error: unknown) =>
        emptyLog(ci, run, object, error),
      );
    });
    const logs = await Promise.all(some);
    left -= logs.reduce((sum, { lines }) => sum + lines.bytes.length, 0);
    read.push(...logs);
  }
  return read;
}

async function readOne(ci: CiSystem, run: Run, object: string, maxBytes: number): Promise<RunLog> {
  const { value: document, staleMs } = await ci.artifacts.read(run, object, maxBytes);
  const old = staleMs === null ? null : 'the source did not answer: this is an older copy';
  const lines = new Lines(document.bytes);
  return { name: nameOf(run, object), ci, run, object, document, lines, cut: document.cut ?? old };
}

function emptyLog(ci: CiSystem, run: Run, object: string, error: unknown): RunLog {
  if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
  return nothingOf(ci, run, object, `${error.problem} (${error.detail})`);
}

const nothingOf = (ci: CiSystem, run: Run, object: string, cut: string): RunLog => ({
  name: nameOf(run, object),
  ci,
  run,
  object,
  document: null,
  lines: new Lines(Buffer.alloc(0)),
  cut,
});

const nameOf = ({ job }: Run, object: string): string => `gs://${job.bucket}/${object}`;

async function logsOf(ci: CiSystem, run: Run): Promise<string[]> {
  const { value } = await ci.artifacts.list(run);
  const objects = value.artifacts
    .filter(({ path }) => /(?:^|\/)build-log\.txt$/.test(path))
    .map(({ object }) => object);
  if (objects.length === 0) throw new SourceError('gcs', 'not found', `logs of run ${run.build}`, 'the run left none');
  return objects.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}
