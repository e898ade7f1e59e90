// compare_runs: a failing run beside a passing one: what changed, what took longer, what its log says that is new.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { hasFailed, type Run } from '../src/ci/run.ts';
import { compareRuns } from '../src/diagnose/compare-runs.ts';
import { Gaps } from '../src/diagnose/gaps.ts';
import { locateJob, locateRun, type LocatedRun } from '../src/diagnose/locate.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { readHistory } from '../src/diagnose/read-history.ts';
import { changeOf } from '../src/logs/compare-steps.ts';
import { sinceOf } from '../src/history/since.ts';
import { jobResults } from '../src/diagnose/series.ts';
import type { Sources } from '../src/sources/ports.ts';
import { Cites, EvidenceItem, evidenceItems, SHORT_QUOTES } from '../src/tooling/evidence.ts';
import { ToolError } from '../src/tooling/errors.ts';
import { run } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const BUDGET = 400;
const SHOWN_STEPS = 12;

export default defineTool({
  name: 'compare_runs',
  title: 'Compare two runs',
  description:
    'A failing run beside a passing one of its job: commits and payload that moved, steps that took longer, log lines that are new or were never reached. Of a job: first bad against last good.',
  input: z.strictObject({
    run: run.describe('Failing run: URL, `job/build`, or a job (first bad of the current failures)'),
    good: run.describe('Passing run; the last one before it when left out').optional(),
  }),
  output: z.strictObject({
    job: z.string(),
    bad: z.string(),
    good: z.string(),
    step: z.string().nullable().describe('failed first in the bad run'),
    claims: z.array(z.strictObject({ text: z.string(), evidence: Cites })),
    steps: z.array(z.strictObject({ step: z.string(), took: z.string(), before: z.string() })),
    new_lines: z.int().nullable(),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ run: text, good: other }, { sources, progress }) => {
    const gaps = new Gaps();
    progress('finding the runs');
    const { ci, bad, good } = await bothRuns(text, other, sources, gaps);
    if (bad.job.name !== good.job.name)
      throw new ToolError('the runs are of two jobs: only runs of one job say what changed', {
        next: ['compare_runs with two runs of one job'],
      });
    progress(`comparing ${bad.build} with ${good.build}`);
    const quotes = new Quotes(new EvidenceList(), ci.system.sites);
    const compared = await compareRuns(ci, { bad, good }, { budget: BUDGET, quotes, gaps });
    const added = compared.log?.comparison.added ?? null;
    const cited = new Set(compared.claims.flatMap(({ evidence }) => evidence));
    return {
      job: bad.job.name,
      bad: bad.build,
      good: good.build,
      step: compared.step,
      claims: compared.claims.map(({ text: said, evidence }) => ({ text: said, evidence: [...evidence] })),
      steps: compared.steps
        .toSorted((a, b) => changeOf(b) - changeOf(a))
        .slice(0, SHOWN_STEPS)
        .map(({ step, before }) => ({ step: step.name, took: step.took, before: before.took })),
      new_lines: added && added.reduce((sum, { from, to }) => sum + to - from + 1, 0),
      evidence: evidenceItems(quotes.list, SHORT_QUOTES).filter(({ id }) => cited.has(id)),
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ job, bad, good, step, claims, steps, new_lines: added, evidence, gaps }) =>
    paragraphs(
      `${job}: ${bad} (bad) beside ${good} (good)${step === null ? '' : `; step ${step} failed first`}`,
      claims.length === 0 ? 'Nothing that was read changed.' : '',
      claims.map(({ text, evidence: ids }) => `- ${text} ${cite(ids)}`),
      added === null ? 'The logs could not be compared.' : `${added} lines of the log are new.`,
      steps.map(({ step: name, took, before }) => `${name}: ${took}, before ${before}`),
      evidenceText(evidence),
      gapsText(gaps),
    ),
});

/** The two runs: as named, or of a job the first of the current failures, and the last passing one before it. */
async function bothRuns(
  text: string,
  other: string | undefined,
  sources: Sources,
  gaps: Gaps,
): Promise<{ ci: LocatedRun['ci']; bad: Run; good: Run }> {
  const named = await locateRun(text, sources, gaps);
  const { ci } = named;
  if (other !== undefined) return { ci, bad: named.run, good: (await locateRun(other, sources, gaps)).run };
  const job = await locateJob(text.replace(/\/\d{1,20}$/, ''), sources, gaps);
  const isOneRun = job.run !== null || /\/\d{1,20}$/.test(text.trim());
  const { runs } = await readHistory(job, gaps);
  const since = sinceOf(jobResults(runs, ci.system.sites));
  const first = runs.find(({ build }) => build === since?.first_failing?.build);
  const bad = isOneRun ? named.run : (first ?? named.run);
  const at = runs.findIndex(({ build }) => build === bad.build);
  const good = runs.slice(at + 1).find(({ state }) => state === 'passed');
  if (!hasFailed(bad) || !good)
    throw new ToolError(`run ${bad.build} has nothing to be compared with`, {
      known: [
        `it is ${bad.state}`,
        good ? `the last passing run is ${good.build}` : 'no passing run before it is known',
      ],
      next: ['compare_runs with run and good', 'get_job_history for the builds'],
    });
  return { ci, bad, good };
}
