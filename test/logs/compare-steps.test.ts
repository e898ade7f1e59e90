import { describe, expect, it } from 'vitest';
import { compareSteps, hasChangedMarkedly, millisecondsOf } from '../../src/logs/compare-steps.ts';

type Log = Parameters<typeof compareSteps>[0];
const log = (...steps: [string, string, boolean?][]): Log => ({
  steps: steps.map(([name, took, passed = true], i) => ({ name, passed, took, line: i + 1 })),
  reason: null,
  verdict: null,
  payload: null,
});
const marked = (now: string, before: string, passed = true): boolean =>
  compareSteps(log(['install', now, passed]), log(['install', before])).some(hasChangedMarkedly);

describe('the steps of two runs', () => {
  it('stand side by side, those of both', () => {
    const [pair, ...others] = compareSteps(log(['install', '48m20s'], ['only here', '1s']), log(['install', '31m0s']));

    expect(pair).toMatchObject({ step: { took: '48m20s' }, before: { took: '31m0s' } });
    expect(others).toEqual([]);
  });

  it.each([
    ['48m20s', '31m0s', true],
    ['31m0s', '48m20s', true],
    ['48m20s', '40m0s', false],
    ['9s', '2s', false],
  ])('%s after %s is a marked change: %s', (now, before, isMarked) => {
    expect(marked(now, before)).toBe(isMarked);
  });

  it('say nothing by a failed step that ended early', () => {
    expect(marked('3m0s', '48m20s', false)).toBe(false);
    expect(marked('2h0m0s', '48m20s', false)).toBe(true);
  });

  it('read durations as Go writes them', () => {
    expect(['1h2m3.5s', '350ms', 'soon'].map(millisecondsOf)).toEqual([3_723_500, 350, 0]);
  });
});
