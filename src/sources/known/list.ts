// Known issues from a list kept by hand, in YAML: what no label tells, and names of tests in full.
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { KnownIssue } from '../../ci/known-issue.ts';
import { pullKey, type PullRequest } from '../../ci/job.ts';
import { issueUrl } from '../../ci/links.ts';
import { isSlug } from '../../ci/names.ts';
import { ConfigError } from '../config.ts';
import type { KnownIssues } from '../ports.ts';

const Text = z.string().trim().min(1);

const Entry = z.strictObject({
  issue: z.string().transform((text, context): PullRequest => {
    const [, org = '', repo = '', number = ''] = /^([^/#]{1,100})\/([^/#]{1,100})#(\d{1,9})$/.exec(text) ?? [];
    if (!isSlug(org) || !isSlug(repo)) {
      context.addIssue('must be org/repo#123');
      return z.NEVER;
    }
    return { org, repo, number: Number(number) };
  }),
  title: Text.max(300),
  state: z.enum(['open', 'reopened', 'fixed', 'closed']).default('open'),
  fixed_in: Text.max(60).nullable().default(null),
  labels: z.array(Text.max(100)).default([]),
  tests: z.array(Text.max(1_000)).default([]),
  error: z.string().max(32_000).default(''),
});

const Entries = z.array(Entry);

/** Reads the list. @throws ConfigError with every mistake in it */
export function parseKnownList(text: string): KnownIssue[] {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    throw new ConfigError([`the list of known issues is not YAML${line === undefined ? '' : ` (line ${line})`}`]);
  }
  const entries = Entries.safeParse(raw ?? []);
  if (!entries.success)
    throw new ConfigError(
      entries.error.issues.map(({ path, message }) => `known issues, ${path.map(String).join('.')}: ${message}`),
    );
  return entries.data.map(({ issue, title, state, fixed_in: fixedIn, labels, tests, error }): KnownIssue => ({
    tracker: 'list',
    id: pullKey(issue),
    url: issueUrl(issue),
    title,
    state,
    fixedIn,
    changed: null,
    labels,
    tests,
    text: error,
  }));
}

/** The list as a source. */
export const listedIssues = (issues: readonly KnownIssue[]): KnownIssues => ({
  name: 'the list of known issues',
  issues: () => Promise.resolve({ value: issues, staleMs: null }),
});
