// From a failure to the known issues it may be, best first; to none where nothing fits well enough.
import type { IssueState, KnownIssue } from '../../ci/known-issue.ts';
import type { IssueIndex, Likeness, Queried } from './issue-index.ts';

export interface KnownMatch {
  readonly issue: KnownIssue;
  /** 0 to 1. */
  readonly score: number;
  /** What made it match: the test's name, or what the failure says. */
  readonly by: 'test' | 'text';
  /** Words that the failure and the issue share, the rarest first. */
  readonly words: readonly string[];
}

/** Below this nothing is said: a wrong issue is worse than none. */
export const SURE = 0.8;
/** Names and titles that share less than this are too general to be told apart. */
const NAME_MASS = 4;
const TITLE_MASS = 12;
/** A title is shorter than the name of its test, and says less. */
const TITLE_WORTH = 0.9;
/** Texts that share less than this may be alike by chance. */
const TEXT_MASS = 20;
/** What the weaker of the two adds, so that it decides between issues of one test. */
const BOTH = 0.05;
/** Scores this close are the same: then the state decides, then the age. */
const CLOSE = 0.02;
const WORDS = 8;
const ORDER: readonly IssueState[] = ['open', 'reopened', 'fixed', 'closed'];

/**
 * The issues that a failure is, best first.
 * @param options.least the score from which an issue is told; 0 to rank all that share words
 */
export function matchIssues(
  indexes: readonly IssueIndex[],
  failure: Queried,
  { most = 3, least = SURE }: { readonly most?: number; readonly least?: number } = {},
): KnownMatch[] {
  return indexes
    .flatMap((index) => index.candidates(failure))
    .map(judge)
    .filter(({ score }) => score >= least && score > 0)
    .sort(byRank)
    .slice(0, most);
}

function judge({ issue, name, title, named, text, mass, words }: Likeness): KnownMatch {
  const byTitle = named >= TITLE_MASS ? TITLE_WORTH * title : 0;
  const byTest = Math.max(named >= NAME_MASS ? name : 0, byTitle);
  const byText = text * Math.min(1, mass / TEXT_MASS);
  const [best, other] = [Math.max(byTest, byText), Math.min(byTest, byText)];
  return {
    issue,
    score: Math.min(1, (1 - BOTH) * best + BOTH * other),
    by: byTest >= byText ? 'test' : 'text',
    words: words.slice(0, WORDS),
  };
}

function byRank(a: KnownMatch, b: KnownMatch): number {
  const steps = (score: number): number => Math.round(score / CLOSE);
  return (
    steps(b.score) - steps(a.score) ||
    ORDER.indexOf(a.issue.state) - ORDER.indexOf(b.issue.state) ||
    (b.issue.changed ?? 0) - (a.issue.changed ?? 0) ||
    a.issue.id.localeCompare(b.issue.id)
  );
}
