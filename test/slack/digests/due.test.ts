import { describe, expect, it } from 'vitest';
import { dueBy } from '../../../src/slack/digests/due.ts';
import type { Subscription } from '../../../src/slack/digests/subscription.ts';

const HOUR = 3_600_000;
const at = (time: string): number => Date.parse(time);
const daily = (more: Partial<Subscription> = {}): Subscription => ({
  id: 'a1',
  channel: 'C1',
  what: ['sig-release-master-blocking'],
  zone: 'Europe/Prague',
  hour: 8,
  minute: 30,
  days: [0, 1, 2, 3, 4, 5, 6],
  user: 'U1',
  since: at('2026-01-01T00:00:00Z'),
  ...more,
});

/** The dates that a process finds due which looks every ten minutes. */
function datesFrom(subscription: Subscription, from: string, to: string): Map<string, number> {
  const dates = new Map<string, number>();
  for (let now = at(from); now <= at(to); now += HOUR / 6) {
    const due = dueBy(subscription, now);
    if (due && !dates.has(due.date)) dates.set(due.date, now);
  }
  return dates;
}

describe('dueBy', () => {
  it('is due at the minute, by the clock of its zone', () => {
    const due = dueBy(daily(), at('2026-07-01T06:30:00Z'));
    expect(due).toEqual({ date: '2026-07-01', at: at('2026-07-01T06:30:00Z') });
    expect(dueBy(daily(), at('2026-07-01T06:29:58Z'))?.date).toBe('2026-06-30');
  });

  it('is not due for a time before it was made', () => {
    expect(dueBy(daily({ since: at('2026-07-01T06:31:00Z') }), at('2026-07-01T12:00:00Z'))).toBeNull();
  });

  it('R-04: a missed window is caught up within a day, and no later', () => {
    const weekly = daily({ days: [3] });
    expect(dueBy(weekly, at('2026-07-01T20:00:00Z'))?.date).toBe('2026-07-01');
    expect(dueBy(weekly, at('2026-07-02T06:29:00Z'))?.date).toBe('2026-07-01');
    expect(dueBy(weekly, at('2026-07-02T06:31:00Z'))).toBeNull();
  });

  it('R-04: the night of spring, in which its time does not exist, has one', () => {
    const dates = datesFrom(daily({ hour: 2 }), '2026-03-28T03:00:00Z', '2026-03-30T23:00:00Z');
    expect([...dates.keys()].filter((date) => date === '2026-03-29')).toHaveLength(1);
    expect([...dates.keys()].filter((date) => date === '2026-03-30')).toHaveLength(1);
  });

  it('R-04: the night of autumn, in which its time comes twice, has one date', () => {
    const dates = datesFrom(daily({ hour: 2 }), '2026-10-24T03:00:00Z', '2026-10-26T23:00:00Z');
    expect([...dates.keys()]).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
  });

  it('R-04: a clock that is set back finds the date it had', () => {
    const before = dueBy(daily(), at('2026-07-01T06:40:00Z'));
    const after = dueBy(daily(), at('2026-07-01T06:35:00Z'));
    expect(after).toEqual(before);
    expect(dueBy(daily(), at('2026-07-01T05:40:00Z'))?.date).toBe('2026-06-30');
  });

  it('keeps to its days', () => {
    const dates = datesFrom(daily({ days: [1, 2, 3, 4, 5] }), '2026-11-20T07:31:00Z', '2026-11-24T23:00:00Z');
    expect([...dates.keys()]).toEqual(['2026-11-20', '2026-11-23', '2026-11-24']);
  });
});
