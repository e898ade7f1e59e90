// The history of the cause itself: of its test or step where a source has one, of the job otherwise.
import type { Since } from '../ci/failure.ts';
import type { Run } from '../ci/run.ts';
import type { Grid, Row } from '../grids/grid.ts';
import { findRegression } from '../grids/changepoint.ts';
import { rowOfStep, rowOfTest } from '../grids/rows.ts';
import { sinceOf } from '../history/since.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { Diagnosis } from './failures.ts';
import type { Gaps } from './gaps.ts';
import type { FailedTest } from './read-tests.ts';
import type { Quotes } from './quote.ts';
import { JOB, rowResults, stepResults, type Series, type SeriesResult } from './series.ts';

const TESTS_COMPARED = 20;

export interface CauseSeries extends Series {
  readonly since: Since | null;
}

export interface CauseSeriesInput {
  readonly ci: CiSystem;
  readonly target: Run;
  readonly runs: readonly Run[];
  readonly diagnosis: Diagnosis;
  readonly grid: Grid | null;
  /** The row of the cause, where only the grid tells what failed. */
  readonly row: Row | null;
  readonly quotes: Quotes;
  readonly gaps: Gaps;
  /** The job's own results, newest first. */
  readonly results: readonly SeriesResult[];
}

/** The series up to the run that is explained: what came after it says whether it is over, not what it was. */
export async function causeSeries(input: CauseSeriesInput): Promise<CauseSeries> {
  const { ci, target, runs, diagnosis, gaps, results } = input;
  const { cause, tests } = diagnosis;
  const known = input.row && ofRow(input, input.row, input.row.name);
  if (known) return known;
  const inGrid = ofFreshestTest(input, tests.failed) ?? (cause && fromStep(input, cause.target, cause.name));
  if (inGrid) return inGrid;
  if (cause && cause.target !== '') {
    const own = await stepResults(ci, runs, target, cause, gaps);
    if (own.length > 1) return finish(`step ${cause.name}`, own, endsOf(input, own), target);
  }
  return finish(JOB, results, endsOf(input, results), target);
}

/** Of several failed tests the one whose failing is the clearest break: what always comes and goes explains nothing new. */
function ofFreshestTest(input: CauseSeriesInput, failed: readonly FailedTest[]): CauseSeries | null {
  const blocking = failed.filter(({ alsoPassed }) => !alsoPassed);
  const series = (blocking.length > 0 ? blocking : failed)
    .slice(0, TESTS_COMPARED)
    .map((test) => fromTest(input, test.case.name))
    .filter((found) => found !== null);
  const breakScore = ({ results }: CauseSeries): number =>
    findRegression(results.map((result) => result.failed).reverse())?.score ?? -Infinity;
  return series.sort((a, b) => breakScore(b) - breakScore(a))[0] ?? null;
}

/** The records of the runs at both ends of the series of failures, and of the explained one. */
function endsOf({ runs, target, quotes }: CauseSeriesInput, results: readonly SeriesResult[]): string[] {
  const since = sinceOf(upTo(results, target.build));
  const builds = new Set([since?.first_failing?.build, since?.last_passing?.build, target.build]);
  return runs.filter(({ build }) => builds.has(build)).map((run) => quotes.run(run));
}

function fromTest(input: CauseSeriesInput, name: string): CauseSeries | null {
  const row = input.grid && rowOfTest(input.grid, name);
  return row ? ofRow(input, row, `test ${name}`) : null;
}

function fromStep(input: CauseSeriesInput, target: string, name: string): CauseSeries | null {
  const row = input.grid && rowOfStep(input.grid, target, name);
  return row ? ofRow(input, row, `step ${name}`) : null;
}

function ofRow({ ci, target, grid, quotes }: CauseSeriesInput, row: Row, of: string): CauseSeries | null {
  if (!grid) return null;
  const results = upTo(rowResults(grid, row, target.job, ci.system.sites), target.build);
  const newest = results[0];
  // A grid that has not seen this run yet, or saw it pass, is no history of this failure.
  if (newest?.point.build !== target.build || !(newest.failed || newest.flaky)) return null;
  const failed = results.filter((result) => result.failed).length;
  const column = grid.columns.findIndex(({ build }) => build === target.build);
  const evidence = [
    quotes.row(grid, row, `failed in ${failed} of ${results.length} runs`),
    quotes.cell(grid, row, column),
  ].filter((id) => id !== null);
  return finish(of, results, evidence, target);
}

function finish(of: string, results: readonly SeriesResult[], evidence: readonly string[], target: Run): CauseSeries {
  const past = upTo(results, target.build);
  return { of, results: past, evidence, since: sinceOf(past) };
}

function upTo(results: readonly SeriesResult[], build: string): readonly SeriesResult[] {
  const at = results.findIndex(({ point }) => point.build === build);
  return at < 0 ? results : results.slice(at);
}
