// Finds jobs by words: among the jobs of the last days, and the tabs of the dashboards whose names fit.
import type { Job } from '../ci/job.ts';
import { gridUrl, jobUrl } from '../ci/links.ts';
import { hasDashboard } from '../ci/system.ts';
import type { JobState } from '../ci/verdict.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import type { Candidate } from './investigation.ts';
import { rank, scoreName, type Match } from './match.ts';

const DASHBOARDS_SEARCHED = 6;
const MORE_DASHBOARDS_SEARCHED = 24;
const GOOD_SCORE = 0.9;

/** A job that is known by name, and how to get to it. */
export interface KnownJob {
  readonly candidate: Candidate;
  readonly place: { readonly ci: CiSystem; readonly job: Job } | { readonly dashboard: string; readonly tab: string };
}

/**
 * Jobs and tabs whose names answer the words: from the jobs of the last days and from the likeliest dashboards.
 * @param asked the whole name, where one was asked for: then names that only hold it do not end the search for a tab of that name
 */
export async function searchJobs(
  words: readonly string[],
  sources: Sources,
  gaps: Gaps,
  atLeast: number,
  asked: string | null = null,
): Promise<Match<KnownJob>[]> {
  const effect = 'jobs that only it knows were not searched';
  const recent = Promise.all(
    sources.systems.map(async (ci) => ({ ci, jobs: await gaps.try(effect, ci.runs.recent()) })),
  );
  recent.catch(() => undefined);
  const dashboards = (await gaps.try(effect, anyGrids(sources).dashboards())) ?? [];
  const readTabs = (names: readonly string[]): Promise<{ dashboard: string; tabs: readonly string[] }[]> =>
    Promise.all(
      names.map(async (dashboard) => ({
        dashboard,
        tabs: (await gaps.try(effect, anyGrids(sources).tabs(dashboard))) ?? [],
      })),
    );
  const likely = rank(words, dashboards, (name) => name, 0.01).map(({ item }) => item);
  const tabs = await readTabs(likely.slice(0, DASHBOARDS_SEARCHED));
  const jobs = (await recent).flatMap(({ ci, jobs: list }) => (list ?? []).map(({ job }) => ({ ci, job })));
  const names = [...tabs.flatMap((entry) => entry.tabs), ...jobs.map(({ job }) => job.name)];
  const fits = names.some((name) => scoreName(words, name) >= GOOD_SCORE);
  if (!fits || (asked !== null && !names.some((name) => isNamed(name, asked)))) {
    // No name fits well yet, or not wholly: the tab may be on a dashboard that is named after something else.
    const rest = dashboards.filter((name) => !likely.includes(name)).sort((a, b) => ofRelease(b) - ofRelease(a));
    const others = await readTabs([...likely.slice(DASHBOARDS_SEARCHED), ...rest].slice(0, MORE_DASHBOARDS_SEARCHED));
    const isWanted = (tab: string): boolean => !fits || (asked !== null && isNamed(tab, asked));
    tabs.push(...others.map((entry) => ({ ...entry, tabs: entry.tabs.filter(isWanted) })));
  }
  const known = new Map<string, KnownJob>();
  for (const { ci, jobs } of await recent)
    for (const { job } of jobs ?? [])
      known.set(job.name, { candidate: jobCandidate(ci, job, 0, null), place: { ci, job } });
  for (const { dashboard, tabs: names } of tabs)
    for (const tab of names)
      if (!known.has(tab))
        known.set(tab, { candidate: tabCandidate(sources, dashboard, tab, 0), place: { dashboard, tab } });
  if (known.size === 0) gaps.throwIfUnreachable();
  return rank(words, [...known.values()], ({ candidate }) => candidate.job, atLeast).map(({ item, score }) => ({
    item: { ...item, candidate: { ...item.candidate, score: Math.round(score * 100) / 100 } },
    score,
  }));
}

/** True of the very name that was asked for, whatever its case. */
export const isNamed = (name: string, asked: string): boolean => name.toLowerCase() === asked.toLowerCase();

/** The dashboards that a release is judged by hold the tabs that are asked for most. */
const ofRelease = (dashboard: string): number => Number(/(?:^|-)(?:blocking|informing)$/.test(dashboard));

export const jobCandidate = (ci: CiSystem, job: Job, score: number, state: JobState | null): Candidate => ({
  job: job.name,
  system: ci.system.name,
  url: jobUrl(ci.system.sites, job),
  score,
  state,
});

export function tabCandidate(sources: Sources, dashboard: string, tab: string, score: number): Candidate {
  const owner = sources.systems.find(({ system }) => hasDashboard(system, dashboard)) ?? anySystem(sources);
  const { name, sites } = owner.system;
  return { job: tab, system: name, url: gridUrl(sites, dashboard, tab), score, state: null };
}

/** TestGrid is one for all public systems: any of them asks it. */
export const anyGrids = (sources: Sources): CiSystem['grids'] => anySystem(sources).grids;

export function anySystem(sources: Sources): CiSystem {
  const first = sources.systems[0];
  if (!first) throw new RangeError('no CI system is configured');
  return first;
}
