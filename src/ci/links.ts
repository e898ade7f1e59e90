// Public links, made from ids alone: what a person opens, never what whyred contacts.
import type { Job, PullRequest } from './job.ts';
import { historyPath } from './job.ts';
import type { Run } from './run.ts';
import { encodePath } from './names.ts';

/** The public addresses of one CI system, each without a slash at the end. */
export interface PublicSites {
  readonly deck: string;
  readonly storage: string;
  readonly testgrid: string;
}

export const jobUrl = (sites: PublicSites, job: Job): string =>
  `${sites.deck}/job-history/gs/${job.bucket}/${encodePath(historyPath(job))}`;

export const runUrl = (sites: PublicSites, run: Pick<Run, 'job' | 'path'>): string =>
  `${sites.deck}/view/gs/${run.job.bucket}/${encodePath(run.path)}`;

export const pullUrl = (sites: PublicSites, pull: PullRequest): string =>
  `${sites.deck}/pr-history/?org=${encodeURIComponent(pull.org)}&repo=${encodeURIComponent(pull.repo)}&pr=${pull.number}`;

/** An issue or a pull request on GitHub, which leads on from the one to the other. */
export const issueUrl = ({ org, repo, number }: PullRequest): string =>
  `https://github.com/${encodePath(`${org}/${repo}`)}/issues/${number}`;

export const objectUrl = (sites: PublicSites, bucket: string, object: string): string =>
  `${sites.storage}/${bucket}/${encodePath(object)}`;

/**
 * A link to lines of a log. The run's own `build-log.txt` opens in Spyglass at the lines (its anchor is
 * `#<lens>:<artifact>:<from>-<to>`; the build log is lens 1 on both systems' pages). Other logs are plain text
 * without anchors: a text fragment makes the browser scroll to the first quoted line.
 */
export function logLinesUrl(
  sites: PublicSites,
  run: Pick<Run, 'job' | 'path'>,
  object: string,
  lines: { from: number; to: number },
  firstLine: string,
): string {
  if (object === `${run.path}/build-log.txt`) {
    const range = lines.from === lines.to ? `${lines.from}` : `${lines.from}-${lines.to}`;
    return `${runUrl(sites, run)}#1:build-log.txt%3A${range}`;
  }
  return objectUrl(sites, run.job.bucket, object) + textFragment(firstLine);
}

/** `#:~:text=…` for a line: 40 characters of its longest stretch without control sequences. */
function textFragment(line: string): string {
  const stretches = line.split(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u001f\u007f-\u009f]+/);
  const longest = stretches.reduce((best, text) => (text.trim().length > best.length ? text.trim() : best), '');
  const words = longest.slice(0, 40).trim();
  if (words === '' || !words.isWellFormed()) return '';
  // A text fragment reads `-` as syntax; quotes and brackets end links in other texts.
  return `#:~:text=${encodeURIComponent(words).replace(/[-'()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** A grid, or one row of it. */
export function gridUrl(sites: PublicSites, dashboard: string, tab: string, row?: string): string {
  const grid = `${sites.testgrid}/${encode(dashboard)}#${encode(tab)}`;
  if (row === undefined) return grid;
  const exactly = `^${row.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
  return `${grid}&include-filter-by-regex=${encode(exactly)}`;
}

/** For names from outside, whose characters may be no text at all, and may be what ends a link in another text. */
const encode = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** What changed between two commits of a GitHub repository. */
export const compareUrl = (repository: string, from: string, to: string): string =>
  `https://github.com/${encodePath(repository)}/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`;
