// get_run: one run with its steps, failed tests and artifacts.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { runUrl } from '../src/ci/links.ts';
import { oneLine } from '../src/ci/text.ts';
import { durationWords, timeWords } from '../src/answer/words.ts';
import { Gaps } from '../src/diagnose/gaps.ts';
import { locateRun } from '../src/diagnose/locate.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { readRun, type RunFacts, type StepResult } from '../src/diagnose/read-run.ts';
import { readTests } from '../src/diagnose/read-tests.ts';
import { Cites, EvidenceItem, evidenceItems, SHORT_QUOTES } from '../src/tooling/evidence.ts';
import { pageOf } from '../src/tooling/paging.ts';
import { cursor, limit, run } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { runUri } from '../src/tooling/uris.ts';
import { defineTool } from '../src/tooling/tool.ts';

const Step = z.strictObject({
  step: z.string(),
  result: z.enum(['passed', 'failed', 'unknown']),
  took: z.string().nullable(),
  log: z.string().nullable(),
  evidence: Cites,
});
const SHOWN_TESTS = 20;

export default defineTool({
  name: 'get_run',
  title: 'One run',
  description: 'A run: state, times, steps in order with results, durations and logs, failed tests, artifacts.',
  input: z.strictObject({ run, limit: limit(20, 200).describe('Artifacts listed'), cursor }),
  output: z.strictObject({
    job: z.string(),
    build: z.string(),
    url: z.string(),
    folder: z.string().describe('gs:// path above the artifacts’ paths'),
    state: z.string(),
    started: z.string().nullable(),
    minutes: z.number().nullable(),
    steps: z.array(Step),
    tests: z.strictObject({ total: z.int(), failed: z.int(), known: z.boolean() }),
    failed_tests: z.array(
      z.strictObject({ test: z.string(), message: z.string(), also_passed: z.boolean(), evidence: Cites }),
    ),
    artifacts: z.array(z.strictObject({ path: z.string(), bytes: z.int() })),
    left: z.int().describe('artifacts not listed'),
    cursor: z.string().nullable(),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ run: text, limit, cursor }, { sources, progress }) => {
    const gaps = new Gaps();
    progress('reading the run');
    const { ci, run } = await locateRun(text, sources, gaps);
    const facts = await readRun(ci, run, gaps);
    progress('reading its tests');
    const tests = await readTests(ci, run, facts.artifacts, null, gaps);
    const quotes = new Quotes(new EvidenceList(), ci.system.sites);
    quotes.run(run);
    const page = pageOf(facts.artifacts, run.path, limit, cursor);
    return {
      job: run.job.name,
      build: run.build,
      url: runUrl(ci.system.sites, run),
      folder: `gs://${run.job.bucket}/${run.path}`,
      state: run.state,
      started: run.started === null ? null : new Date(run.started).toISOString(),
      minutes: run.durationMs === null ? null : Math.round(run.durationMs / 6_000) / 10,
      steps: facts.steps.map((step) => stepOf(step, facts, quotes)),
      tests: { total: tests.total, failed: tests.failed.length, known: tests.known },
      failed_tests: tests.failed.slice(0, SHOWN_TESTS).map((test) => ({
        test: oneLine(test.case.name, 300),
        message: oneLine(test.case.message, 300),
        also_passed: test.alsoPassed,
        evidence: [quotes.test(run, test)],
      })),
      artifacts: page.items.map(({ path, size }) => ({ path, bytes: size })),
      left: page.left,
      cursor: page.cursor,
      evidence: evidenceItems(quotes.list, SHORT_QUOTES),
      gaps: gaps.items.map(gapWords),
    };
  },
  present: (found) =>
    paragraphs(
      `${found.job} run ${found.build}: ${found.state}, ${timeWords(found.started)}${found.minutes === null ? '' : `, ${durationWords(found.minutes * 60_000)}`} ${found.url}`,
      found.steps.map(
        ({ step, result, took, log, evidence }) =>
          `${result} ${step}${took === null ? '' : ` (${took})`}${result === 'failed' && log !== null ? ` ${log}` : ''} ${cite(evidence)}`,
      ),
      found.tests.known ? `${found.tests.failed} of ${found.tests.total} tests failed` : 'No JUnit results were found.',
      found.failed_tests.map(
        ({ test, message, also_passed: both, evidence }) =>
          `${both ? 'flaky' : 'failed'}: ${test}: ${message} ${cite(evidence)}`,
      ),
      evidenceText(found.evidence),
      `Artifacts below ${found.folder}: ${found.artifacts.map(({ path, bytes }) => `${path} (${bytes} B)`).join(', ')}`,
      found.cursor === null ? '' : `${found.left} more artifacts: cursor ${found.cursor}`,
      gapsText(found.gaps),
    ),
  links: ({ folder, build }) => [{ uri: runUri(folder), name: `run ${build}`, mimeType: 'text/plain' }],
});

function stepOf(step: StepResult, { run, ciOperator }: RunFacts, quotes: Quotes): z.infer<typeof Step> {
  const logged = ciOperator?.steps.find(({ name }) => name === `${step.target}-${step.name}` || name === step.name);
  return {
    step: step.name,
    result: step.passed === null ? 'unknown' : step.passed ? 'passed' : 'failed',
    took: logged?.took ?? null,
    log: step.log && `gs://${run.job.bucket}/${step.log.object}`,
    evidence: step.passed === false && step.document ? [quotes.step(run, step, step.document)] : [],
  };
}
