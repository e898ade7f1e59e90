import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/exit.ts';
import { sinceOf } from '../../src/cli/since.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

describe('--since', () => {
  it.each([
    ['24h', NOW - 24 * HOUR],
    ['7d', NOW - 7 * 24 * HOUR],
    ['2w', NOW - 14 * 24 * HOUR],
    ['2026-11-18', Date.UTC(2026, 10, 18)],
    ['2026-11-18T09:30Z', Date.UTC(2026, 10, 18, 9, 30)],
  ])('%s is a moment', (text, time) => {
    expect(sinceOf(text, NOW)).toBe(time);
  });

  it('is none when it is not given', () => {
    expect(sinceOf(undefined, NOW)).toBeNull();
  });

  it.each(['', 'yesterday', '24', '7 d', '-1d', '2026-13-40', '2026-11-18T09:30', '99999999h'])(
    'takes no %j',
    (text) => {
      expect(() => sinceOf(text, NOW)).toThrow(UsageError);
    },
  );
});
