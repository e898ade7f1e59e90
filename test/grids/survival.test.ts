import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationDrift, redIfStillRunning, stoppingPoint, timeLimit, type TimedRun } from '../../src/grids/survival.ts';
import { shareOf } from '../../src/grids/beta.ts';
import { durationsC } from '../support/golden.ts';

const runs = (end: TimedRun['end'], ...minutes: number[]): TimedRun[] => minutes.map((own) => ({ minutes: own, end }));

describe('a run that still runs', () => {
  it('ends red as often as the longer ones did', () => {
    const steps = redIfStillRunning([...runs('passed', 10, 20), ...runs('failed', 30, 40)]);

    expect(steps.map(({ minutes, red, atRisk }) => [minutes, Number(red.toFixed(6)), atRisk])).toEqual([
      [0, 0.5, 4],
      [10, 0.666667, 3],
      [20, 1, 2],
      [30, 1, 1],
    ]);
    expect(steps[2]?.low).toBeCloseTo(shareOf(2, 2).low, 12);
  });

  it('is not red or green by a run cut off, which is at risk until then', () => {
    const steps = redIfStillRunning([...runs('passed', 10, 30), ...runs('cut off', 20), ...runs('failed', 40)]);

    expect(steps.map(({ minutes, atRisk, known }) => [minutes, atRisk, known])).toEqual([
      [0, 4, 3],
      [10, 3, 2],
      [30, 1, 1],
    ]);
    // By hand: S(10) = 3/4; two of three at risk later have a known end, half of them red.
    expect(steps[0]?.red).toBeCloseTo(0.75 * 0.5, 12);
    expect(steps[1]?.red).toBeCloseTo(0.5, 12);
  });

  it('is not guessed at behind the last known end', () => {
    const steps = redIfStillRunning([...runs('failed', 10, 20), ...runs('passed', 15), ...runs('cut off', 60, 60)]);

    expect(steps.map(({ minutes }) => minutes)).toEqual([0, 10, 15]);
    expect(redIfStillRunning([])).toEqual([]);
    expect(redIfStillRunning(runs('cut off', 5, Number.NaN))).toEqual([]);
  });

  it('has shares between their bounds, plain ones where nothing was cut off', () => {
    const run = fc.record({
      minutes: fc.integer({ min: 0, max: 30 }),
      end: fc.constantFrom<TimedRun['end']>('passed', 'failed', 'cut off'),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), (some) => {
        for (const { red, low, high, atRisk, known } of redIfStillRunning(some)) {
          expect(low).toBeLessThanOrEqual(red + 1e-9);
          expect(high).toBeGreaterThanOrEqual(red - 1e-9);
          expect(known).toBeLessThanOrEqual(atRisk);
        }
        const ended = some.filter(({ end }) => end !== 'cut off');
        for (const { minutes, red, atRisk } of redIfStillRunning(ended)) {
          const longer = ended.filter((own) => own.minutes > minutes);
          expect(atRisk).toBe(longer.length);
          expect(red).toBeCloseTo(longer.filter(({ end }) => end === 'failed').length / longer.length, 9);
        }
      }),
    );
  });

  it('may be stopped where enough longer ones were red, and not on a few', () => {
    const passing = runs('passed', ...Array.from({ length: 50 }, (_, i) => 60 + i / 10));
    const hanging = Array.from({ length: 90 }, (_, i) => 120 + i / 10);

    expect(stoppingPoint(redIfStillRunning([...passing, ...runs('failed', ...hanging)]))).toBeCloseTo(64.9, 9);
    expect(stoppingPoint(redIfStillRunning([...passing, ...runs('failed', 120, 121, 122)]))).toBeNull();
  });
});

describe('drift of durations', () => {
  it('is a ratio and robust deviations of the logarithm', () => {
    const drift = durationDrift([120], [60, 61, 59, 62, 58, 240]);

    // Median of logs: between 60 and 61.
    expect(drift?.ratio).toBeCloseTo(120 / Math.sqrt(60 * 61), 9);
    expect(drift?.z).toBeGreaterThan(10);
    expect(drift?.n).toBe(6);
  });

  it('is small within the usual spread, and says nothing on little', () => {
    expect(Math.abs(durationDrift([163, 165], durationsC.slice(2))?.z ?? 9)).toBeLessThan(1);
    expect(durationDrift([10], [10, 10, 10, 10])).toBeNull();
    expect(durationDrift([], [10, 10, 10, 10, 10])).toBeNull();
    expect(durationDrift([0, -1], [10, 10, 10, 10, 10])).toBeNull();
  });

  it('does not take a second for a sign where all runs took the same time', () => {
    expect(durationDrift([3601], [3600, 3600, 3600, 3600, 3600])?.z).toBeLessThan(0.1);
  });

  it('does not depend on the unit', () => {
    const duration = fc.double({ min: 0.1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(duration, { minLength: 1, maxLength: 5 }),
        fc.array(duration, { minLength: 5, maxLength: 20 }),
        (latest, earlier) => {
          const minutes = durationDrift(latest, earlier);
          const inSeconds = (all: number[]): number[] => all.map((own) => own * 60);
          const seconds = durationDrift(inSeconds(latest), inSeconds(earlier));
          expect(seconds?.z).toBeCloseTo(minutes?.z ?? Number.NaN, 6);
          expect(seconds?.ratio).toBeCloseTo(minutes?.ratio ?? Number.NaN, 6);
        },
      ),
    );
  });
});

describe('a time limit', () => {
  it('is where several runs that did not pass end at once', () => {
    const limit = timeLimit([
      ...runs('passed', 60, 65),
      ...runs('cut off', 240.1, 240.2),
      ...runs('failed', 100, 240.05),
    ]);

    expect(limit).toEqual({ minutes: 240.2, runs: [2, 3, 5], n: 6 });
  });

  it.each<[string, TimedRun[]]>([
    ['nothing', []],
    ['two runs', runs('failed', 240, 240, 100)],
    ['runs of which one passes as late', [...runs('failed', 240, 240, 240), ...runs('passed', 239.9)]],
    ['a job that takes the same time anyway: grid C', durationsC.map((minutes) => ({ minutes, end: 'failed' }))],
  ])('is not seen in %s', (_, some) => {
    expect(timeLimit(some)).toBeNull();
  });
});
