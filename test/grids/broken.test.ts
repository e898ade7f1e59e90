import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBroken } from '../../src/grids/broken.ts';

/** Results oldest first: `.` passed, `F` failed; a number repeats. */
const results = (text: string): boolean[] =>
  Array.from(text.matchAll(/([.F])(\d*)/g)).flatMap(([, what, count]) =>
    new Array<boolean>(Number(count === '' ? 1 : count)).fill(what === 'F'),
  );

describe('isBroken', () => {
  it.each([
    ['a test that never failed and fails three times in a row', '.40F3', true],
    ['the same in a short window', '.8F6', true],
    ['two failures, which may be anything', '.40F2', false],
    ['a break that shows in most runs', '.40F.FF.FF', true],
    ['a test that fails now and then, as ever', '.6F.9F.7F.8F.10F.6', false],
    ['a test that fails now and then and now mostly', '.6F.9F.7F.8F.10F.2FF.FFF', true],
    ['a test that fails every other run, as ever', '.F'.repeat(30), false],
    ['a break of two weeks ago that is over', '.30F8.15', false],
    ['a break seen again after one pass', '.30F8.1', true],
    ['no results', '', false],
  ])('says of %s (%s): %s', (_, text, broken) => {
    expect(isBroken(results(text))).toBe(broken);
  });

  it('never calls a test broken that never failed, and is the same for the same results', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 120 }), (failed) => {
        expect(isBroken(failed.map(() => false))).toBe(false);
        expect(isBroken(failed)).toBe(isBroken(failed.slice()));
      }),
    );
  });
});
