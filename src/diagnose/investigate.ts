// The investigation: a fixed plan that fetches in parallel, finds the cause, and decides. No model, no guess.
import { EvidenceList } from '../ci/evidence.ts';
import type { Failure, Since } from '../ci/failure.ts';
import { pullKey } from '../ci/job.ts';
import { gridUrl, jobUrl } from '../ci/links.ts';
import { hasFailed, type Run } from '../ci/run.ts';
import type { JobState, Verdict } from '../ci/verdict.ts';
import { columnFacts } from '../grids/columns.ts';
import type { Grid } from '../grids/grid.ts';
import { sinceOf } from '../history/since.ts';
import type { Sources } from '../sources/ports.ts';
import { causeSeries } from './cause-series.ts';
import { changesBetween, readEnds, type Ends } from './commits.ts';
import { decide, type Signals } from './decide.ts';
import { findFailures, type Diagnosis } from './failures.ts';
import { findGridByName, gridAt, type GridPlace } from './find-grid.ts';
import { findJob, type Found, type NotFound } from './find-job.ts';
import { describeFlaky } from './flaky.ts';
import { Gaps } from './gaps.ts';
import type { Investigation, Subject } from './investigation.ts';
import { readQuestion } from './question.ts';
import { Quotes } from './quote.ts';
import { chooseRun, noteAge, readHistory, stateOf, type History } from './read-history.ts';
import { readRun } from './read-run.ts';
import { jobResults, type SeriesResult } from './series.ts';
import { summarize } from './summary.ts';

export interface InvestigateOptions {
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Called with a short line of ours when a piece of work begins. */
  readonly progress?: (doing: string) => void;
}

/**
 * Answers a question about a job. What could not be had is a gap in the answer.
 * @throws SourceError when nothing that could have answered was reached
 */
export async function investigate(question: string, options: InvestigateOptions): Promise<Investigation> {
  const { sources, progress = () => undefined } = options;
  const gaps = new Gaps();
  progress('finding the job');
  const asked = readQuestion(
    question,
    sources.systems.map(({ system }) => system),
  );
  // The list of dashboards is wanted whatever the job turns out to be: it is asked for beside the search.
  void sources.systems[0]?.grids.dashboards().catch(() => undefined);
  const found = await findJob(asked, sources, gaps);
  if (found.kind === 'unclear') return unclear(question, found, gaps);
  return explain(question, found, gaps, { ...options, progress });
}

function unclear(question: string, found: NotFound, gaps: Gaps): Investigation {
  gaps.add({ what: 'the job', why: found.message, effect: 'nothing was diagnosed' });
  return {
    subject: { asked: question, system: null, job: null, build: null, url: null, pull: null, grid: null },
    verdict: null,
    since: null,
    failures: [],
    evidence: [],
    gaps: gaps.items,
    candidates: found.candidates,
  };
}

async function explain(
  question: string,
  found: Found,
  gaps: Gaps,
  { clock, progress }: Required<InvestigateOptions>,
): Promise<Investigation> {
  const { ci, job } = found;
  const quotes = new Quotes(new EvidenceList(), ci.system.sites);
  const gridByName = found.grid ? Promise.resolve(found.grid) : findGridByName(ci, job, gaps);
  const history = await readHistory(found, gaps);
  const target = await chooseRun(found, history.runs, gaps);
  const results = jobResults(history.runs, ci.system.sites);
  const since = sinceRun(results, target);
  const red = target && hasFailed(target) ? target : null;

  progress(red ? `reading run ${red.build}` : 'reading the grid');
  const [facts, named, ends] = await Promise.all([
    red && readRun(ci, red, gaps),
    gridByName,
    readEnds(ci, history.runs, since, gaps),
  ]);
  progress('reading logs and tests');
  const [diagnosis, grid] = await Promise.all([
    facts && findFailures(ci, facts, quotes, gaps),
    named ?? gridOfRun(found, facts?.gridPlaces ?? [], gaps),
  ]);
  noteAge(history.runs, clock(), gaps);
  const state = stateOf(history.runs, clock());
  const shared = { found, history, results, state, since, grid, quotes, gaps };
  const answer =
    red && diagnosis
      ? await explainRed({ ...shared, target: red, diagnosis, ends })
      : explainGreen({ ...shared, target });
  return {
    subject: subjectOf(question, found, target, grid),
    verdict: answer.verdict,
    since,
    failures: answer.failures,
    evidence: quotes.list.items,
    gaps: gaps.items,
    candidates: found.candidates,
  };
}

interface Shared {
  readonly found: Found;
  readonly history: History;
  readonly results: readonly SeriesResult[];
  readonly state: JobState;
  readonly since: Since | null;
  readonly grid: Grid | null;
  readonly quotes: Quotes;
  readonly gaps: Gaps;
}

interface Answer {
  readonly verdict: Verdict;
  readonly failures: readonly Failure[];
}

async function explainRed(input: Shared & { target: Run; diagnosis: Diagnosis; ends: Ends }): Promise<Answer> {
  const { found, history, results, state, since, grid, quotes, gaps, target, diagnosis, ends } = input;
  const series = await causeSeries({
    ci: found.ci,
    target,
    runs: history.runs,
    diagnosis,
    grid,
    quotes,
    gaps,
    results,
  });
  const decision = decide({
    step: diagnosis.cause && { name: diagnosis.cause.name, evidence: diagnosis.failures[0]?.evidence.slice(-2) ?? [] },
    tests: testSignals(diagnosis),
    stages: diagnosis.tests.stages.map((stage) => ({ name: stage.case.name, evidence: quotes.test(target, stage) })),
    reason: diagnosis.reason,
    classes: diagnosis.classes,
    column: grid && columnFacts(grid, target.build),
    series,
    passedBefore: since?.last_passing !== null,
    stopped: state === 'stale',
    over: found.run === null ? overBy(history, since, quotes) : null,
    hasProof: diagnosis.failures.some(({ evidence }) => evidence.length > 0),
  });
  const [first, ...others] = diagnosis.failures;
  const failures = first ? [{ ...first, since: series.since }, ...others] : others;
  const runReason = { text: `Run ${target.build} ended ${target.state}`, evidence: [quotes.run(target, history.page)] };
  const verdict: Verdict = {
    state,
    locus: decision.locus,
    recurrence: decision.recurrence,
    confidence: decision.confidence,
    summary: summarize({ state, decision, failures, since, ofRun: found.run !== null }),
    reasons: [...decision.reasons, runReason, ...changesBetween(ends, quotes)],
  };
  return { verdict, failures };
}

/** The evidence of the run that passed after the failure; null while it lasts. */
function overBy({ runs, page }: History, since: Since | null, quotes: Quotes): string | null {
  const run = runs.find(({ build }) => build === since?.recovered?.build);
  return run ? quotes.run(run, page) : null;
}

/** Nothing red to explain: the job is green (perhaps flaky in it), has not finished, or the asked run did not fail. */
function explainGreen({ found, history, state, grid, quotes, target }: Shared & { target: Run | null }): Answer {
  const failures = grid && found.run === null ? describeFlaky(grid, quotes) : [];
  const run = target ?? history.runs.find(({ state: ended }) => ended === 'passed') ?? null;
  const runs = history.runs.length;
  const green = `No failed run among the newest ${runs}`;
  const asked = found.run && target ? `Run ${target.build} did not fail: it is ${target.state}` : null;
  const summary = asked ?? (runs === 0 ? 'No run of the job could be read' : green);
  const flaky =
    failures.length === 0 ? '' : `; ${failures.length} test${failures.length === 1 ? '' : 's'} flaky in green runs`;
  const verdict: Verdict = {
    state,
    locus: failures.length > 0 ? 'test' : 'unknown',
    recurrence: failures.length > 0 ? 'known flake' : 'undecided',
    confidence: failures.length > 0 ? 0.7 : 0,
    summary: `${summary}${flaky}.`,
    reasons: run ? [{ text: `Run ${run.build} ended ${run.state}`, evidence: [quotes.run(run, history.page)] }] : [],
  };
  return { verdict, failures };
}

/** Since when the explained failure lasts: the series that ends with `target`, and the pass after it. */
function sinceRun(results: readonly SeriesResult[], target: Run | null): Since | null {
  const at = results.findIndex(({ point }) => point.build === target?.build);
  if (at <= 0) return sinceOf(results);
  const since = sinceOf(results.slice(at));
  const newer = results.slice(0, at).toReversed();
  const recovered = newer.find(({ failed }) => !failed)?.point ?? null;
  const failing = results.filter(({ failed }) => failed).length;
  return since && { ...since, recovered, failing_runs: failing, of_runs: results.length };
}

async function gridOfRun(found: Found, places: readonly GridPlace[], gaps: Gaps): Promise<Grid | null> {
  for (const place of places) {
    const grid = await gridAt(found.ci, found.job, place, gaps);
    if (grid) return grid;
  }
  if (found.job.kind === 'periodic')
    gaps.add({
      what: 'the TestGrid grid of the job',
      why: 'no tab was found for it',
      effect: 'the history of single tests and steps is not used',
    });
  return null;
}

function subjectOf(question: string, { ci, job, pull }: Found, target: Run | null, grid: Grid | null): Subject {
  const { sites } = ci.system;
  return {
    asked: question,
    system: ci.system.name,
    job: job.name,
    build: target?.build ?? null,
    url: jobUrl(sites, job),
    pull: pull && pullKey(pull),
    grid: grid && { dashboard: grid.dashboard, tab: grid.tab, url: gridUrl(sites, grid.dashboard, grid.tab) },
  };
}

function testSignals({ tests, failures }: Diagnosis): Signals['tests'] {
  const retried = tests.failed.filter(({ alsoPassed }) => alsoPassed).length;
  return {
    failed: tests.failed.length - retried,
    retried,
    total: tests.total,
    evidence: failures
      .filter(({ test }) => test !== null)
      .flatMap(({ evidence }) => evidence)
      .slice(0, 3),
  };
}
