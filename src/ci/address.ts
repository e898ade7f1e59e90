// Reads the addresses people paste: Prow, Spyglass, job history, gcsweb, GCS and TestGrid URLs, and our own.
import { isBucket, isBuildId, isJobName, isObjectPath, isSlug } from './names.ts';
import type { Job, PullRequest } from './job.ts';
import type { System } from './system.ts';
import { systemOfBucket } from './system.ts';

/** What an address points at. `artifact` is the path below the run's folder. */
export type Address =
  | { kind: 'job'; job: Job }
  | { kind: 'run'; job: Job; build: string; path: string; artifact: string | null }
  | { kind: 'pull'; system: string; pull: PullRequest }
  | { kind: 'tab'; dashboard: string; tab: string }
  | { kind: 'dashboard'; dashboard: string };

/**
 * The thing a pasted URL names, or null when it is no address of a configured system. Only the URL's shape and host
 * are read; nothing is contacted, and what is contacted later is built from the ids alone.
 */
export function parseAddress(text: string, systems: readonly System[]): Address | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol === 'whyred:') return ofOurs(url, systems);
  if (url.protocol === 'gs:') return inBucket(`${url.host}${url.pathname}`, systems);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  const path = decode(url.pathname);
  if (path === null) return null;
  for (const system of systems) {
    if (isAt(url, system.sites.deck)) return onDeck(url, path, system, systems);
    if (isAt(url, system.sites.storage))
      return inBucket(path.replace(/^\/storage\/v1\/b\/([^/]+)\/o\//, '/$1/'), systems);
    if (system.gcsweb.some((site) => isAt(url, site))) return inBucket(path.replace(/^\/gcs\//, '/'), systems);
    if (isAt(url, system.sites.testgrid)) return onTestGrid(url, path);
  }
  return null;
}

const isAt = (url: URL, site: string): boolean => url.host === new URL(site).host;

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function onDeck(url: URL, path: string, system: System, systems: readonly System[]): Address | null {
  const stored = /^\/(?:view|job-history)\/(?:gs|gcs)\/(.+)$/.exec(path);
  if (stored?.[1] !== undefined) return inBucket(stored[1], systems);
  const query = url.searchParams;
  if (/^\/pr-history\/?$/.test(path)) {
    const [org, repo, pr] = [query.get('org') ?? '', query.get('repo') ?? '', query.get('pr') ?? ''];
    const pull = parsePull(`${org}/${repo}#${pr}`);
    return pull && { kind: 'pull', system: system.name, pull };
  }
  const job = query.get('job') ?? '';
  const bucket = system.buckets[0];
  if ((path === '/' || path === '/log') && isJobName(job) && bucket !== undefined) {
    const found: Job = { system: system.name, bucket, kind: 'periodic', name: job };
    const build = query.get('id') ?? '';
    return isBuildId(build)
      ? { kind: 'run', job: found, build, path: `logs/${job}/${build}`, artifact: null }
      : { kind: 'job', job: found };
  }
  return null;
}

function inBucket(place: string, systems: readonly System[]): Address | null {
  const [bucket = '', ...rest] = place
    .replace(/^\/+/, '')
    .replace(/\/{1,9}$/, '')
    .split('/');
  const system = systemOfBucket(systems, bucket);
  if (!system || !isBucket(bucket)) return null;
  return parseObjectPath(system.name, bucket, rest.join('/'));
}

/** The job or run that an object path of a bucket belongs to (`logs/<job>/<build>/…`, `pr-logs/…`). */
export function parseObjectPath(system: string, bucket: string, path: string): Address | null {
  if (!isObjectPath(path)) return null;
  const directory = /^pr-logs\/directory\/([^/]+)(?:\/\d+\.txt)?$/.exec(path);
  const found =
    /^(?<folder>logs\/(?<name>[^/]+))(?:\/(?<build>\d+)(?:\/(?<artifact>.+))?)?$/.exec(path) ??
    /^(?<folder>pr-logs\/pull\/(?:[^/]+\/)?(?:\d+|batch)\/(?<name>[^/]+))(?:\/(?<build>\d+)(?:\/(?<artifact>.+))?)?$/.exec(
      path,
    );
  const name = directory?.[1] ?? found?.groups?.['name'];
  if (name === undefined || !isJobName(name)) return null;
  const job: Job = { system, bucket, kind: path.startsWith('pr-logs/') ? 'presubmit' : 'periodic', name };
  const { folder, build, artifact } = found?.groups ?? {};
  if (folder === undefined || build === undefined || !isBuildId(build)) return { kind: 'job', job };
  return { kind: 'run', job, build, path: `${folder}/${build}`, artifact: artifact ?? null };
}

/** `org/repo#123`, or the GitHub URL of an issue or pull request; null for anything else. */
export function parseIssue(text: string): PullRequest | null {
  const [, path = '', number = ''] =
    /^https:\/\/github\.com\/([^/\s]{1,100}\/[^/\s]{1,100})\/(?:issues|pull)\/(\d{1,8})(?:[?#]\S{0,500})?$/.exec(
      text,
    ) ?? [];
  return parsePull(path === '' ? text : `${path}#${number}`);
}

/** `org/repo#123` or a GitHub pull request URL; null for anything else. */
export function parsePull(text: string): PullRequest | null {
  const found =
    /^([^/\s#]+)\/([^/\s#]+)#(\d{1,8})$/.exec(text) ??
    /^https:\/\/github\.com\/([^/\s]+)\/([^/\s]+)\/pull\/(\d{1,8})(?:[/?#].*)?$/.exec(text);
  const [, org = '', repo = '', number = ''] = found ?? [];
  return isSlug(org) && isSlug(repo) ? { org, repo, number: Number(number) } : null;
}

/** One of our own addresses stands for a place in a bucket, or a tab. */
function ofOurs(url: URL, systems: readonly System[]): Address | null {
  const path = decode(url.pathname);
  if (path === null) return null;
  if (url.host === 'run' || url.host === 'log') return inBucket(path, systems);
  const [, dashboard = '', tab = '', more] = url.pathname.split('/').map((part) => decode(part) ?? '');
  const isTab = url.host === 'grid' && tab !== '' && more === undefined && !/[\u0000-\u001f]/.test(path);
  return isTab ? { kind: 'tab', dashboard, tab } : null;
}

function onTestGrid(url: URL, path: string): Address | null {
  const [dashboard = '', page] = path.split('/').filter(Boolean);
  if (dashboard === '' || /[\u0000-\u001f]/.test(path)) return null;
  const fragment = decode(url.hash.slice(1))?.split('&')[0] ?? '';
  const tab = page === 'table' ? (url.searchParams.get('tab') ?? '') : fragment;
  return tab === '' ? { kind: 'dashboard', dashboard } : { kind: 'tab', dashboard, tab };
}
