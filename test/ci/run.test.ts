import { describe, expect, it } from 'vitest';
import { buildTime, newestFirst, runStateOf } from '../../src/ci/run.ts';

describe('a run', () => {
  it('has the state of its result in any case', () => {
    expect(['SUCCESS', 'failure', 'ABORTED', 'error', 'pending', 'odd'].map(runStateOf)).toEqual([
      'passed',
      'failed',
      'aborted',
      'error',
      'pending',
      'unknown',
    ]);
  });

  it('tells its time by its Snowflake build id', () => {
    expect(new Date(buildTime('2074841182621405184') ?? 0).toISOString()).toBe('2026-07-08T13:01:01.279Z');
    expect(buildTime('42')).toBeNull();
  });

  it('is ordered by its build id as a number, to the last digit', () => {
    const builds = ['9', '2074841182621405185', '2074841182621405184', '10'].map((build) => ({ build }));

    expect(builds.sort(newestFirst).map(({ build }) => build)).toEqual([
      '2074841182621405185',
      '2074841182621405184',
      '10',
      '9',
    ]);
  });
});
