// Known issues on GitHub: those of a repository with the labels of flakes and failing tests, open ones and closed ones.
import { z } from 'zod';
import type { IssueState, KnownIssue } from '../../ci/known-issue.ts';
import { issueUrl } from '../../ci/links.ts';
import { pullKey } from '../../ci/job.ts';
import type { Http } from '../http.ts';
import { parseJson } from '../json.ts';
import type { From, KnownIssues } from '../ports.ts';
import type { Memory } from './memory.ts';

/** A repository whose issues are read. */
export interface IssueRepository {
  readonly org: string;
  readonly repo: string;
}

/** The issues of pages, and of repositories. */
export type IssueMemory = Memory<readonly Listed[], readonly KnownIssue[]>;
type Listed = KnownIssue | null;

export interface GithubOptions {
  /** Where the API answers, without a slash at the end. */
  readonly api: string;
  readonly labels: readonly string[];
  /** Null: asked as anyone, which GitHub allows sixty times an hour. */
  readonly token: string | null;
  readonly memory: IssueMemory;
}

const KEEP = 30 * 60_000;
const PAGE = 100;
/** Issues are read from the last changed: older ones than these say little of today. */
const PAGES = 5;
const PAGE_BYTES = 32 * 1024 * 1024;
const BODY_CHARS = 32_000;

const Issue = z.object({
  number: z.int().positive(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  state_reason: z.string().nullish(),
  body: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).default([]),
  milestone: z.object({ title: z.string() }).nullish(),
  closed_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  /** Present where the issue is a pull request. */
  pull_request: z.unknown().optional(),
});
type Issue = z.output<typeof Issue>;
const Issues = z.array(Issue);

/** The issues of one repository, each once whatever labels it has. */
export function githubIssues(http: Http, repository: IssueRepository, options: GithubOptions): KnownIssues {
  const name = `${repository.org}/${repository.repo}`;
  const page = (label: string, number: number): Promise<From<readonly Listed[]>> => {
    const query = new URLSearchParams({
      labels: label,
      state: 'all',
      sort: 'updated',
      direction: 'desc',
      per_page: String(PAGE),
      page: String(number),
    });
    const url = `${options.api}/repos/${name}/issues?${query.toString()}`;
    return http.get({
      service: 'github',
      what: `issues of ${name} with label ${label}`,
      url,
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(options.token === null ? {} : { authorization: `Bearer ${options.token}` }),
      },
      keep: KEEP,
      maxBytes: PAGE_BYTES,
      partial: 'refuse',
      accept: ({ bytes }) => options.memory.page(url, bytes, () => readPage(repository, bytes)),
    });
  };
  return {
    name,
    issues: async () => {
      const pages: (readonly Listed[])[] = [];
      let staleMs: number | null = null;
      for (const label of options.labels)
        for (let number = 1; number <= PAGES; number += 1) {
          // One after the other: GitHub asks for that.
          const { value, staleMs: age } = await page(label, number);
          staleMs = age === null ? staleMs : Math.max(staleMs ?? 0, age);
          pages.push(value);
          if (value.length < PAGE) break;
        }
      return { value: options.memory.whole(name, pages, () => distinct(pages.flat())), staleMs };
    },
  };
}

/** Each issue of the page; null for a pull request, which GitHub lists too. */
const readPage = (repository: IssueRepository, bytes: Uint8Array): Listed[] =>
  Issues.parse(parseJson(bytes)).map((issue) =>
    issue.pull_request === undefined ? knownIssue(repository, issue) : null,
  );

const distinct = (listed: readonly Listed[]): KnownIssue[] => [
  ...new Map(listed.flatMap((issue) => (issue ? [[issue.id, issue]] : []))).values(),
];

function knownIssue({ org, repo }: IssueRepository, issue: Issue): KnownIssue {
  const place = { org, repo, number: issue.number };
  const changed = Date.parse(issue.closed_at ?? issue.updated_at ?? '');
  const state = stateOf(issue);
  return {
    tracker: 'github',
    id: pullKey(place),
    url: issueUrl(place),
    title: issue.title,
    state,
    fixedIn: state === 'fixed' ? (issue.milestone?.title ?? null) : null,
    changed: Number.isNaN(changed) ? null : changed,
    labels: issue.labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
    tests: [],
    text: (issue.body ?? '').slice(0, BODY_CHARS),
  };
}

function stateOf({ state, state_reason: reason }: Issue): IssueState {
  if (state === 'open') return reason === 'reopened' ? 'reopened' : 'open';
  return reason === 'not_planned' || reason === 'duplicate' ? 'closed' : 'fixed';
}
