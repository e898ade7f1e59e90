// The logs a command is given: files, plain or gzip, and artifacts or whole runs by their URLs, through the sources.
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseAddress } from '../ci/address.ts';
import type { Run } from '../ci/run.ts';
import { safeText } from '../ci/text.ts';
import { Lines } from '../logs/lines.ts';
import type { NamedLog } from '../logs/search-all.ts';
import { SourceError } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { openSources, type SharedValues } from './options.ts';

export interface OpenLog extends NamedLog {
  /** Why this is not the whole log, or nothing of it; null when it is all there. */
  readonly cut: string | null;
}

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_RUN_LOGS = 40;

/**
 * Reads the logs that `words` name, in order; of a run all its logs, its own first. What of a run cannot be read is an
 * empty log that says why.
 * @throws UsageError for what is neither a readable file nor an address of a configured system
 * @throws SourceError for what cannot be fetched
 */
export async function openLogs(words: readonly string[], values: SharedValues, io: Io): Promise<OpenLog[]> {
  if (!words.some(isUrl)) return words.map(readFile);
  const sources = openSources(values, io);
  try {
    const read = words.map(async (word) => (isUrl(word) ? fetchLogs(word, sources) : [readFile(word)]));
    return (await Promise.all(read)).flat();
  } finally {
    await sources.close();
  }
}

/** Says on stderr which logs are not whole. */
export function sayCut(logs: readonly OpenLog[], { stderr }: Io): void {
  for (const { name, cut } of logs)
    if (cut !== null) stderr.write(`whyred: ${safeText(`${name}: ${cut}`)}; it is not all there\n`);
}

const isUrl = (word: string): boolean => /^(?:https?|gs):\/\//.test(word);

function readFile(path: string): OpenLog {
  let bytes: Buffer;
  try {
    if (statSync(path).size > MAX_BYTES) throw new UsageError(`${path} is larger than ${MAX_BYTES} bytes`);
    bytes = readFileSync(path);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read, plain or gzip`);
  }
  return { name: path, lines: new Lines(bytes), cut: null };
}

async function fetchLogs(url: string, { systems }: Sources): Promise<OpenLog[]> {
  const address = parseAddress(
    url,
    systems.map(({ system }) => system),
  );
  const ci = systems.find(({ system }) => address?.kind === 'run' && system.name === address.job.system);
  if (address?.kind !== 'run' || !ci)
    throw new UsageError(`${url} is no log and no run of a configured CI system, e.g. https://prow.k8s.io/view/gs/…`);
  const { value: run } = await ci.artifacts.run(address.job, address.build, address.path);
  if (address.artifact !== null) return [await fetchLog(ci, run, `${run.path}/${address.artifact}`)];
  const objects = await logsOf(ci, run);
  const read = objects.map(async (object, i) => {
    if (i >= MAX_RUN_LOGS) return nothingOf(run, object, `the run has more than ${MAX_RUN_LOGS} logs`);
    return fetchLog(ci, run, object).catch((error: unknown) => emptyLog(run, object, error));
  });
  return Promise.all(read);
}

async function fetchLog(ci: CiSystem, run: Run, object: string): Promise<OpenLog> {
  const { value } = await ci.artifacts.read(run, object, MAX_BYTES);
  return { name: nameOf(run, object), lines: new Lines(value.bytes), cut: value.cut };
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
