// From what was asked to the one job that is meant, or to the jobs that may be meant.
import type { Address } from '../ci/address.ts';
import { parseObjectPath } from '../ci/address.ts';
import type { Job, PullRequest } from '../ci/job.ts';
import { pullKey } from '../ci/job.ts';
import { isJobName } from '../ci/names.ts';
import { hasFailed, isCompleted, type Run } from '../ci/run.ts';
import type { JobState } from '../ci/verdict.ts';
import type { Grid } from '../grids/grid.ts';
import { SourceError, isNotFound } from '../sources/errors.ts';
import type { CiSystem, From, HistoryPage, Sources } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import type { Candidate } from './investigation.ts';
import { partsOf, rank, type Match } from './match.ts';
import type { Asked } from './question.ts';
import { codePoints } from './question.ts';
import { anyGrids, anySystem, isNamed, jobCandidate, searchJobs, tabCandidate, type KnownJob } from './search-jobs.ts';

/** The job, with whatever finding it has already fetched. */
export interface Found {
  readonly kind: 'job';
  readonly ci: CiSystem;
  readonly job: Job;
  /** The run that was asked for by its build id. */
  readonly run: { readonly build: string; readonly path: string } | null;
  /** The newest page of its history; null when deck did not give it. */
  readonly history: From<HistoryPage> | null;
  readonly grid: Grid | null;
  readonly pull: PullRequest | null;
  readonly candidates: readonly Candidate[];
}

export interface NotFound {
  readonly kind: 'unclear';
  /** `ambiguous`: several fit; `unknown`: none does, the candidates are the nearest names. */
  readonly problem: 'ambiguous' | 'unknown';
  readonly message: string;
  readonly candidates: readonly Candidate[];
}

const MAX_CANDIDATES = 8;
const PULL_JOBS_COMPARED = 6;

/** @throws SourcesUnreachable when no source that could know was reached */
export async function findJob(asked: Asked, sources: Sources, gaps: Gaps): Promise<Found | NotFound> {
  switch (asked.kind) {
    case 'address':
      return atAddress(asked.address, sources, gaps);
    case 'pull':
      return onPull(asked.pull, asked.tokens, sources, gaps);
    case 'name':
      return named(asked.name, asked.words, sources, gaps);
    case 'words':
      return described(asked.words, asked.odd, sources, gaps);
    case 'foreign':
      return unclear('unknown', `That address belongs to no configured CI system; known are ${hostsOf(sources)}.`, []);
  }
}

/** The hosts whose addresses can be read. */
function hostsOf({ systems }: Sources): string {
  const sites = systems.flatMap(({ system: { sites: own, gcsweb } }) => [
    own.deck,
    own.testgrid,
    own.storage,
    ...gcsweb,
  ]);
  return [...new Set(sites.map((site) => new URL(site).host))].join(', ');
}

const unclear = (problem: NotFound['problem'], message: string, candidates: readonly Candidate[]): NotFound => ({
  kind: 'unclear',
  problem,
  message,
  candidates,
});

async function atAddress(address: Address, sources: Sources, gaps: Gaps): Promise<Found | NotFound> {
  switch (address.kind) {
    case 'pull':
      return onPull(address.pull, [], sources, gaps);
    case 'job':
    case 'run': {
      const ci = systemKnownJob(sources, address.job.system);
      const history = await historyOf(ci, address.job, gaps);
      const run = address.kind === 'run' ? { build: address.build, path: address.path } : null;
      if (history === 'not found' && !run) return nearest(address.job.name, sources, gaps);
      return found(ci, address.job, { run, history: history === 'not found' ? null : history });
    }
    case 'tab':
      return atTab(address.dashboard, address.tab, sources, gaps);
    case 'dashboard': {
      const tabs = await gaps.try('the tabs of the dashboard are unknown', anyGrids(sources).tabs(address.dashboard));
      const candidates = (tabs ?? [])
        .slice(0, MAX_CANDIDATES)
        .map((tab) => tabCandidate(sources, address.dashboard, tab, 1));
      return unclear('ambiguous', `${address.dashboard} is a dashboard: name one of its tabs.`, candidates);
    }
  }
}

async function atTab(dashboard: string, tab: string, sources: Sources, gaps: Gaps): Promise<Found | NotFound> {
  // Names of tabs may have spaces; what follows a name without them may be the rest of a question.
  const first = (tab.split(/\s/)[0] ?? tab).replace(/[.,;:!?]{1,9}$/, '');
  return (
    (await openTab(dashboard, tab, sources, gaps)) ??
    (first === tab ? null : await openTab(dashboard, first, sources, gaps)) ??
    withoutTab(dashboard, first, sources, gaps)
  );
}

/** The job of a tab; null when the dashboard has no such tab. */
async function openTab(dashboard: string, tab: string, sources: Sources, gaps: Gaps): Promise<Found | NotFound | null> {
  try {
    const { value: grid, staleMs } = await anyGrids(sources).table(dashboard, tab);
    gaps.noteAge(staleMs, `grid ${dashboard}#${tab}`);
    const [bucket = '', ...path] = (grid.query ?? '').split('/');
    const ci = sources.systems.find(({ system }) => system.buckets.includes(bucket));
    const place = ci && parseObjectPath(ci.system.name, bucket, path.join('/'));
    if (ci && place?.kind === 'job') {
      const history = await historyOf(ci, place.job, gaps);
      return found(ci, place.job, { grid, history: history === 'not found' ? null : history });
    }
    return unclear('unknown', `The grid ${dashboard}#${tab} names no job of a configured bucket.`, []);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** For a tab that its dashboard does not have: the job of that very name, else the tabs it has that are named like it. */
async function withoutTab(dashboard: string, tab: string, sources: Sources, gaps: Gaps): Promise<Found | NotFound> {
  const job = (isJobName(tab) ? await jobNamed(tab, sources, gaps) : null) ?? (await tabElsewhere(tab, sources, gaps));
  if (job) {
    const effect = 'the job of that name is meant, wherever it is shown';
    gaps.add({ what: `tab ${tab} of dashboard ${dashboard}`, why: 'the dashboard has no such tab', effect });
    return job;
  }
  const listed = anyGrids(sources)
    .tabs(dashboard)
    .catch((error: unknown) => {
      if (isNotFound(error)) return { value: [], staleMs: null };
      throw error;
    });
  const tabs = await gaps.try('the tabs of the dashboard are unknown', listed);
  if (!tabs || tabs.length === 0) {
    const near = await nearest(tab, sources, gaps);
    return tabs ? { ...near, message: `No dashboard is named ${dashboard}. ${near.message}` } : near;
  }
  const candidates = rank([tab], tabs, (name) => name, 0)
    .slice(0, MAX_CANDIDATES)
    .map(({ item, score }) => tabCandidate(sources, dashboard, item, Math.round(score * 100) / 100));
  const message = `Dashboard ${dashboard} has no tab ${tab}, and no job is named so. Its tabs nearest in name are below.`;
  return unclear('unknown', message, candidates);
}

/** The job of a tab of that very name, on whatever dashboard. */
async function tabElsewhere(tab: string, sources: Sources, gaps: Gaps): Promise<Found | null> {
  const matches = await searchJobs([tab], sources, gaps, 0.3, tab);
  const place = matches.find(({ item }) => isNamed(item.candidate.job, tab))?.item.place;
  if (!place || !('tab' in place)) return null;
  const job = await openTab(place.dashboard, place.tab, sources, gaps);
  return job?.kind === 'job' ? job : null;
}

async function onPull(
  pull: PullRequest,
  tokens: readonly string[],
  sources: Sources,
  gaps: Gaps,
): Promise<Found | NotFound> {
  const effect = 'runs of the pull request there are unknown';
  const pages = await Promise.all(
    sources.systems.map(async (ci) => ({ ci, jobs: (await gaps.try(effect, ci.runs.pull(pull))) ?? [] })),
  );
  const listed = pages.flatMap(({ ci, jobs }) => jobs.map(({ job, runs }) => ({ ci, job, newest: runs[0] ?? null })));
  // Two decks may list the runs of one bucket: they are those of the system whose bucket it is.
  const tested = listed.filter((entry) => {
    const same = listed.filter(({ job }) => job.name === entry.job.name && job.bucket === entry.job.bucket);
    return entry === (same.find(({ ci, job }) => ci.system.buckets.includes(job.bucket)) ?? same[0]);
  });
  if (tested.length === 0) {
    gaps.throwIfUnreachable();
    return unclear('unknown', `No job of a configured system has run on ${pullKey(pull)}.`, []);
  }
  const red = tested.filter(({ newest }) => newest && hasFailed(newest));
  const meant = tested.filter(({ job }) => tokens.includes(job.name));
  const asked = meant.length > 0 ? meant : red.length > 0 ? red : tested;
  const histories = await Promise.all(
    asked.slice(0, PULL_JOBS_COMPARED).map(async (entry) => {
      const history = await historyOf(entry.ci, entry.job, gaps);
      return { ...entry, history: history === 'not found' ? null : history };
    }),
  );
  // The job that fails here and hardly anywhere else says most about the change.
  const first = histories.sort((a, b) => failingShare(a.history) - failingShare(b.history))[0];
  if (!first) return unclear('unknown', `No job has run on ${pullKey(pull)}.`, []);
  return found(first.ci, first.job, {
    run: first.newest && { build: first.newest.build, path: first.newest.path },
    history: first.history,
    pull,
    candidates: besides(
      first.job,
      red.map(({ ci, job, newest }) => jobCandidate(ci, job, 1, newest && stateOf(newest))),
    ),
  });
}

function failingShare(history: From<HistoryPage> | null): number {
  const completed = history?.value.runs.filter(isCompleted) ?? [];
  return completed.length === 0 ? 1 : completed.filter(hasFailed).length / completed.length;
}

const named = async (name: string, words: readonly string[], sources: Sources, gaps: Gaps): Promise<Found | NotFound> =>
  (await jobNamed(name, sources, gaps)) ?? byPartOfName(name, words, sources, gaps);

/** The job of that very name; null when no system has it. */
async function jobNamed(name: string, sources: Sources, gaps: Gaps): Promise<Found | null> {
  const asked = await Promise.all(
    sources.systems.map(async (ci) => {
      const job: Job = {
        system: ci.system.name,
        bucket: ci.system.buckets[0] ?? '',
        kind: /^(?:pull|rehearse)-/.test(name) ? 'presubmit' : 'periodic',
        name,
      };
      return { ci, job, history: await historyOf(ci, job, gaps) };
    }),
  );
  const known = asked.filter(({ history }) => history !== 'not found');
  const answered = known.find(({ history }) => history !== null) ?? known[0];
  if (!answered) return null;
  const { ci, job, history } = answered;
  return found(ci, job, { history: history === 'not found' ? null : history });
}

/** The newest page of a job's history; null when deck cannot say and the bucket must. */
async function historyOf(ci: CiSystem, job: Job, gaps: Gaps): Promise<From<HistoryPage> | 'not found' | null> {
  try {
    const history = await ci.runs.history(job);
    gaps.noteAge(history.staleMs, `history of ${job.name}`);
    return history;
  } catch (error) {
    if (isNotFound(error)) return 'not found';
    if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
    const effect = 'the runs are read from the bucket: fewer of them, and slower';
    const hasRuns = await ci.artifacts.hasRuns(job).catch((reason: unknown) => {
      if (!(reason instanceof SourceError) || reason.problem === 'cancelled') throw reason;
      if (isNotFound(reason)) return false;
      gaps.note('the runs of the job are unknown', reason);
      return true;
    });
    gaps.note(effect, error);
    return hasRuns ? null : 'not found';
  }
}

/** A name that is no job's: perhaps a tab's, or a part of one job's name; never silently a similar one. */
async function byPartOfName(
  name: string,
  words: readonly string[],
  sources: Sources,
  gaps: Gaps,
): Promise<Found | NotFound> {
  const matches = await searchJobs([name, ...words], sources, gaps, 0.3, name);
  const exact = matches.filter(({ item }) => isNamed(item.candidate.job, name));
  const partly = matches.filter(({ item }) => item.candidate.job.includes(name));
  // Of the jobs that hold the asked part, those that also have every version that was named.
  const versions = words.filter((word) => /^\d+\.\d+$/.test(word));
  const meant = partly.filter(({ item }) => versions.every((word) => partsOf(item.candidate.job).includes(word)));
  const holding = exact.length > 0 ? exact : meant.length > 0 ? meant : partly;
  const [only, another] = holding;
  if (only && !another) return follow(only.item, sources, gaps);
  const candidates = candidatesIn(another ? holding : matches);
  return another
    ? unclear('ambiguous', `Several jobs have ${name} in their name: name one of them.`, candidates)
    : notNamed(name, candidates);
}

async function nearest(name: string, sources: Sources, gaps: Gaps): Promise<NotFound> {
  const matches = await searchJobs([name], sources, gaps, 0.3);
  return notNamed(name, candidatesIn(matches));
}

function notNamed(name: string, candidates: readonly Candidate[]): NotFound {
  const hint = candidates.length > 0 ? 'The nearest names are below.' : 'No job has a name like it.';
  return unclear('unknown', `No job is named ${name}. ${hint}`, candidates);
}

async function described(
  words: readonly string[],
  odd: readonly string[],
  sources: Sources,
  gaps: Gaps,
): Promise<Found | NotFound> {
  if (words.length === 0)
    return unclear('unknown', 'The question names no job: give its name, some of its words, or a URL.', []);
  if (odd.length > 0) {
    const plain = await searchJobs(words, sources, gaps, 0.3);
    const marks = odd.map((word) => codePoints(word)).join(', ');
    const message = `The name has characters that no job name has (${marks}); did you mean one of these?`;
    return unclear('unknown', message, candidatesIn(plain));
  }
  const whole = words.length === 1 ? (words[0] ?? null) : null;
  const matches = await searchJobs(words, sources, gaps, 0.5, whole);
  const exact = matches.filter(({ item }) => whole !== null && isNamed(item.candidate.job, whole));
  const [best, second] = exact.length > 0 ? exact : matches;
  if (!best) {
    const near = await searchJobs(words, sources, gaps, 0.2);
    return unclear('unknown', `No job has a name like "${words.join(' ')}".`, candidatesIn(near));
  }
  if (second && !isPlainer(best, second))
    return unclear('ambiguous', 'Several jobs fit: name one of them.', candidatesIn(matches));
  const found = await follow(best.item, sources, gaps);
  const others = candidatesIn(matches.filter((match) => match !== best));
  return found.kind === 'job' ? { ...found, candidates: besides(found.job, others) } : found;
}

const candidatesIn = (matches: readonly Match<KnownJob>[]): Candidate[] =>
  matches.slice(0, MAX_CANDIDATES).map(({ item }) => item.candidate);

/** The candidates without the job itself, which a search may know by its tab too. */
const besides = (job: Job, candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((candidate) => candidate.job !== job.name);

/** True when the best name is clearly better, or the runner-up only adds words that were not asked for. */
function isPlainer(best: Match<KnownJob>, second: Match<KnownJob>): boolean {
  if (best.score - second.score >= 0.1) return true;
  const parts = new Set(partsOf(second.item.candidate.job));
  return (
    best.score >= 0.85 && best.score > second.score && partsOf(best.item.candidate.job).every((part) => parts.has(part))
  );
}

async function follow(item: KnownJob, sources: Sources, gaps: Gaps): Promise<Found | NotFound> {
  if ('tab' in item.place) return atTab(item.place.dashboard, item.place.tab, sources, gaps);
  const { ci, job } = item.place;
  const history = await historyOf(ci, job, gaps);
  return found(ci, job, { history: history === 'not found' ? null : history });
}

const found = (ci: CiSystem, job: Job, rest: Partial<Found>): Found => ({
  run: null,
  history: null,
  grid: null,
  pull: null,
  candidates: [],
  ...rest,
  kind: 'job',
  ci,
  job,
});

const stateOf = (run: Run): JobState | null => (hasFailed(run) ? 'failing' : run.state === 'passed' ? 'passing' : null);

function systemKnownJob(sources: Sources, name: string): CiSystem {
  return sources.systems.find(({ system }) => system.name === name) ?? anySystem(sources);
}
