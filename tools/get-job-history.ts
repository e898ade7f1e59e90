// get_job_history: the runs of a job, since when it fails, and how often.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { jobUrl } from '../src/ci/links.ts';
import { isBuildId } from '../src/ci/names.ts';
import type { Run } from '../src/ci/run.ts';
import { durationWords, timeWords } from '../src/answer/words.ts';
import { Gaps } from '../src/diagnose/gaps.ts';
import { locateJob } from '../src/diagnose/locate.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { readHistory } from '../src/diagnose/read-history.ts';
import { jobResults } from '../src/diagnose/series.ts';
import { sinceOf } from '../src/history/since.ts';
import { Since, sinceOf as shortSince, sinceText } from '../src/tooling/diagnosis.ts';
import { EvidenceItem, evidenceItems, SHORT_QUOTES } from '../src/tooling/evidence.ts';
import { job, limit } from '../src/tooling/params.ts';
import { gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool, type ToolContext } from '../src/tooling/tool.ts';

const RunRow = z.strictObject({
  build: z.string(),
  state: z.string(),
  started: z.string().nullable(),
  minutes: z.number().nullable(),
});

export default defineTool({
  name: 'get_job_history',
  title: 'History of a job',
  description: 'Runs of a job, newest first, with state, start and duration; since when it fails and how often.',
  input: z.strictObject({
    job,
    limit: limit(20, 100),
    cursor: z
      .string()
      .refine(isBuildId, 'is the cursor of a history: a build id')
      .describe('Older runs, from the last result')
      .optional(),
  }),
  output: z.strictObject({
    job: z.string(),
    url: z.string(),
    since: Since.nullable(),
    runs: z.array(RunRow),
    cursor: z.string().nullable().describe('older runs'),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: ({ job, limit, cursor }, context) => readPage(job, limit, cursor, context),
  present: ({ job, url, since, runs, cursor: next, gaps }) =>
    paragraphs(
      `${job} ${url}`,
      sinceText(since),
      runs.map(
        ({ build, state, started, minutes }) =>
          `${build} ${state} ${timeWords(started)}${minutes === null ? '' : `, ${durationWords(minutes * 60_000)}`}`,
      ),
      next === null ? '' : `Older runs: cursor ${next}`,
      gapsText(gaps),
    ),
});

async function readPage(text: string, limit: number, from: string | undefined, { sources, progress }: ToolContext) {
  progress('reading the job history');
  const gaps = new Gaps();
  const found = await locateJob(text, sources, gaps);
  const { ci, job } = found;
  const { sites } = ci.system;
  const page = from === undefined ? null : (await ci.runs.history(job, from)).value;
  const runs = page ? page.runs : (await readHistory(found, gaps)).runs;
  if (runs.length === 0) gaps.throwIfUnreachable();
  const since = page ? null : sinceOf(jobResults(runs, sites));
  const quotes = new Quotes(new EvidenceList(), sites);
  const marks = [since?.first_failing?.build, since?.last_passing?.build, since?.recovered?.build];
  const rows = runs.slice(0, limit).map((run) => rowOf(run));
  const marked = runs.filter(({ build }) => marks.includes(build));
  const olderPage = page ? page.older : (found.history?.value.older ?? null);
  for (const run of marked) quotes.run(run);
  return {
    job: job.name,
    url: jobUrl(sites, job),
    since: since && shortSince(since),
    runs: rows,
    cursor: runs[limit]?.build ?? olderPage,
    evidence: evidenceItems(quotes.list, SHORT_QUOTES),
    gaps: gaps.items.map(gapWords),
  };
}

const rowOf = ({ build, state, started, durationMs }: Run): z.infer<typeof RunRow> => ({
  build,
  state,
  started: started === null ? null : new Date(started).toISOString(),
  minutes: durationMs === null ? null : Math.round(durationMs / 6_000) / 10,
});
