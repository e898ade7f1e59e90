// Figures as people read them.

const DAY = 86_400_000;

/** `2026-11-20 09:14 UTC` from RFC 3339; `an unknown time` for none. */
export const timeWords = (time: string | null): string =>
  time === null ? 'an unknown time' : `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

/** How long before `now` (ms) a time was: `3 hours ago`; never negative. */
export function agoWords(time: string | null, now: number): string {
  if (time === null) return '';
  const ms = Math.max(0, now - Date.parse(time));
  const unit = (value: number, name: string): string => `${value} ${name}${value === 1 ? '' : 's'} ago`;
  if (ms < 3_600_000) return unit(Math.floor(ms / 60_000), 'minute');
  if (ms < 2 * DAY) return unit(Math.floor(ms / 3_600_000), 'hour');
  return unit(Math.floor(ms / DAY), 'day');
}

/** `1 h 32 min`, `4 min 10 s`, `3 s`. */
export function durationWords(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const s = Math.round(ms / 1000);
  if (s < 60) return `${s} s`;
  const min = Math.floor(s / 60);
  return min < 60 ? `${min} min ${s % 60} s` : `${Math.floor(min / 60)} h ${min % 60} min`;
}

export const bytesWords = (bytes: number): string =>
  bytes < 10_000 ? `${bytes} B` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

export const percentWords = (share: number): string => `${Math.round(share * 100)} %`;

export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** What TestGrid says of a tab, and why that is not what we say. */
export const testgridWords = (status: string | null, why: string): string =>
  `TestGrid says ${status ?? 'nothing'}: ${why}`;
