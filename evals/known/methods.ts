// Ways to find the issue of a failure: ours, and what people do by hand.
import type { KnownIssue } from '../../src/ci/known-issue.ts';
import { IssueIndex, type Queried } from '../../src/history/known/issue-index.ts';
import { matchIssues } from '../../src/history/known/match.ts';
import { namesIn, nameWords } from '../../src/history/known/words.ts';

/** Ids of issues, the best first. */
export interface Ranked {
  readonly ranked: readonly string[];
  /** The one that would be told; null where nothing fits well enough. */
  readonly told: string | null;
}

export interface Method {
  readonly name: string;
  /** Prepares for many failures over the same issues. */
  readonly over: (issues: readonly KnownIssue[]) => (failure: Queried) => Ranked;
}

const MOST = 5;
const LINE_CHARS = 30;

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const nameOf = (text: string): string => nameWords(text).join(' ');

/** Ranks by a score of which 0 means that nothing fits. */
const byScore = (name: string, score: (issue: KnownIssue, failure: Queried) => number): Method => ({
  name,
  over: (issues) => (failure) => {
    const ranked = issues
      .map((issue) => ({ id: issue.id, score: score(issue, failure) }))
      .filter((one) => one.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST)
      .map(({ id }) => id);
    return { ranked, told: ranked[0] ?? null };
  },
});

export const METHODS: readonly Method[] = [
  {
    name: 'whyred',
    over: (issues) => {
      const index = [new IssueIndex(issues)];
      return (failure) => ({
        ranked: matchIssues(index, failure, { most: MOST, least: 0 }).map(({ issue }) => issue.id),
        told: matchIssues(index, failure, { most: 1 })[0]?.issue.id ?? null,
      });
    },
  },
  byScore('exact text', (issue, { text }) => {
    const [own, asked] = [flat(issue.text), flat(text)];
    return Number(own !== '' && (own.includes(asked) || asked.includes(own)));
  }),
  byScore('a line in common', (issue, { text }) => {
    const lines = new Set(issue.text.split('\n').map(flat));
    return new Set(
      text
        .split('\n')
        .map(flat)
        .filter((line) => line.length >= LINE_CHARS && lines.has(line)),
    ).size;
  }),
  byScore('the test’s name', (issue, { test, text }) => {
    const title = nameOf(issue.title);
    const names = [...(test === null ? [] : [test]), ...namesIn(text)].map(nameOf).filter((name) => name !== '');
    return Math.max(0, ...names.filter((name) => title.includes(name)).map(({ length }) => length));
  }),
];
