// When a subscription is due: once a day of its time zone, however its clock is turned, and late rather than never.
import { Cron } from 'croner';
import type { Subscription } from './subscription.ts';

/** A summary that was missed is sent after that time no more: the next one is near. */
export const CATCH_UP_MS = 24 * 3_600_000;

/** A summary that is to be sent: the day it is of, by the subscription's own calendar. */
export interface Due {
  /** `2026-11-20` */
  readonly date: string;
  /** When it was due, ms since the epoch. */
  readonly at: number;
}

/**
 * The newest time up to `now` at which the subscription was due; null where there was none since it was made, or in the
 * last day. Two times of one day, as when the clock is set back, have the same date.
 */
export function dueBy({ zone, hour, minute, days, since }: Subscription, now: number): Due | null {
  const cron = new Cron(`0 ${minute} ${hour} * * ${days.join(',')}`, { timezone: zone, paused: true });
  // A second more: what is due at this very moment is due.
  const [newest] = cron.previousRuns(1, new Date(now + 1_000));
  const at = newest?.getTime() ?? -Infinity;
  return at < since || at < now - CATCH_UP_MS ? null : { date: dateIn(zone, at), at };
}

/** The date of a moment by the calendar of a time zone. */
const dateIn = (zone: string, at: number): string =>
  // The Swedish form is the ISO one.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);

/** What names a summary: a channel gets it once. */
export const digestKey = ({ channel, id }: Subscription, { date }: Due): string => `digest:${channel}:${id}:${date}`;
