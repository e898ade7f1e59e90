import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeness } from '../../src/digest/subject.ts';

describe('likeness', () => {
  it.each([
    ['sig-*', 'sig-network-gce', true],
    ['sig-*', 'my-sig-network', false],
    ['*blocking', 'sig-release-master-blocking', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['a.c*', 'abc', false],
    ['*', '', true],
  ])('%s names %s: %s', (pattern, name, is) => {
    expect(likeness(pattern)(name)).toBe(is);
  });

  it('does as the pattern’s regular expression', () => {
    const piece = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 6 }).map((parts) => parts.join(''));
    const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(piece, name, (pattern, text) => {
        fc.pre(pattern.includes('*'));
        expect(likeness(pattern)(text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
    );
  });
});
