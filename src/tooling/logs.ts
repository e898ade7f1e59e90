// The logs a tool is given: one by its address, or those of a run; and quotes of their lines.
import { EvidenceList } from '../ci/evidence.ts';
import type { Gaps } from '../diagnose/gaps.ts';
import { locateRun } from '../diagnose/locate.ts';
import { Quotes } from '../diagnose/quote.ts';
import { readRun } from '../diagnose/read-run.ts';
import { readAll, readRunLogs, type RunLog } from '../diagnose/run-logs.ts';
import { firstFailed } from '../diagnose/secondary.ts';
import { isNotFound } from '../sources/errors.ts';
import { ToolError } from './errors.ts';
import type { ToolContext } from './tool.ts';

/** Larger logs are read in part: a server answers many at once. */
const MAX_BYTES = 64 * 1024 * 1024;

const isUrl = (text: string): boolean => /^(?:https?|gs|whyred):\/\//.test(text);

/** All logs that `text` names: a log by its address, or those of a run. @throws ToolError, NotClear, SourceError */
export async function openLogs(text: string, { sources, progress }: ToolContext, gaps: Gaps): Promise<RunLog[]> {
  progress('reading logs');
  const logs = isUrl(text) ? await readRunLogs(text, sources, MAX_BYTES) : null;
  if (logs) return logs;
  return readAll(await locateRun(text, sources, gaps), MAX_BYTES);
}

/** The one log that `text` names: by its address, or of a run that of the step that failed first, else its own. */
export async function openLog(text: string, context: ToolContext, gaps: Gaps): Promise<RunLog> {
  const { sources, progress } = context;
  progress('reading the log');
  const named = isUrl(text) && isArtifact(text) ? await readRunLogs(text, sources, MAX_BYTES) : null;
  if (named?.[0]) return named[0];
  const { ci, run } = await locateRun(text, sources, gaps);
  const facts = await readRun(ci, run, gaps);
  const object = firstFailed(facts.steps)?.log?.object ?? `${run.path}/build-log.txt`;
  try {
    const [log] = (await readRunLogs(`gs://${run.job.bucket}/${object}`, sources, MAX_BYTES)) ?? [];
    if (log) return log;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  throw new ToolError(`run ${run.build} left no log that could be read`, { next: ['get_run for what it left'] });
}

/** True for an address that goes on below a run's folder. */
const isArtifact = (url: string): boolean => /\/\d{1,20}\/[^?#]/.test(url);

/** The evidence that quotes lines `from` to `to` of the log. @throws ToolError for a log of which nothing was read */
export function quoteLines(log: RunLog, quotes: Quotes, from: number, to: number): string {
  const { run, document, lines } = log;
  if (!document) throw new ToolError('nothing of the log could be read');
  return quotes.lines(run, { document, lines }, from, to);
}

export const quotesOf = ({ ci }: RunLog): Quotes => new Quotes(new EvidenceList(), ci.system.sites);
