import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateWords, type KnownIssue } from '../../../src/ci/known-issue.ts';
import { IssueIndex } from '../../../src/history/known/issue-index.ts';
import { matchIssues } from '../../../src/history/known/match.ts';
import { namesIn, nameWords, textWords } from '../../../src/history/known/words.ts';

const issue = (id: string, title: string, more: Partial<KnownIssue> = {}): KnownIssue => ({
  tracker: 'github',
  id,
  url: `https://github.com/${id}`,
  title,
  state: 'open',
  fixedIn: null,
  changed: null,
  labels: [],
  tests: [],
  text: '',
  ...more,
});
const found = (issues: readonly KnownIssue[], test: string | null, text = ''): string[] =>
  matchIssues([new IssueIndex(issues)], { test, text }).map(({ issue: { id } }) => id);

const DETACH = 'CSI Volumes should detach a volume while its node drains';
const ATTACH = 'CSI Volumes should attach a volume while its node reboots';
const ISSUES = [
  issue('a/b#1', `[Flaky test] [sig-storage] ${DETACH}`),
  issue('a/b#2', `[Flaky test] [sig-storage] ${ATTACH}`),
  issue('a/b#3', 'AWS: AddressLimitExceeded', {
    text: 'level=error msg=api error AddressLimitExceeded: The maximum number of addresses has been reached.',
  }),
];

describe('the words of a failure', () => {
  it('are the same whatever suite, tags and copying put around a name', () => {
    const words = nameWords(DETACH);

    expect(nameWords(`Kubernetes e2e suite.[It] [sig-storage] ${DETACH} [Slow]`)).toEqual(words);
    expect(nameWords(`End To End Suite: kindest/node:v1.33.7: [It] ${DETACH} expand_less\t1m36s`)).toEqual(words);
  });

  it('are the same whatever numbers, ids and times a text has', () => {
    const one = 'I0902 11:31:07.512 drain.go:188] volume pvc-4f1c2d88 is attached to ip-10-0-1-7 after 3m0s';
    const other = 'I1124 18:46:11.044 drain.go:188] volume pvc-99ab01cd is attached to ip-10-0-9-33 after 3m0s';

    expect(textWords(one)).toEqual(textWords(other));
    expect(textWords(one)).toContain('drain.go:188');
  });

  it('tell names of tests that stand in a text, and not where a test was', () => {
    const text = [
      'End To End Suite: [It] JAX integration when JAX created should admit group',
      'In [It] at: /home/prow/go/src/jax_test.go:222',
      '    --- FAIL: TestScalability/cq (0.00s)',
    ].join('\n');

    expect(namesIn(text)).toEqual([
      'End To End Suite: [It] JAX integration when JAX created should admit group',
      'TestScalability/cq',
    ]);
  });
});

describe('a failure', () => {
  it('is known by its test', () => {
    expect(found(ISSUES, `[It] [sig-storage] ${DETACH}`)).toEqual(['a/b#1']);
  });

  it('is not known as another test of the same suite, though all else it says is alike', () => {
    const [, sibling = issue('', '')] = ISSUES;

    expect(found([sibling], `[It] [sig-storage] ${DETACH}`, 'Timed out after 180.004s.\nExpected true')).toEqual([]);
  });

  it('is known by what it says, in another run and among other lines', () => {
    const [match] = matchIssues([new IssueIndex(ISSUES)], {
      test: null,
      text: 'level=error msg=api error AddressLimitExceeded: The maximum number of addresses has been reached.',
    });

    expect(match).toMatchObject({ issue: { id: 'a/b#3' }, by: 'text' });
    expect(match?.words).toContain('addresslimitexceeded');
    expect(match?.words).not.toContain('the');
  });

  it.each([
    'Timed out after 5.001s.\nExpected\n    <bool>: false\nto be true',
    'error: the command failed with exit code 1',
    'Unexpected error: context deadline exceeded',
    '',
  ])('that says what any may say is known as none: %j', (text) => {
    const generic = ISSUES.map((one) => ({ ...one, text: `${one.text}\n${text}` }));

    expect(found(generic, null, text)).toEqual([]);
  });

  it('is an open issue before a closed one, and a newer before an older one, where both fit alike', () => {
    const closed = issue('a/b#9', DETACH, { state: 'fixed', changed: 9e11 });
    const older = issue('a/b#7', DETACH, { changed: 1e11 });
    const newer = issue('a/b#8', DETACH, { changed: 2e11 });

    expect(found([closed, older, newer], DETACH)).toEqual(['a/b#8', 'a/b#7', 'a/b#9']);
  });

  it('is known alike in whatever order issues come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ISSUES, { minLength: ISSUES.length }), (issues) => {
        expect(found(issues, DETACH)).toEqual(['a/b#1']);
      }),
    );
  });

  it('is looked for among what any source knows', () => {
    const indexes = ISSUES.map((one) => new IssueIndex([one]));

    expect(matchIssues(indexes, { test: DETACH, text: '' }).map(({ issue: { id } }) => id)).toEqual(['a/b#1']);
  });

  it('of any text at all ends in issues that score between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (test, text) => {
        const all = [...ISSUES, issue('x/y#1', text, { text: test, tests: [text] })];
        for (const { score } of matchIssues([new IssueIndex(all)], { test, text }, { least: 0 })) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the state of an issue in words', () => {
  it.each([
    [{ state: 'open', fixedIn: null, changed: 0 }, 'open'],
    [{ state: 'reopened', fixedIn: 'v1', changed: 0 }, 'reopened'],
    [{ state: 'fixed', fixedIn: 'v1.35', changed: 0 }, 'fixed in v1.35'],
    [{ state: 'fixed', fixedIn: null, changed: 0 }, 'fixed 1970-01-01'],
    [{ state: 'closed', fixedIn: null, changed: null }, 'closed without a fix'],
  ] as const)('%j is %s', (known, words) => {
    expect(stateWords(known)).toBe(words);
  });
});
