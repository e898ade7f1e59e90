// The dashboard that a tool is given.
import { dashboardIn } from '../diagnose/read-dashboard.ts';
import { rank, partsOf } from '../diagnose/match.ts';
import type { Sources } from '../sources/ports.ts';
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
