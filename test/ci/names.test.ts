import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePath, isBuildId, isJobName, isObjectPath } from '../../src/ci/names.ts';

describe('names (B-16)', () => {
  it.each([
    '..',
    '.',
    '-a',
    '',
    'a b',
    'a/b',
    'a%2fb',
    'a\u0000',
    '__proto__'.repeat(30),
    'ci‐kubernetes',
    'a'.repeat(201),
  ])('a job is not named %j', (name) => {
    expect(isJobName(name)).toBe(false);
  });

  it.each(['', '1a', '-1', '1'.repeat(21), '１２'])('a build id is not %j', (id) => {
    expect(isBuildId(id)).toBe(false);
  });

  it.each(['a/../b', './a', 'a//b', '/a', 'a/', 'a\\b', 'a%2e', 'a?b', 'a#b', 'a\nb', 'a/'.repeat(600)])(
    'an object path is not %j',
    (path) => {
      expect(isObjectPath(path)).toBe(false);
    },
  );

  it('a path that is accepted parses back to itself below its prefix', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }), (parts) => {
        const path = parts.join('/');
        if (!isObjectPath(path) || !path.isWellFormed()) return;
        const url = new URL(`https://storage.example/bucket/${encodePath(path)}`);
        expect(decodeURIComponent(url.pathname)).toBe(`/bucket/${path}`);
      }),
      { numRuns: 5_000 },
    );
  });
});
