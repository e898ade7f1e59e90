// compare_runs: a failing run beside a passing one: what changed, what took longer, what its log says that is new.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { jobUrl } from '../src/ci/links.ts';
import { hasFailed, type Run } from '../src/ci/run.ts';
import type { EndNames } from '../src/diagnose/commits.ts';
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
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ run: text, good: other }, { sources, progress }) => {
    const gaps = new Gaps();
    progress('finding the runs');
    const { ci, bad, good, names } = await bothRuns(text, other, sources, gaps);
    progress(`comparing ${bad.build} with ${good.build}`);
    const quotes = new Quotes(new EvidenceList(), ci.system.sites);
    const compared = await compareRuns(ci, { bad, good }, { budget: BUDGET, quotes, gaps, names });
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
      evidence: evidenceItems(quotes.list, SHORT_QUOTES).filter(({ id }) => cited.has(id)),
      gaps: [...gaps.items.map(gapWords), ...(compared.log ? [] : ['the logs could not be compared'])],
    };
  },
  present: ({ job, bad, good, step, claims, steps, evidence, gaps }) =>
    paragraphs(
      `${job}: ${bad} (bad) beside ${good} (good)${step === null ? '' : `; step ${step} failed first`}`,
      claims.length === 0 ? 'Nothing that was read changed.' : '',
      claims.map(({ text, evidence: ids }) => `- ${text} ${cite(ids)}`),
      steps.map(({ step: name, took, before }) => `${name}: ${took}, before ${before}`),
      evidenceText(evidence),
      gapsText(gaps),
    ),
});

interface Both {
  readonly ci: LocatedRun['ci'];
  readonly bad: Run;
  readonly good: Run;
  readonly names: EndNames;
}

/** The two runs: as named, or of a job the first of the current failures; and the last passing one before it. */
async function bothRuns(text: string, other: string | undefined, sources: Sources, gaps: Gaps): Promise<Both> {
  const named = await locateRun(text, sources, gaps);
  const { ci, run } = named;
  const { runs } = await readHistory(await locateJob(jobUrl(ci.system.sites, run.job), sources, gaps), gaps);
  const since = sinceOf(jobResults(runs, ci.system.sites));
  const first = runs.find(({ build }) => build === since?.first_failing?.build);
  const isOneRun = /\/\d{1,20}$/.test(text.trim()) || (await locateJob(text, sources, gaps)).run !== null;
  const bad = other === undefined && !isOneRun && first ? first : run;
  const at = runs.findIndex(({ build }) => build === bad.build);
  const before = runs.slice(at + 1).find(({ state }) => state === 'passed');
  const good = other === undefined ? before : (await locateRun(other, sources, gaps)).run;
  check(bad, good);
  const isBreak = bad.build === since?.first_failing?.build && good.build === since.last_passing?.build;
  return { ci, bad, good, names: isBreak ? { bad: 'first bad', good: 'last good' } : { bad: 'bad', good: 'good' } };
}

/** Only a failed run beside a passing one of its job says what changed. @throws ToolError */
function check(bad: Run, good: Run | undefined): asserts good is Run {
  const known = [
    `run ${bad.build} is ${bad.state}`,
    good ? `run ${good.build} is ${good.state}` : 'no run passed before it',
  ];
  const next = ['get_job_history for builds that passed and failed', 'search_logs, where no run ever passed'];
  if (!hasFailed(bad) || good?.state !== 'passed')
    throw new ToolError('a failed run is compared with one that passed', { known, next });
  if (bad.job.name !== good.job.name)
    throw new ToolError('the runs are of two jobs: only runs of one job say what changed', { next });
}
