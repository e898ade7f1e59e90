// A moment as --since gives it: so long ago, or a date.
import { UsageError } from './exit.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** ms since the epoch of `24h`, `7d`, `2w`, or an ISO 8601 date or time; null when not given. @throws UsageError */
export function sinceOf(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const isDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z)?$/.test(text);
  const time = unit === '' ? (isDate ? Date.parse(text) : NaN) : now - Number(count) * (UNITS[unit] ?? NaN);
  if (Number.isNaN(time))
    throw new UsageError('--since takes 24h, 7d, 2w, or a date as 2026-11-18 or 2026-11-18T09:00Z');
  return time;
}
