// The tabs of a dashboard, each read and understood, one after another let go again.
import { hasDashboard } from '../ci/system.ts';
import { parseAddress } from '../ci/address.ts';
import type { Grid } from '../grids/grid.ts';
import { isNotFound, SourceError } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';

/** What was made of a tab; `value` is null where its grid could not be read, and `problem` says why. */
export interface ReadTab<T> {
  readonly tab: string;
  readonly value: T | null;
  readonly problem: string | null;
}

export interface ReadDashboard<T> {
  readonly ci: CiSystem;
  readonly dashboard: string;
  readonly tabs: readonly ReadTab<T>[];
}

/**
 * Reads each tab of a dashboard; null for a dashboard nobody has. A grid that cannot be had is said, not left out.
 * @param use what to keep of a grid, which is large
 * @throws SourceError when the list of tabs cannot be had
 */
export async function readDashboard<T>(
  name: string,
  { systems }: Sources,
  use: (grid: Grid, ci: CiSystem) => T,
): Promise<ReadDashboard<T> | null> {
  const likely = systems.toSorted(
    (a, b) => Number(hasDashboard(b.system, name)) - Number(hasDashboard(a.system, name)),
  );
  for (const ci of likely) {
    try {
      const { value: names } = await ci.grids.tabs(name);
      const tabs = await Promise.all(names.map((tab) => readTab(ci, name, tab, use)));
      return { ci, dashboard: name, tabs };
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return null;
}

async function readTab<T>(
  ci: CiSystem,
  dashboard: string,
  tab: string,
  use: (grid: Grid, ci: CiSystem) => T,
): Promise<ReadTab<T>> {
  try {
    const { value } = await ci.grids.table(dashboard, tab);
    return { tab, value: use(value, ci), problem: null };
  } catch (error) {
    if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
    return { tab, value: null, problem: `its grid could not be read: ${error.message}` };
  }
}

/** The dashboard that a text names: itself, or that of its TestGrid URL. Null for the URL of something else. */
export function dashboardIn(text: string, { systems }: Sources): string | null {
  const address = parseAddress(
    text,
    systems.map(({ system }) => system),
  );
  if (address?.kind === 'dashboard' || address?.kind === 'tab') return address.dashboard;
  return URL.canParse(text) ? null : text;
}
