// The TestGrid grid of a job: where its annotations say, or on the dashboards whose names fit the job's.
import type { Job } from '../ci/job.ts';
import { historyPath } from '../ci/job.ts';
import { hasDashboard } from '../ci/system.ts';
import type { Grid } from '../grids/grid.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import { partsOf } from './match.ts';

const DASHBOARDS_TRIED = 3;
const EFFECT = 'the history of single tests and steps is not used';

/** A place that metadata names. */
export interface GridPlace {
  readonly dashboard: string;
  readonly tab: string;
}

/** The grid of the tab that is named like the job, searched on the likeliest dashboards; null when there is none. */
export async function findGridByName(ci: CiSystem, job: Job, gaps: Gaps): Promise<Grid | null> {
  if (job.kind === 'presubmit') return null;
  const dashboards = await gaps.try(EFFECT, ci.grids.dashboards());
  const likely = (dashboards ?? [])
    .map((name) => ({ name, score: fit(name, job.name) + (hasDashboard(ci.system, name) ? 0.5 : 0) }))
    .filter(({ score }) => score >= 1)
    .sort((a, b) => b.score - a.score)
    .slice(0, DASHBOARDS_TRIED);
  const places = await Promise.all(
    likely.map(async ({ name }) => {
      const tabs = await gaps.try(EFFECT, ci.grids.tabs(name));
      return tabs?.includes(job.name) === true ? { dashboard: name, tab: job.name } : null;
    }),
  );
  const place = places.find((found) => found !== null);
  return place ? gridAt(ci, job, place, gaps) : null;
}

/** The grid at a place, if it really is the job's. */
export async function gridAt(ci: CiSystem, job: Job, place: GridPlace, gaps: Gaps): Promise<Grid | null> {
  const grid = await gaps.try(EFFECT, ci.grids.table(place.dashboard, place.tab));
  if (!grid) return null;
  const own = `${job.bucket}/${historyPath(job)}`;
  if (grid.query !== null && grid.query !== own) {
    gaps.add({ what: `grid ${place.dashboard}#${place.tab}`, why: 'it shows another job', effect: EFFECT });
    return null;
  }
  if (grid.corrupt.length > 0)
    gaps.add({
      what: `${grid.corrupt.length} rows of grid ${place.dashboard}#${place.tab}`,
      why: 'they contradict the columns',
      effect: 'these rows were left out',
    });
  return grid;
}

/** The parts of a dashboard's name that the job's name has, versions weighing three and a foreign version ruling out. */
function fit(dashboard: string, job: string): number {
  const own = new Set(partsOf(job));
  let sum = 0;
  for (const part of partsOf(dashboard)) {
    const isVersion = /^\d+\.\d+$/.test(part);
    if (own.has(part)) sum += isVersion ? 3 : 0.5;
    else if (isVersion) return 0;
  }
  return sum;
}
