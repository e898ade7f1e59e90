import { describe, expect, it } from 'vitest';
import { problemOf } from './judge.ts';
import { keyOf, readJudged } from './judged.ts';
import { literals, made } from './regexes.ts';

describe('every regular expression of the source', () => {
  it(
    'was judged to take time linear in the text it is tried on; `npm run redos` judges new ones',
    { timeout: 60_000 },
    async () => {
      const all = [...literals(), ...(await made())];
      const judged = readJudged();

      expect(all.length).toBeGreaterThan(250);
      expect(
        all.filter((found) => !judged.has(keyOf(found))).map(({ place, source }) => `${place}: /${source}/`),
      ).toEqual([]);
    },
  );

  it('is judged by a checker that tells the classic ones', { timeout: 60_000 }, () => {
    for (const slow of ['(a+)+$', '(a|aa)+$', '\\s+$', '^(\\w+\\s?)*$', '.*.*x', '(?:x{0,300}y{0,300}){3}z'])
      expect(problemOf(slow, ''), slow).not.toBeNull();
    for (const fast of ['^a+$', 'ghp_[0-9A-Za-z]{36}', 'a{1,99}b', '^\\s*x'])
      expect(problemOf(fast, ''), fast).toBeNull();
  });
});
