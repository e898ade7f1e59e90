import { describe, expect, it } from 'vitest';
import { sinceOf, type Result } from '../../src/history/since.ts';

/** Newest first: `F` failed, `P` passed; builds are numbered from the oldest, 1. */
const results = (text: string): Result[] =>
  Array.from(text, (char, i) => ({
    failed: char === 'F',
    point: { build: String(text.length - i), time: null, url: '' },
  }));
const since = (text: string): unknown => {
  const found = sinceOf(results(text));
  return (
    found && [
      found.first_failing?.build,
      found.last_passing?.build,
      found.in_a_row,
      found.failing_runs,
      found.of_runs,
      found.recovered?.build,
    ]
  );
};

describe('since when', () => {
  it.each([
    ['FFFPPF', ['4', '3', 3, 4, 6, undefined]],
    ['F', ['1', undefined, 1, 1, 1, undefined]],
    ['FFF', ['1', undefined, 3, 3, 3, undefined]],
    ['PPFFP', ['2', '1', 2, 2, 5, '4']],
    ['PF', ['1', undefined, 1, 1, 2, '2']],
  ])('%s', (text, expected) => {
    expect(since(text)).toEqual(expected);
  });

  it.each(['', 'PPP'])('nothing in %j', (text) => {
    expect(since(text)).toBeNull();
  });
});
