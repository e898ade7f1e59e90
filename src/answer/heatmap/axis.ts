// Where a time axis has its dates.
import { isoTime } from './figures.ts';

const DAY = 86_400_000;

export interface Tick {
  /** Position among the runs. */
  readonly at: number;
  /** `11-18`, or `10:34` where all runs are of two days. */
  readonly label: string;
}

/** Dates at the runs that begin a new day (or hour), at least `gap` positions apart. Runs without a time have none. */
export function ticksOf(times: readonly (number | null)[], gap: number): Tick[] {
  const known = times.filter((time) => time !== null);
  const isShort = known.length > 0 && Math.max(...known) - Math.min(...known) < 2 * DAY;
  const ticks: Tick[] = [];
  times.forEach((time, at) => {
    const iso = isoTime(time);
    if (iso === null) return;
    const label = isShort ? iso.slice(11, 16) : iso.slice(5, 10);
    const last = ticks.at(-1);
    if (last && (last.label === label || at - last.at < gap)) return;
    ticks.push({ at, label });
  });
  return ticks;
}

/** `2026-11-01 to 2026-11-20`, or the one day; empty without any time. */
export function periodWords(times: readonly (number | null)[]): string {
  const known = times.flatMap((time) => isoTime(time)?.slice(0, 10) ?? []).sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? first : `${first} to ${last}`;
}
