// The logs a command is given: files, plain or gzip, and artifacts or whole runs by their URLs, through the sources.
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { safeText } from '../ci/text.ts';
import { readRunLogs } from '../diagnose/run-logs.ts';
import { Lines } from '../logs/lines.ts';
import type { NamedLog } from '../logs/search-all.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { openSources, type SharedValues } from './options.ts';

export interface OpenLog extends NamedLog {
  /** Why this is not the whole log, or nothing of it; null when it is all there. */
  readonly cut: string | null;
}

const MAX_BYTES = 256 * 1024 * 1024;

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
    const read = words.map(async (word): Promise<OpenLog[]> => {
      if (!isUrl(word)) return [readFile(word)];
      const logs = await readRunLogs(word, sources);
      if (logs) return logs;
      throw new UsageError(
        `${word} is no log and no run of a configured CI system, e.g. https://prow.k8s.io/view/gs/…`,
      );
    });
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
