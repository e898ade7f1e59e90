// whyred log <path|url>...
import { jsonLine } from '../../answer/json.ts';
import { logDocument, logText, type SummarizedLog } from '../../answer/log-document.ts';
import { parseAddress } from '../../ci/address.ts';
import { safeText } from '../../ci/text.ts';
import { Baseline } from '../../logs/baseline.ts';
import { compareLogs } from '../../logs/compare.ts';
import { Lines } from '../../logs/lines.ts';
import { LogScan } from '../../logs/scan.ts';
import { findSimilar, type Signature } from '../../logs/signature.ts';
import { summarizeScan } from '../../logs/summarize.ts';
import { SourceError } from '../../sources/errors.ts';
import { readLogFile, UnreadableFile } from '../../sources/log-file.ts';
import type { Sources } from '../../sources/ports.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, type Io } from '../io.ts';
import { openSources } from '../options.ts';

const BUDGET = 1_000;
const MAX_BUDGET = 100_000;
const URL_BYTES = 256 * 1024 * 1024;
/** Logs up to this size are held side by side to be compared; larger passing logs still tell what is new. */
const COMPARED_BYTES = 32 * 1024 * 1024;

export const log: Command = {
  name: 'log',
  usage: 'log <path|url>...',
  summary: 'the lines of a log that say why; --budget N tokens, --baseline <passing log>',
  run: async ({ words, values }, io) => {
    if (words.length === 0)
      throw new UsageError('log takes paths of log files, plain or gzip, or URLs of a run’s logs');
    const budget = budgetOf(values.budget);
    const reader = new Reader(() => openSources(values, io));
    try {
      const passing = values.baseline ?? [];
      const baseline = passing.length > 0 ? new Baseline() : null;
      const beside: Lines[] = [];
      for (const place of passing) {
        const log = baseline?.begin();
        const kept = new KeptWhole();
        await reader.read(place, (chunk) => {
          log?.feed(chunk);
          kept.add(chunk);
        });
        log?.end();
        if (kept.lines) beside.push(kept.lines);
      }
      const compared = beside.length > 0 && beside.length === passing.length ? beside : null;
      const told: { source: string; signature: Signature | null }[] = [];
      for (const place of words) {
        const log = await summarize(place, reader, { budget, baseline, compared });
        const { source } = log;
        const { signature } = log.summary;
        const similar = findSimilar(signature, told).map((other) => other.source);
        write({ ...log, similar }, values.json === true, io);
        told.push({ source, signature });
      }
      return EXIT.answered;
    } finally {
      await reader.close();
    }
  },
};

function budgetOf(text: string | undefined): number {
  if (text === undefined) return BUDGET;
  const budget = Number(text);
  if (!Number.isInteger(budget) || budget < 1 || budget > MAX_BUDGET)
    throw new UsageError(`--budget takes a number of tokens from 1 to ${MAX_BUDGET}`);
  return budget;
}

async function summarize(
  place: string,
  reader: Reader,
  options: { budget: number; baseline: Baseline | null; compared: readonly Lines[] | null },
): Promise<Omit<SummarizedLog, 'similar'>> {
  const scan = new LogScan();
  const whole = options.compared ? new KeptWhole() : null;
  const truncated = await reader.read(place, (chunk) => {
    scan.feed(chunk);
    whole?.add(chunk);
  });
  const found = scan.finish();
  const { budget, baseline, compared } = options;
  return {
    source: place,
    bytes: found.bytes,
    truncated: truncated ?? (found.cutLines > 0 ? `of ${found.cutLines} long lines only the beginning was kept` : null),
    lines: found.lines,
    summary: summarizeScan(found, { budget, isCut: truncated !== null, ...(baseline ? { baseline } : {}) }),
    beside:
      whole?.lines && compared?.[0] ? { comparison: compareLogs(whole.lines, compared), passing: compared[0] } : null,
  };
}

function write(log: SummarizedLog, asJson: boolean, io: Io): void {
  io.stdout.write(asJson ? jsonLine(logDocument(log)) : logText(log, paintFor(io)));
}

/** A log that is held whole while it is small enough. */
class KeptWhole {
  #chunks: Buffer[] | null = [];
  #bytes = 0;
  #lines: Lines | null = null;

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > COMPARED_BYTES) this.#chunks = null;
    this.#chunks?.push(chunk);
  }

  get lines(): Lines | null {
    if (this.#chunks) this.#lines ??= new Lines(Buffer.concat(this.#chunks));
    return this.#lines;
  }
}

/** Reads logs from this machine, and those of runs through the sources, which are opened when first needed. */
class Reader {
  readonly #open: () => Sources;
  #sources: Sources | null = null;

  constructor(open: () => Sources) {
    this.#open = open;
  }

  /** Gives the bytes of the log at `place`; resolves with why they are not all of it, or null. */
  async read(place: string, take: (chunk: Buffer) => void): Promise<string | null> {
    if (/^(?:https?|gs):/.test(place)) return await this.#readUrl(place, take);
    try {
      return await readLogFile(place, take);
    } catch (error) {
      if (error instanceof UnreadableFile) throw new UsageError(safeText(error.message));
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#sources?.close();
  }

  async #readUrl(url: string, take: (chunk: Buffer) => void): Promise<string | null> {
    this.#sources ??= this.#open();
    const { systems } = this.#sources;
    const address = parseAddress(
      url,
      systems.map(({ system }) => system),
    );
    if (address?.kind !== 'run')
      throw new UsageError(`${safeText(url)} is no log of a run of a CI system that is configured`);
    const ci = systems.find(({ system }) => system.name === address.job.system);
    if (!ci) throw new SourceError('gcs', 'not found', 'the log', `no CI system ${address.job.system}`);
    const { value: run } = await ci.artifacts.run(address.job, address.build, address.path);
    const object = `${address.path}/${address.artifact ?? 'build-log.txt'}`;
    const { value, staleMs } = await ci.artifacts.read(run, object, URL_BYTES);
    take(value.bytes);
    if (value.cut !== null) return `${value.cut} after ${value.bytes.length} bytes`;
    return staleMs === null ? null : 'the source did not answer: this is an older copy';
  }
}
