// What failed on a dashboard or in a set of jobs lately: failures that are one and the same are told once.
import pLimit from 'p-limit';
import { verify, type Verified } from '../answer/verify.ts';
import { headline } from '../answer/heatmap/headline.ts';
import type { RunPoint, Since } from '../ci/failure.ts';
import { gridUrl } from '../ci/links.ts';
import { parseObjectPath } from '../ci/address.ts';
import type { Gaps } from '../diagnose/gaps.ts';
import { investigate } from '../diagnose/investigate.ts';
import { readDashboard, type ReadDashboard } from '../diagnose/read-dashboard.ts';
import { runsInGrid } from '../diagnose/read-history.ts';
import { jobResults } from '../diagnose/series.ts';
import type { GridHealth } from '../grids/findings.ts';
import type { Grid } from '../grids/grid.ts';
import { understand } from '../grids/understand.ts';
import { sinceOf } from '../history/since.ts';
import { signatureOfFailure } from '../diagnose/similar.ts';
import { isSimilar, type Signature } from '../logs/signature.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';

const INVESTIGATED_AT_ONCE = 3;

/** A tab as its grid alone tells it. */
export interface TabState {
  readonly tab: string;
  readonly health: GridHealth;
  readonly headline: string;
  /** Since when its runs fail, or failed until they recovered; null where no run failed. */
  readonly since: Since | null;
}

/** The states of a dashboard's tabs. Null for a dashboard nobody has. */
export const readStates = (
  name: string,
  sources: Sources,
  clock: () => number,
): Promise<ReadDashboard<Omit<TabState, 'tab'>> | null> =>
  readDashboard(name, sources, (grid, ci) => {
    const { findings } = understand(grid, clock());
    return { health: findings.health, headline: headline(findings), since: sinceInGrid(grid, ci) };
  });

function sinceInGrid(grid: Grid, { system }: CiSystem): Since | null {
  const [bucket = '', ...path] = (grid.query ?? '').split('/');
  const place = parseObjectPath(system.name, bucket, path.join('/'));
  return place?.kind === 'job' ? sinceOf(jobResults(runsInGrid(grid, place.job), system.sites)) : null;
}

/** True while the newest completed run of the series failed. */
export const isRed = (since: Since | null): boolean => since !== null && since.recovered === null;

/** True for a point in time not older than `since` ms. */
export const isWithin = (point: RunPoint | null, since: number): boolean =>
  point?.time != null && Date.parse(point.time) >= since;

/** One failure, and all the jobs it turned red. */
export interface Cluster {
  /** Null for a failure of which nothing says why: it stands alone. */
  readonly signature: Signature | null;
  readonly found: readonly Verified[];
}

/**
 * Investigates each question, some at a time, and puts together what fails with the same or nearly the same words.
 * What no job was found for, or nothing was read of, is a gap.
 */
export async function investigateAll(
  questions: readonly string[],
  { sources, clock }: { sources: Sources; clock: () => number },
  gaps: Gaps,
): Promise<Cluster[]> {
  const limit = pLimit(INVESTIGATED_AT_ONCE);
  const found = await Promise.all(
    questions.map((question) =>
      limit(async () => {
        const effect = `nothing is said of ${question}`;
        const answer = investigate(question, { sources, clock }).then((value) => ({ value, staleMs: null }));
        const investigation = await gaps.try(effect, answer);
        if (investigation && !investigation.verdict)
          gaps.add({ what: question, why: investigation.gaps[0]?.why ?? 'no job was found', effect });
        return investigation?.verdict ? verify(investigation) : null;
      }),
    ),
  );
  return clustersOf(found.filter((one) => one !== null));
}

/** By the signature of the cause, in the order they were found; the largest cluster first. */
export function clustersOf(found: readonly Verified[]): Cluster[] {
  const clusters: { signature: Signature | null; found: Verified[] }[] = [];
  for (const one of found) {
    const cause = one.investigation.failures.find(({ secondary }) => !secondary);
    const signature = cause ? signatureOfFailure(cause) : null;
    const known = clusters.find((cluster) => signature && cluster.signature && isSimilar(cluster.signature, signature));
    if (known) known.found.push(one);
    else clusters.push({ signature, found: [one] });
  }
  return clusters.sort((a, b) => b.found.length - a.found.length);
}

/** The address that asks for a tab's job. */
export const questionOf = ({ ci, dashboard }: ReadDashboard<unknown>, tab: string): string =>
  gridUrl(ci.system.sites, dashboard, tab);
