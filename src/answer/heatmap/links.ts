// The public page of a column's run.
import type { Job } from '../../ci/job.ts';
import { historyPath } from '../../ci/job.ts';
import { runUrl, type PublicSites } from '../../ci/links.ts';
import { isBuildId } from '../../ci/names.ts';

/** Where runs are opened; null where the job or its CI system is not known. */
export interface RunPlace {
  readonly sites: PublicSites | null;
  readonly job: Job | null;
}

/** The run's page, made from ids alone; null for a build that is no id. */
export function buildUrl({ sites, job }: RunPlace, build: string): string | null {
  if (sites === null || job === null || !isBuildId(build)) return null;
  return runUrl(sites, { job, path: `${historyPath(job)}/${build}` });
}
