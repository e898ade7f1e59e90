// From everything that was read to the verdict, its reasons and the failures in order.
import type { Failure, Since } from '../ci/failure.ts';
import { isCompleted, type Run } from '../ci/run.ts';
import type { JobState, Verdict } from '../ci/verdict.ts';
import { columnOf } from '../grids/classify-columns.ts';
import type { Grid } from '../grids/grid.ts';
import { causeSeries } from './cause-series.ts';
import { changesBetween, type Ends } from './commits.ts';
import { decide, type Decision, type Signals } from './decide.ts';
import type { Diagnosis } from './failures.ts';
import type { Found } from './find-job.ts';
import { describeFlaky } from './flaky.ts';
import type { Gaps } from './gaps.ts';
import { failuresInGrid } from './grid-failures.ts';
import type { Quotes } from './quote.ts';
import type { History } from './read-history.ts';
import type { SeriesResult } from './series.ts';
import { summarize } from './summary.ts';

/** What is known of the job, whatever its run says. */
export interface Known {
  readonly found: Found;
  readonly history: History;
  /** The job's completed results, newest first. */
  readonly results: readonly SeriesResult[];
  readonly state: JobState;
  readonly since: Since | null;
  readonly grid: Grid | null;
  readonly quotes: Quotes;
  readonly gaps: Gaps;
}

export interface Explained {
  readonly verdict: Verdict;
  readonly failures: readonly Failure[];
}

/** Why the run `target` is red. */
export async function explainRed(known: Known, target: Run, diagnosis: Diagnosis, ends: Ends): Promise<Explained> {
  const { found, history, results, state, since, grid, quotes, gaps } = known;
  const isUntold = !diagnosis.cause && diagnosis.tests.failed.length === 0;
  const inGrid = grid && isUntold ? failuresInGrid(grid, target.build, quotes) : [];
  const told = inGrid.length > 0 ? inGrid.map(({ failure }) => failure) : diagnosis.failures;
  const series = await causeSeries({
    ci: found.ci,
    target,
    runs: history.around,
    diagnosis,
    grid,
    inGrid,
    quotes,
    gaps,
    results,
  });
  const decision = decide({
    ...ownSignals(target, told, diagnosis, quotes),
    column: grid && columnOf(grid, target.build),
    series,
    passedBefore: since !== null && since.last_passing !== null,
    stopped: state === 'stale',
    over: found.run === null ? overBy(history, since, quotes) : null,
  });
  const own = told.find(({ test }) => series.kind === 'test' && test === series.name) ?? told[0];
  const failures = told.map((failure) => (failure === own ? { ...failure, since: series.since } : failure));
  const ended = { text: capital(endOf(target)), evidence: [quotes.run(target)] };
  const verdict: Verdict = {
    state,
    locus: decision.locus,
    recurrence: decision.recurrence,
    confidence: decision.confidence,
    summary: summarize({
      state,
      decision,
      failures,
      failedTests: diagnosis.tests.failed.length,
      since,
      ofRun: found.run !== null,
    }),
    reasons: [
      ...decision.reasons,
      ...diagnosis.beside,
      ended,
      ...(mayComeFromAChange(decision) ? changesBetween(ends, quotes) : []),
    ],
  };
  return { verdict, failures };
}

/** Nothing red to explain: the job is green (perhaps flaky in it), has not finished, or the asked run did not fail. */
export function explainGreen({ found, history, state, grid, quotes }: Known, target: Run | null): Explained {
  const failures = grid && found.run === null ? describeFlaky(grid, quotes) : [];
  const isFlaky = failures.length > 0;
  const run = target ?? (found.run ? null : (history.runs.find(({ state: ended }) => ended === 'passed') ?? null));
  const reasons = run ? [{ text: capital(endOf(run)), evidence: [quotes.run(run)] }] : [];
  const flaky = isFlaky
    ? `; ${failures.length} test${failures.length === 1 ? ' is' : 's are'} flaky in its green runs`
    : '';
  const verdict: Verdict = {
    state,
    locus: isFlaky ? 'test' : 'unknown',
    recurrence: isFlaky ? 'known flake' : 'undecided',
    confidence: isFlaky ? 0.7 : 0,
    summary: `${found.run ? (run ? capital(endOf(run)) : 'The run that was asked for could not be read') : greenSummary(history)}${flaky}.`,
    reasons,
  };
  return { verdict, failures };
}

function greenSummary({ runs }: History): string {
  const completed = runs.filter(isCompleted).length;
  if (completed === 0) return runs.length === 0 ? 'No run of the job could be read' : 'None of its runs has completed';
  return completed === 1
    ? 'It is not red: its one completed run passed'
    : `It is not red: all ${completed} completed runs passed`;
}

/** How a run ended, as a sentence without its stop. */
function endOf({ build, state }: Run): string {
  switch (state) {
    case 'passed':
    case 'failed':
      return `run ${build} ${state}`;
    case 'aborted':
      return `run ${build} was aborted`;
    case 'error':
      return `run ${build} could not be run by Prow`;
    case 'pending':
      return `run ${build} has not finished`;
    case 'unknown':
      return `how run ${build} ended is not known`;
  }
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The evidence of the run that passed after the failure; null while it lasts. */
function overBy({ around: runs }: History, since: Since | null, quotes: Quotes): string | null {
  const run = runs.find(({ build }) => build === since?.recovered?.build);
  return run ? quotes.run(run) : null;
}

type OwnSignals = Pick<Signals, 'step' | 'tests' | 'stages' | 'reason' | 'classes' | 'hasProof'>;

/** What the run alone says. */
export const ownSignals = (run: Run, told: readonly Failure[], diagnosis: Diagnosis, quotes: Quotes): OwnSignals => ({
  step: stepSignal(told),
  tests: testSignals(told, diagnosis),
  stages: diagnosis.tests.stages.map((stage) => ({ name: stage.case.name, evidence: quotes.test(run, stage) })),
  reason: diagnosis.reason,
  classes: diagnosis.classes,
  hasProof: told.some(({ evidence }) => evidence.length > 0),
});

/** The step that failed first, with the evidence that it did: the last two are its result and its line. */
function stepSignal(told: readonly Failure[]): Signals['step'] {
  const [first] = told;
  return first?.step != null && first.test === null ? { name: first.step, evidence: first.evidence.slice(-2) } : null;
}

function testSignals(told: readonly Failure[], { tests }: Diagnosis): Signals['tests'] {
  const named = told.filter(({ test }) => test !== null);
  const retried = tests.failed.filter(({ alsoPassed }) => alsoPassed).length;
  return {
    failed: tests.known ? tests.failed.length - retried : named.length,
    retried,
    total: Math.max(tests.total, named.length),
    evidence: named.flatMap(({ evidence }) => evidence).slice(0, 3),
  };
}

/** What moved between good and bad is told where it can be the reason. */
const mayComeFromAChange = ({ locus, recurrence }: Decision): boolean =>
  locus !== 'ci infrastructure' && (recurrence === 'regression' || recurrence === 'new');
