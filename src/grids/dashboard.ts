// The health of a dashboard, from what each of its tabs says by itself.
import type { GridHealth } from './findings.ts';

/** A tab of a dashboard; `health` is null where its grid could not be read, and `problem` says why. */
export interface TabHealth {
  readonly tab: string;
  readonly health: GridHealth | null;
  /** The finding in one sentence; empty where the grid could not be read. */
  readonly headline: string;
  readonly problem: string | null;
}

export interface DashboardHealth {
  /** The worst state of a tab that is read; stale tabs and those without runs say nothing of the others. */
  readonly state: GridHealth['state'] | 'unknown';
  /** Tabs by state; those that could not be read are under `unknown`. */
  readonly counts: ReadonlyMap<GridHealth['state'] | 'unknown', number>;
  /** What needs a person first. */
  readonly tabs: readonly TabHealth[];
}

const ORDER: readonly (GridHealth['state'] | 'unknown')[] = [
  'failing',
  'flaky',
  'unknown',
  'passing',
  'stale',
  'no completed runs',
];

const stateOf = ({ health }: TabHealth): GridHealth['state'] | 'unknown' => health?.state ?? 'unknown';

/** The dashboard of the tabs. `unknown` is worse than passing: what was not read may fail. */
export function dashboardHealth(tabs: readonly TabHealth[]): DashboardHealth {
  const sorted = tabs.toSorted(
    (a, b) => ORDER.indexOf(stateOf(a)) - ORDER.indexOf(stateOf(b)) || (a.tab < b.tab ? -1 : 1),
  );
  const counts = new Map<GridHealth['state'] | 'unknown', number>();
  for (const tab of sorted) counts.set(stateOf(tab), (counts.get(stateOf(tab)) ?? 0) + 1);
  return { state: ORDER.find((state) => counts.has(state)) ?? 'no completed runs', counts, tabs: sorted };
}
