// What a summary is of: dashboards, jobs, or patterns of either, and the tabs that these are.
import { dashboardIn } from '../diagnose/read-dashboard.ts';
import { findGridByName, type GridPlace } from '../diagnose/find-grid.ts';
import { findJob, type Found } from '../diagnose/find-job.ts';
import type { Gaps } from '../diagnose/gaps.ts';
import { readQuestion } from '../diagnose/question.ts';
import { readHistory } from '../diagnose/read-history.ts';
import { readGridPlaces } from '../diagnose/read-run.ts';
import type { Grid } from '../grids/grid.ts';
import { isNotFound } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';

export interface Tab {
  readonly ci: CiSystem;
  readonly dashboard: string;
  readonly tab: string;
}

export interface Expanded {
  readonly tabs: readonly Tab[];
  /** Names that are nothing's. */
  readonly missing: readonly string[];
}

/** None of the names is anything's. */
export class UnknownSubject extends Error {
  override readonly name = 'UnknownSubject';
  readonly names: readonly string[];

  constructor(names: readonly string[]) {
    super(`there is no dashboard or job ${names.join(', ')}`);
    this.names = names;
  }
}

/** The tabs of the named things, each once. @throws UnknownSubject, SourceError */
export async function expandSubject(subject: readonly string[], sources: Sources, gaps: Gaps): Promise<Expanded> {
  const found = await Promise.all(subject.map(async (name) => ({ name, tabs: await tabsOf(name, sources, gaps) })));
  const missing = found.filter(({ tabs }) => tabs.length === 0).map(({ name }) => name);
  if (missing.length === found.length) throw new UnknownSubject(missing);
  const tabs = new Map(found.flatMap(({ tabs }) => tabs.map((tab) => [`${tab.dashboard}\n${tab.tab}`, tab] as const)));
  return { tabs: [...tabs.values()], missing };
}

async function tabsOf(name: string, sources: Sources, gaps: Gaps): Promise<Tab[]> {
  if (name.includes('*')) return tabsLike(name, sources, gaps);
  const asked = readQuestion(
    name,
    sources.systems.map(({ system }) => system),
  );
  if (asked.kind === 'address' && asked.address.kind === 'tab') {
    const { dashboard, tab } = asked.address;
    return (await tabsOfDashboard(dashboard, sources)).filter((one) => one.tab === tab);
  }
  const dashboard = dashboardIn(name, sources);
  const own = dashboard === null ? [] : await tabsOfDashboard(dashboard, sources);
  return own.length > 0 ? own : tabOfJob(name, sources, gaps);
}

async function tabsOfDashboard(dashboard: string, { systems }: Sources): Promise<Tab[]> {
  for (const ci of systems) {
    try {
      const { value } = await ci.grids.tabs(dashboard);
      return value.map((tab) => ({ ci, dashboard, tab }));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return [];
}

/** The system whose job a grid shows, by its bucket: TestGrid shows those of all systems. */
export function ownerOf({ query }: Grid, { systems }: Sources, otherwise: CiSystem): CiSystem {
  const bucket = (query ?? '').split('/')[0] ?? '';
  return systems.find(({ system }) => system.buckets.includes(bucket)) ?? otherwise;
}

/** The dashboards that a pattern names; where there is none, the jobs of the last two days that it names. */
async function tabsLike(pattern: string, sources: Sources, gaps: Gaps): Promise<Tab[]> {
  const [first] = sources.systems;
  if (!first) return [];
  const isLike = likeness(pattern);
  const names = (await first.grids.dashboards()).value.filter(isLike);
  const tabs = await Promise.all(names.map((name) => tabsOfDashboard(name, sources)));
  if (names.length > 0) return tabs.flat();
  const recent = await Promise.all(
    sources.systems.map(async (ci) => {
      const jobs = await gaps.try('jobs that the pattern names may be missing', ci.runs.recent());
      return new Set((jobs ?? []).map(({ job }) => job.name).filter(isLike));
    }),
  );
  return (await Promise.all(recent.flatMap((jobs) => [...jobs].map((job) => tabOfJob(job, sources, gaps))))).flat();
}

/** `*` stands for any characters. Compares piece by piece: no pattern of regular expressions comes of what people type. */
export function likeness(pattern: string): (name: string) => boolean {
  const pieces = pattern.split('*');
  return (name) => {
    const [head = '', ...rest] = pieces;
    const tail = rest.pop() ?? '';
    if (!name.startsWith(head) || name.length < head.length + tail.length || !name.endsWith(tail)) return false;
    let at = head.length;
    for (const piece of rest) {
      const next = name.indexOf(piece, at);
      if (next < 0) return false;
      at = next + piece.length;
    }
    return at <= name.length - tail.length;
  };
}

async function tabOfJob(name: string, sources: Sources, gaps: Gaps): Promise<Tab[]> {
  const systems = sources.systems.map(({ system }) => system);
  const found = await findJob(readQuestion(name, systems), sources, gaps);
  if (found.kind === 'unclear') return [];
  const { ci, job } = found;
  const grid = found.grid ?? (await findGridByName(ci, job, gaps)) ?? (await placeByRuns(found, gaps));
  return grid ? [{ ci, dashboard: grid.dashboard, tab: grid.tab }] : [];
}

/** Where the job's newest run says that its grid is. */
async function placeByRuns(found: Found, gaps: Gaps): Promise<GridPlace | null> {
  const [newest] = (await readHistory(found, gaps)).runs;
  const [place] = newest ? await readGridPlaces(found.ci, newest, gaps) : [];
  return place ?? null;
}
