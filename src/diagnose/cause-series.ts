// The history of the cause itself: of its test or step where a source has one, of the job otherwise.
import type { Since } from '../ci/failure.ts';
import type { Run } from '../ci/run.ts';
import { findRegression } from '../grids/changepoint.ts';
import type { RowKind } from '../grids/findings.ts';
import type { Grid, Row } from '../grids/grid.ts';
import { rowOfStep, rowOfTest } from '../grids/rows.ts';
import { sinceOf } from '../history/since.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { Diagnosis } from './failures.ts';
import type { Gaps } from './gaps.ts';
import type { GridFailure } from './grid-failures.ts';
import type { Quotes } from './quote.ts';
import { rowResults, stepResults, type Series, type SeriesResult } from './series.ts';

const TESTS_COMPARED = 20;

export interface CauseSeries extends Series {
  /** The test's or the step's name; null for the job. */
  readonly name: string | null;
  readonly since: Since | null;
}

export interface CauseSeriesInput {
  readonly ci: CiSystem;
  readonly target: Run;
  readonly runs: readonly Run[];
  readonly diagnosis: Diagnosis;
  readonly grid: Grid | null;
  /** The failed rows, where only the grid tells what failed. */
  readonly inGrid: readonly GridFailure[];
  readonly quotes: Quotes;
  readonly gaps: Gaps;
  /** The job's own results, newest first. */
  readonly results: readonly SeriesResult[];
}

/** The series up to the run that is explained: what came after it says whether it is over, not what it was. */
export async function causeSeries(input: CauseSeriesInput): Promise<CauseSeries> {
  const { ci, target, runs, diagnosis, gaps, results } = input;
  const { cause } = diagnosis;
  const inGrid = ofFreshestTest(input) ?? ofStep(input);
  if (inGrid) return inGrid;
  if (cause && cause.target !== '') {
    const own = await stepResults(ci, runs, target, cause, gaps);
    if (own.length > 1) return finish('step', cause.name, own, endsOf(input, own), target);
  }
  return finish('job', null, results, endsOf(input, results), target);
}

/** Of several failed tests the one whose failing is the clearest break: what always comes and goes explains nothing new. */
function ofFreshestTest(input: CauseSeriesInput): CauseSeries | null {
  const series = testRows(input).flatMap(({ row, name }) => ofRow(input, row, 'test', name) ?? []);
  const breakScore = ({ results }: CauseSeries): number =>
    findRegression(results.map((result) => result.failed).reverse())?.score ?? -Infinity;
  return series.sort((a, b) => breakScore(b) - breakScore(a))[0] ?? null;
}

/** The rows of the failed tests, of those that did not also pass where there are any. */
function testRows({ grid, inGrid, diagnosis: { tests } }: CauseSeriesInput): { row: Row; name: string }[] {
  const blocking = tests.failed.filter(({ alsoPassed }) => !alsoPassed);
  return [
    ...inGrid.flatMap(({ row, failure: { test } }) => (test === null ? [] : [{ row, name: test }])),
    ...(blocking.length > 0 ? blocking : tests.failed).slice(0, TESTS_COMPARED).flatMap(({ case: { name } }) => {
      const row = grid && rowOfTest(grid, name);
      return row ? [{ row, name }] : [];
    }),
  ];
}

/** The series of the step that failed first. */
function ofStep(input: CauseSeriesInput): CauseSeries | null {
  const { grid, inGrid, diagnosis } = input;
  const [told] = inGrid;
  if (told && told.failure.step !== null) return ofRow(input, told.row, 'step', told.failure.step);
  const row = grid && diagnosis.cause && rowOfStep(grid, diagnosis.cause.target, diagnosis.cause.name);
  return row ? ofRow(input, row, 'step', diagnosis.cause.name) : null;
}

/** The records of the runs at both ends of the series of failures, and of the explained one. */
function endsOf({ runs, target, quotes }: CauseSeriesInput, results: readonly SeriesResult[]): string[] {
  const since = sinceOf(upTo(results, target.build));
  const builds = new Set([since?.first_failing?.build, since?.last_passing?.build, target.build]);
  return runs.filter(({ build }) => builds.has(build)).map((run) => quotes.run(run));
}

function ofRow(input: CauseSeriesInput, row: Row, kind: RowKind, name: string): CauseSeries | null {
  const { ci, target, grid, quotes } = input;
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
  return finish(kind, name, results, evidence, target);
}

function finish(
  kind: CauseSeries['kind'],
  name: string | null,
  results: readonly SeriesResult[],
  evidence: readonly string[],
  target: Run,
): CauseSeries {
  const past = upTo(results, target.build);
  const of = name === null ? 'the job' : `${kind} ${name}`;
  return { kind, name, of, results: past, evidence, since: sinceOf(past) };
}

function upTo(results: readonly SeriesResult[], build: string): readonly SeriesResult[] {
  const at = results.findIndex(({ point }) => point.build === build);
  return at < 0 ? results : results.slice(at);
}
