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
  readonly state: State;
  /** Tabs by state; those that could not be read are under `unknown`. */
  readonly counts: ReadonlyMap<State, number>;
  /** What needs a person first. */
  readonly tabs: readonly TabHealth[];
}

type State = GridHealth['state'] | 'unknown';

const ORDER: readonly State[] = ['failing', 'flaky', 'unknown', 'stale', 'passing', 'no completed runs'];
/** States that say nothing of the other tabs. */
const QUIET: ReadonlySet<State> = new Set<State>(['stale', 'no completed runs']);

const stateOf = ({ health }: TabHealth): State => health?.state ?? 'unknown';

/** A stale tab needs a person as one that still runs and does as it did; one that passed needs to be run again. */
function rank({ health }: TabHealth): number {
  const was = health?.was ?? null;
  return was === null || was === 'passing' ? ORDER.indexOf(health?.state ?? 'unknown') : ORDER.indexOf(was) + 0.5;
}

/** The dashboard of the tabs. `unknown` is worse than passing: what was not read may fail. */
export function dashboardHealth(tabs: readonly TabHealth[]): DashboardHealth {
  const sorted = tabs.toSorted((a, b) => rank(a) - rank(b) || (a.tab < b.tab ? -1 : 1));
  const counts = new Map<State, number>();
  for (const tab of sorted) counts.set(stateOf(tab), (counts.get(stateOf(tab)) ?? 0) + 1);
  const present = ORDER.filter((state) => counts.has(state));
  const state = present.find((one) => !QUIET.has(one)) ?? present[0] ?? 'no completed runs';
  return { state, counts, tabs: sorted };
}
