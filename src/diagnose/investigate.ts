// The investigation: a fixed plan that fetches in parallel, finds the cause, and decides. No model, no guess.
import { EvidenceList } from '../ci/evidence.ts';
import type { Since } from '../ci/failure.ts';
import { pullKey } from '../ci/job.ts';
import { gridUrl, jobUrl } from '../ci/links.ts';
import { hasFailed, isCompleted, type Run } from '../ci/run.ts';
import type { Grid } from '../grids/grid.ts';
import type { Past } from '../history/past.ts';
import { sinceOf } from '../history/since.ts';
import type { Sources } from '../sources/ports.ts';
import { keepCited } from './cited.ts';
import { readEnds } from './commits.ts';
import { explainGreen, explainRed, type Known } from './explain.ts';
import { findFailures } from './failures.ts';
import { findGridByName, gridAt, type GridPlace } from './find-grid.ts';
import { readKnown, withKnown } from './known.ts';
import { findJob, type Found, type NotFound } from './find-job.ts';
import { Gaps } from './gaps.ts';
import type { Investigation, Subject } from './investigation.ts';
import { readQuestion } from './question.ts';
import { Quotes } from './quote.ts';
import { withPast } from './recall.ts';
import { chooseRun, noteAge, readHistory, runsInGrid, stateOf, type History } from './read-history.ts';
import { readGridPlaces, readRun } from './read-run.ts';
import { jobResults, type SeriesResult } from './series.ts';

export interface InvestigateOptions {
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Called with a short line of ours when a piece of work begins. */
  readonly progress?: (doing: string) => void;
  /** What is kept of earlier runs; without it nothing is said of them. */
  readonly past?: Past | undefined;
}

/**
 * Answers a question about a job. What could not be had is a gap in the answer.
 * @throws SourcesUnreachable when nothing that could have answered was reached
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
  return explain(question, found, gaps, options);
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
    texts: new Map(),
  };
}

async function explain(
  question: string,
  found: Found,
  gaps: Gaps,
  { sources, clock, past, progress = () => undefined }: InvestigateOptions,
): Promise<Investigation> {
  const { ci, job } = found;
  const quotes = new Quotes(new EvidenceList(), ci.system.sites);
  const gridByName = found.grid ? Promise.resolve(found.grid) : findGridByName(ci, job, gaps);
  gridByName.catch(() => undefined);
  const knownIssues = readKnown(sources.known, gaps);
  knownIssues.catch(() => undefined);
  const listed = await readHistory(found, gaps);
  const history = listed.runs.length > 0 ? listed : historyInGrid(found, listed, await gridByName);
  const target = await chooseRun(found, history, gaps);
  const results = jobResults(history.around, ci.system.sites);
  const since = found.run && !(target && hasFailed(target)) ? null : sinceRun(results, target);
  const good = history.around.find(({ build }) => build === since?.last_passing?.build) ?? null;
  const red = target && hasFailed(target) ? target : null;

  progress(red ? `reading run ${red.build}` : 'reading the grid');
  const [facts, named, ends] = await Promise.all([
    red && readRun(ci, red, gaps),
    gridByName,
    readEnds(ci, history.around, since, gaps),
  ]);
  progress('reading logs and tests');
  const [diagnosis, grid] = await Promise.all([
    facts && findFailures(ci, facts, quotes, gaps, good),
    named ?? gridOfRun(found, facts?.gridPlaces ?? (await placesOfNewest(found, history, gaps)), gaps),
  ]);
  if (history.runs.length === 0 && !grid) gaps.throwIfFailed();
  if (found.run && !target) gaps.throwIfFailed();
  noteAge(history.runs, clock(), gaps);
  const state = stateOf(history.runs, clock());
  const ofJob: Known = { found, history, results, state, since, grid, quotes, gaps };
  const explained = red && diagnosis ? await explainRed(ofJob, red, diagnosis, ends) : explainGreen(ofJob, target);
  const verdict = red && past ? await withPast(explained, red, { past, sources, quotes, gaps }) : explained.verdict;
  const answer = withKnown({ ...explained, verdict }, await knownIssues, quotes);
  return {
    subject: subjectOf(question, found, target, grid),
    ...keepCited({ ...answer, evidence: quotes.list.items }),
    since,
    gaps: gaps.items,
    candidates: found.candidates,
    texts: quotes.list.texts,
  };
}

/** The job's runs as its grid tells them, for a job that has none left in the bucket. */
function historyInGrid({ job }: Found, listed: History, grid: Grid | null): History {
  if (!grid) return listed;
  const runs = runsInGrid(grid, job).filter(({ state }) => state !== 'unknown');
  return { ...listed, runs, around: runs };
}

/** Since when the explained failure lasts: the series that ends with `target`, and the first pass after it. */
function sinceRun(results: readonly SeriesResult[], target: Run | null): Since | null {
  const at = results.findIndex(({ point }) => point.build === target?.build);
  if (target && at < 0) return null;
  if (at <= 0) return sinceOf(results);
  const since = sinceOf(results.slice(at));
  const recovered = results.slice(0, at).findLast(({ failed }) => !failed)?.point ?? null;
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

/** For a job without a red run to read: where its newest run says its grid is. */
async function placesOfNewest({ ci }: Found, { runs }: History, gaps: Gaps): Promise<GridPlace[]> {
  const newest = runs.find(isCompleted);
  return newest ? readGridPlaces(ci, newest, gaps) : [];
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
