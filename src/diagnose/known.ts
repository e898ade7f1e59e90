// Which known issues the failures of an answer are, with what matched as proof.
import type { Failure, KnownAs } from '../ci/failure.ts';
import { stateWords, type KnownIssue } from '../ci/known-issue.ts';
import { clip, oneLine } from '../ci/text.ts';
import type { Verdict } from '../ci/verdict.ts';
import { IssueIndex } from '../history/known/issue-index.ts';
import { matchIssues, type KnownMatch } from '../history/known/match.ts';
import { both, nameWords, textWords, wordShown } from '../history/known/words.ts';
import type { KnownIssues } from '../sources/ports.ts';
import type { Explained } from './explain.ts';
import { Gaps } from './gaps.ts';
import type { Quotes } from './quote.ts';

/** Failures of one answer that are looked up. */
const FAILURES = 5;
const TITLE_CHARS = 120;
const WORD_CHARS = 60;
const WORDS_SAID = 4;

/** Indexes of issues that stay the same from one answer to the next. */
const INDEXES = new WeakMap<readonly KnownIssue[], IssueIndex>();

/** The known issues of all sources, an index each. A source that fails is a gap. */
export async function readKnown(sources: readonly KnownIssues[], gaps: Gaps): Promise<IssueIndex[]> {
  // An account of its own: an answer never fails for want of these.
  const own = new Gaps();
  const read = await Promise.all(
    sources.map((source) => own.try(`whether ${source.name} knows the failure was not checked`, source.issues())),
  );
  for (const gap of own.items) gaps.add(gap);
  return read.flatMap((issues) => (issues ? [indexOf(issues)] : []));
}

function indexOf(issues: readonly KnownIssue[]): IssueIndex {
  const index = INDEXES.get(issues) ?? new IssueIndex(issues);
  INDEXES.set(issues, index);
  return index;
}

/** The answer with what is known of its failures: as evidence, and as a reason each; the summary says it once it is verified. */
export function withKnown({ verdict, failures }: Explained, indexes: readonly IssueIndex[], quotes: Quotes): Explained {
  if (indexes.length === 0) return { verdict, failures };
  const asked = new Set(failures.filter(({ secondary }) => !secondary).slice(0, FAILURES));
  const told = failures.map((failure) => {
    const known = asked.has(failure) ? knownAs(failure, indexes, quotes) : [];
    return known.length > 0 ? { ...failure, known } : failure;
  });
  return { verdict: toldOf(verdict, told), failures: told };
}

function knownAs(failure: Failure, indexes: readonly IssueIndex[], quotes: Quotes): KnownAs[] {
  return matchFailure(failure, indexes, quotes).map((match) => {
    const { issue, by, words } = match;
    const matched = by === 'test' ? nameWords(failure.test ?? issue.title) : words;
    const proof = quotes.issue(issue, tellingLine(issue, matched));
    return { ...shownMatch(match), evidence: [proof, ...failure.evidence.slice(0, 1)] };
  });
}

/** A match as it may be shown: without secrets and what could steer a terminal. */
export const shownMatch = ({ issue, score, by, words }: KnownMatch): Omit<KnownAs, 'evidence'> => ({
  issue: issue.id,
  url: issue.url,
  title: oneLine(issue.title, TITLE_CHARS),
  state: stateWords(issue),
  score: Math.round(score * 100) / 100,
  by,
  words: words.map((word) => oneLine(wordShown(word), WORD_CHARS)),
});

/** By its message alone, or else by all that is quoted of it: context of a quote may say too much to be recognised. */
function matchFailure(
  { test, message, evidence }: Failure,
  indexes: readonly IssueIndex[],
  quotes: Quotes,
): KnownMatch[] {
  const byMessage = matchIssues(indexes, { test, text: message });
  if (byMessage.length > 0) return byMessage;
  const quoted = quotes.list.items.filter(({ id, kind }) => evidence.includes(id) && SAYING.has(kind));
  return matchIssues(indexes, { test, text: [message, ...quoted.map(({ quote }) => quote)].join('\n') });
}

const SAYING: ReadonlySet<string> = new Set(['log-lines', 'grid-cell', 'junit-case']);

/** The line of the issue that has most of the words that matched; its title where none has more. */
function tellingLine({ title, text, tests }: KnownIssue, words: readonly string[]): string {
  const shared = new Set(words);
  const lines = [title, ...tests, ...text.split('\n')].filter((line) => line.trim() !== '');
  const score = (line: string): number =>
    both(new Set([...textWords(line), ...nameWords(line)]), shared).size / (line.length > 1_000 ? 10 : 1);
  return lines.reduce((best, line) => (score(line) > score(best) ? line : best), lines[0] ?? title);
}

function toldOf(verdict: Verdict, failures: readonly Failure[]): Verdict {
  const firsts = failures.flatMap(({ known }) => known?.slice(0, 1) ?? []);
  const distinct = firsts.filter((one, i) => firsts.findIndex(({ issue }) => issue === one.issue) === i);
  return {
    ...verdict,
    reasons: [...distinct.map((one) => ({ text: knownText(one), evidence: one.evidence })), ...verdict.reasons],
  };
}

/** `Known: org/repo#123 (open): title; matched by the test’s name: word, word` */
function knownText({ issue, state, title, by, words }: Omit<KnownAs, 'evidence'>): string {
  const said = words.slice(0, WORDS_SAID).map((word) => clip(word, WORD_CHARS));
  const matched = by === 'test' ? 'the test’s name' : 'what it says';
  return `Known: ${issue} (${state}): ${title}; matched by ${matched}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}
