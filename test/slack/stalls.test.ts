import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchStalls } from '../../src/slack/stalls.ts';

describe('a process that stands still', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told to the operator with how long it did, and one that is only slow is not (R-06)', () => {
    let now = 0;
    const told: string[] = [];
    const end = watchStalls(
      (level, what) => void told.push(`${level} ${what}`),
      () => now,
    );
    const after = (ms: number): void => {
      now += ms;
      vi.advanceTimersByTime(1_000);
    };

    after(1_000);
    after(5_900);
    expect(told).toEqual([]);
    after(9_200);
    expect(told).toEqual(['error the process stood still for 8 s']);
    after(1_000);
    end();
    after(60_000);
    expect(told).toHaveLength(1);
  });
});
