import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/sources/config.ts';
import { listedIssues, parseKnownList } from '../../../src/sources/known/list.ts';

const LIST = `
- issue: kubernetes/kubernetes#131001
  title: Volumes detach late
  tests: ["[sig-storage] CSI Volumes should detach a volume while its node drains"]
- issue: openshift/release#34
  title: Addresses used up
  state: fixed
  fixed_in: "4.22"
  error: |
    AddressLimitExceeded: The maximum number of addresses has been reached.
`;

describe('the list of known issues', () => {
  it('names issues, with links of ours', async () => {
    const issues = parseKnownList(LIST);

    expect(issues).toMatchObject([
      { tracker: 'list', id: 'kubernetes/kubernetes#131001', state: 'open', fixedIn: null, text: '' },
      {
        id: 'openshift/release#34',
        state: 'fixed',
        fixedIn: '4.22',
        url: 'https://github.com/openshift/release/issues/34',
      },
    ]);
    expect(issues[0]?.tests).toHaveLength(1);
    expect(await listedIssues(issues).issues()).toEqual({ value: issues, staleMs: null });
  });

  it('may be empty', () => {
    expect(parseKnownList('')).toEqual([]);
  });

  it.each([
    ['- issue: kubernetes#1\n  title: x', 'must be org/repo#123'],
    ['- issue: https://evil.example/a#1\n  title: x', 'must be org/repo#123'],
    ['- issue: a/..#1\n  title: x', 'must be org/repo#123'],
    ['- issue: a/b#1', 'title'],
    ['- issue: a/b#1\n  title: x\n  url: https://evil.example', 'url'],
    ['- issue: a/b#1\n  title: [', 'not YAML'],
    ['issue: a/b#1', 'array'],
  ])('with a mistake is refused, with where: %j', (text, said) => {
    expect(() => parseKnownList(text)).toThrow(ConfigError);
    try {
      parseKnownList(text);
    } catch (error) {
      expect((error as ConfigError).mistakes.join('\n')).toContain(said);
    }
  });
});
