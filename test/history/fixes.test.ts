import { describe, expect, it } from 'vitest';
import { fixTimes, type Told, type ToldRuns } from '../../src/history/fixes.ts';

/** Newest first, a run an hour, the oldest at 0: `f` failed, `p` passed, `-` tells nothing. */
const runs = (newestFirst: string): ToldRuns =>
  Array.from(newestFirst, (sign, i) => ({
    started: newestFirst.length - 1 - i,
    told: ({ f: 'failed', p: 'passed', '-': 'nothing' } satisfies Record<string, Told>)[sign] ?? 'nothing',
  }));

describe('the time until it is fixed', () => {
  it('is from the first failing run to the first passing one after it', () => {
    expect(fixTimes([runs('ppffp')])).toEqual({ fixed: 1, open: 0, meanMs: 2, medianMs: 2 });
  });

  it('is taken over every series, and over jobs', () => {
    expect(fixTimes([runs('pfpffffp'), runs('pffp')])).toEqual({ fixed: 3, open: 0, meanMs: 7 / 3, medianMs: 2 });
    expect(fixTimes([runs('pfpfffp')]).medianMs).toBe(2);
  });

  it('leaves out runs that tell nothing', () => {
    expect(fixTimes([runs('p-f-f-')])).toMatchObject({ fixed: 1, meanMs: 4 });
  });

  it('is not known of a series that goes on, and of none', () => {
    expect(fixTimes([runs('ffp')])).toEqual({ fixed: 0, open: 1, meanMs: null, medianMs: null });
    expect(fixTimes([runs('pp'), []])).toEqual({ fixed: 0, open: 0, meanMs: null, medianMs: null });
  });
});
