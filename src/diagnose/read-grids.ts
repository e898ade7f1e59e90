// The grids that a name stands for: those of a dashboard, one after another in its order, or that of one job.
import { parseAddress } from '../ci/address.ts';
import { hasDashboard } from '../ci/system.ts';
import type { Grid } from '../grids/grid.ts';
import { isNotFound } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';
import { Gaps } from './gaps.ts';
import { locateGrid } from './locate.ts';

/** Grids that are fetched while one is worked on. */
const AHEAD = 3;

export interface NamedGrids {
  /** Tabs of the dashboard; null for the grid of one job. */
  readonly tabs: readonly string[] | null;
  /** With durations, each let go once the next is asked for; those that cannot be had are gaps. */
  readonly grids: AsyncIterable<Grid>;
}

/**
 * The grids of what `text` names: a dashboard, or what {@link locateGrid} takes.
 * @throws NotClear for neither; SourceError, SourcesUnreachable
 */
export async function readGrids(text: string, sources: Sources, gaps: Gaps): Promise<NamedGrids> {
  const name = dashboardName(text, sources);
  const dashboard = name === null ? null : await findDashboard(name, sources);
  if (name !== null && dashboard) {
    const { ci, tabs } = dashboard;
    return { tabs, grids: inOrder(tabs, (tab) => withDurations(ci, name, tab, gaps)) };
  }
  // What was tried on the way to the grid that was found is no gap of it.
  const { ci, grid } = await locateGrid(text, sources, new Gaps());
  return {
    tabs: null,
    grids: inOrder([grid.tab], async (tab) => (await withDurations(ci, grid.dashboard, tab, gaps)) ?? grid),
  };
}

/** What may be the name of a dashboard; null for what cannot be. */
function dashboardName(text: string, { systems }: Sources): string | null {
  const address = parseAddress(
    text,
    systems.map(({ system }) => system),
  );
  if (address?.kind === 'dashboard') return address.dashboard;
  return /[\s#/]/.test(text) ? null : text;
}

async function findDashboard(
  name: string,
  { systems }: Sources,
): Promise<{ ci: CiSystem; tabs: readonly string[] } | null> {
  const likely = systems.toSorted(
    (a, b) => Number(hasDashboard(b.system, name)) - Number(hasDashboard(a.system, name)),
  );
  for (const ci of likely) {
    try {
      return { ci, tabs: (await ci.grids.tabs(name)).value };
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return null;
}

const withDurations = (ci: CiSystem, dashboard: string, tab: string, gaps: Gaps): Promise<Grid | null> =>
  gaps.try(`tab ${tab} is left out`, ci.grids.table(dashboard, tab, { durations: true }));

/** What is read of each item, in their order, some ahead of the one that is used; null is left out. */
async function* inOrder<T, R>(items: readonly T[], read: (item: T) => Promise<R | null>): AsyncGenerator<R> {
  const waiting: Promise<R | null>[] = [];
  const next = async (): Promise<R | null> => (await waiting.shift()) ?? null;
  for (const item of items) {
    const reading = read(item);
    // An error is thrown where it is waited for; until then nobody looks at it.
    reading.catch(() => undefined);
    waiting.push(reading);
    if (waiting.length <= AHEAD) continue;
    const value = await next();
    if (value !== null) yield value;
  }
  while (waiting.length > 0) {
    const value = await next();
    if (value !== null) yield value;
  }
}
