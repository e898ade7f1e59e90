// The dashboard that a tool is given.
import { headline } from '../answer/heatmap/headline.ts';
import { dashboardIn, readDashboard } from '../diagnose/read-dashboard.ts';
import { rank, partsOf } from '../diagnose/match.ts';
import { dashboardHealth, type DashboardHealth } from '../grids/dashboard.ts';
import { understand } from '../grids/understand.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';
import { ToolError } from './errors.ts';

const NEAREST = 5;

/** @throws ToolError for the URL of something else */
export function nameOfDashboard(text: string, sources: Sources): string {
  const name = dashboardIn(text, sources);
  if (name === null)
    throw new ToolError('that URL is of no dashboard', { next: ['the same call with the dashboard’s name'] });
  return name;
}

/** The error for a dashboard that does not exist, with the nearest names. */
export async function noDashboard(name: string, { systems }: Sources): Promise<ToolError> {
  const all = (await systems[0]?.grids.dashboards())?.value ?? [];
  const nearest = rank(partsOf(name), all, (known) => known, 0.2).slice(0, NEAREST);
  return new ToolError('there is no such dashboard', {
    known: nearest.map(({ item }) => `candidate: ${item}`),
    next: ['the same call with the exact name', 'find_jobs'],
  });
}

/** A dashboard's health from its tabs; null for a dashboard nobody has. @throws SourceError */
export async function readHealth(
  name: string,
  sources: Sources,
  clock: () => number,
): Promise<{ ci: CiSystem; health: DashboardHealth } | null> {
  const read = await readDashboard(name, sources, (grid) => {
    const { findings } = understand(grid, clock());
    return { health: findings.health, headline: headline(findings) };
  });
  const tabs = read?.tabs.map(({ tab, value, problem }) => ({
    tab,
    health: value?.health ?? null,
    headline: value?.headline ?? '',
    problem,
  }));
  return read && tabs ? { ci: read.ci, health: dashboardHealth(tabs) } : null;
}
