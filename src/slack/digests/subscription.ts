// A subscription: which summary a channel gets, on which days, at what time of which time zone.
import { z } from 'zod';

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export const Subscription = z.strictObject({
  id: z.string(),
  channel: z.string(),
  /** Dashboards, jobs or patterns of them. */
  what: z.array(z.string()).min(1),
  /** An IANA time zone. */
  zone: z.string(),
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
  /** Days of the week, 0 for Sunday. */
  days: z.array(z.int().min(0).max(6)).min(1),
  /** Who asked for it. */
  user: z.string(),
  /** When it was made, ms since the epoch: nothing is due before. */
  since: z.number(),
});
export type Subscription = z.infer<typeof Subscription>;

/** What of a subscription a person says. */
export type Asked = Pick<Subscription, 'what' | 'zone' | 'hour' | 'minute' | 'days'>;

/** What a person asked for, or what is wrong with it in words for that person. */
export type Parsed =
  { readonly kind: 'subscription'; readonly asked: Asked } | { readonly kind: 'mistake'; readonly why: string };

const WEEKDAYS = [1, 2, 3, 4, 5];
const MOST = 10;
const USAGE =
  'write `/whyred subscribe <dashboard, jobs or pattern> [at 8:30] [Europe/Prague] [weekdays | daily | mon,thu]`';

/** Reads `sig-release-master-blocking at 8:30 Europe/Prague weekdays`; without a time 8:00, without a zone UTC, weekdays. */
export function parseSubscription(words: readonly string[]): Parsed {
  const what: string[] = [];
  let [hour, minute] = [8, 0];
  let zone = 'UTC';
  let days: readonly number[] = WEEKDAYS;
  for (const word of words) {
    const [, h = '', m = '00'] = /^([01]?\d|2[0-3])(?::([0-5]\d))?$/.exec(word) ?? [];
    const listed = daysIn(word);
    if (/^at$/i.test(word)) continue;
    if (h !== '') [hour, minute] = [Number(h), Number(m)];
    else if (listed) days = listed;
    else if (/^[A-Za-z_]+\/[\w+/-]{1,40}$/.test(word) || word === 'UTC') {
      if (!isZone(word))
        return { kind: 'mistake', why: `there is no time zone ${word}: use one such as Europe/Prague` };
      zone = word;
    } else what.push(word);
  }
  if (what.length === 0) return { kind: 'mistake', why: USAGE };
  if (what.length > MOST)
    return {
      kind: 'mistake',
      why: `a subscription takes ${MOST} names at most; a pattern such as sig-release-* may do`,
    };
  return { kind: 'subscription', asked: { what, zone, hour, minute, days: [...days] } };
}

function daysIn(word: string): readonly number[] | null {
  if (/^weekdays$/i.test(word)) return WEEKDAYS;
  if (/^(?:daily|every-day)$/i.test(word)) return [0, 1, 2, 3, 4, 5, 6];
  const names = word.toLowerCase().split(',');
  const days = names.map((name) => DAYS.findIndex((day) => day === name.slice(0, 3)));
  const isAll = names.every((name, i) => (days[i] ?? -1) >= 0 && /^(?:\w{3}|\w{3,6}day)$/.test(name));
  return isAll ? [...new Set(days)].sort() : null;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `sig-release-* at 08:30 Europe/Prague, on weekdays`. */
export function subscriptionWords({ what, zone, hour, minute, days }: Asked): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const on =
    days.length === 7
      ? 'every day'
      : days.join() === WEEKDAYS.join()
        ? 'on weekdays'
        : `on ${days.map((day) => DAYS[day]).join(', ')}`;
  return `${what.join(', ')} at ${two(hour)}:${two(minute)} ${zone}, ${on}`;
}
