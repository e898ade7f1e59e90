// A job: what Prow runs again and again, and where its runs are kept.

/** A job of one CI system. Presubmits (tests of pull requests) keep their history apart from their runs. */
export interface Job {
  readonly system: string;
  readonly bucket: string;
  readonly kind: 'periodic' | 'presubmit';
  readonly name: string;
}

/** The path of a job's history below its bucket: `logs/<job>`, or `pr-logs/directory/<job>` for a presubmit. */
export const historyPath = (job: Job): string =>
  job.kind === 'presubmit' ? `pr-logs/directory/${job.name}` : `logs/${job.name}`;

/** A stable key of the job, unique over systems. */
export const jobKey = (job: Job): string => `${job.bucket}/${historyPath(job)}`;

/** A pull request that Prow tests. */
export interface PullRequest {
  readonly org: string;
  readonly repo: string;
  readonly number: number;
}

export const pullKey = (pull: PullRequest): string => `${pull.org}/${pull.repo}#${pull.number}`;
