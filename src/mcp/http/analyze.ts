// Prow's Analyze button: deck's build log lens posts the address of a log, and is told which lines say why.
import { z } from 'zod';
import { logLinesUrl } from '../../ci/links.ts';
import { readRunLogs } from '../../diagnose/run-logs.ts';
import { summarizeLog } from '../../logs/summarize.ts';
import type { Sources } from '../../sources/ports.ts';
import { explainError, ToolError } from '../../tooling/errors.ts';

/** What deck sends (`pkg/spyglass/lenses/buildlog` of Prow). */
export const AnalyzeRequest = z.object({
  url: z.string().max(2_000),
  pin: z.boolean().default(false),
  overwrite: z.boolean().default(false),
});

/** Lines are counted from 1, both included. We only read: nothing is ever pinned. */
export interface AnalyzeResponse {
  readonly min: number;
  readonly max: number;
  readonly link?: string;
  readonly pinned: false;
  readonly error?: string;
}

const BUDGET = 500;
const MAX_BYTES = 64 * 1024 * 1024;
/** The host that deck names for logs behind a sign-in; the public one serves the same objects. */
const COOKIE_HOST = /^https:\/\/storage\.cloud\.google\.com\//;

/** The lines of a log that say why it failed. What cannot be told is an `error` in deck's own form, never a throw. */
export async function analyze(body: unknown, sources: Sources): Promise<AnalyzeResponse> {
  try {
    const asked = AnalyzeRequest.safeParse(body);
    if (!asked.success) throw new ToolError('the body is not {"url", "pin", "overwrite"}');
    const { storage } = sources.systems[0]?.system.sites ?? { storage: '' };
    const url = asked.data.url.replace(COOKIE_HOST, `${storage}/`);
    const logs = await readRunLogs(url, sources, MAX_BYTES);
    const [log] = logs ?? [];
    if (!log) throw new ToolError('the URL is of no log of a configured CI system');
    const { excerpts } = summarizeLog(log.lines, { budget: BUDGET, most: 1, withEnds: false, isCut: log.cut !== null });
    const best = excerpts.find(({ says }) => says.length > 0);
    if (!best) throw new ToolError('no line of the log says why in a form known here');
    const lines = { from: best.start, to: best.end };
    const link = logLinesUrl(log.ci.system.sites, log.run, log.object, lines, log.lines.text(best.start));
    return { min: best.start, max: best.end, link, pinned: false };
  } catch (error) {
    return { min: 0, max: 0, pinned: false, error: explainError(error).failed };
  }
}
