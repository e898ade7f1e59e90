import { describe, expect, it } from 'vitest';
import type { Run, RunState } from '../../../src/ci/run.ts';
import { greenSince } from '../../../src/slack/failures/recoveries.ts';

const job = { system: 'kubernetes', bucket: 'b', kind: 'periodic', name: 'j' } as const;
/** Runs 1, 2, 3 … with these states, newest first as sources give them. */
const runs = (...states: RunState[]): Run[] =>
  states
    .map((state, i) => {
      const build = String(i + 1);
      const source = { service: 'deck', bucket: 'b', object: 'o', build } as const;
      return { job, build, path: `logs/j/${build}`, state, started: i, durationMs: null, record: build, source };
    })
    .reverse();

describe('a failure is over', () => {
  it.each([
    ['with the first pass after it', runs('failed', 'passed', 'passed'), '1', '2'],
    ['with the pass after others that failed', runs('failed', 'passed', 'failed', 'passed'), '1', '4'],
    ['whatever is aborted or under way', runs('failed', 'aborted', 'passed', 'pending'), '1', '3'],
    ['not while the newest run failed', runs('failed', 'passed', 'error'), '1', null],
    ['not by a pass before it', runs('passed', 'failed'), '2', null],
    ['not where nothing ran since', runs('failed'), '1', null],
  ])('%s', (_, history, build, green) => {
    expect(greenSince(history, build)?.build ?? null).toBe(green);
  });
});
