// What signs, times and classes are called.

/** Sign of a cell → the class that draws it, and its word. @type {Record<string, [kind: string, word: string]>} */
export const SIGNS = {
  '.': ['pass', 'passed'],
  F: ['fail', 'failed'],
  f: ['flaky', 'failed and passed in one run'],
  '?': ['pending', 'running'],
  a: ['aborted', 'aborted or unknown'],
  ' ': ['none', 'no result'],
};

/** Class of a run → the class that draws it, and its words. @type {Record<string, [kind: string, words: string]>} */
export const EVENTS = {
  'install or ci failure': ['install', 'install or CI failed'],
  'mass failure': ['mass', 'mass failure'],
  running: ['running', 'run not over'],
  aborted: ['stopped', 'aborted'],
  empty: ['empty', 'no results'],
};

/** Rows about the run as a whole; they come first and have no chip. */
export const WHOLE = 'whole run';
/** Classes that need no look while others are there. */
export const QUIET = new Set(['passing', 'stale']);

/** @param {string} name */
export const toneOf = (name) => {
  if (/regression|failing|never/.test(name)) return 'broken';
  return name.includes('flaky') ? 'unsure' : 'calm';
};

/** RFC 3339 of a time a calendar has. @param {number | null} time */
const iso = (time) => (time === null || Math.abs(time) > 8.64e15 ? null : new Date(time).toISOString());

/** `2026-11-18 09:14 UTC`. @param {number | null} time */
export const timeWords = (time) => {
  const found = iso(time);
  return found === null ? 'an unknown time' : `${found.slice(0, 10)} ${found.slice(11, 16)} UTC`;
};

/** @param {number} n @param {string} word */
export const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;

/**
 * Dates at the runs that begin a new day (or hour, where all are of two days), at least `gap` runs apart.
 * @param {(number | null)[]} times @param {number} gap @returns {{ at: number, label: string }[]}
 */
export function ticksOf(times, gap) {
  const known = times.filter((time) => time !== null);
  const isShort = Math.max(...known) - Math.min(...known) < 172_800_000;
  /** @type {{ at: number, label: string }[]} */
  const ticks = [];
  times.forEach((time, at) => {
    const found = iso(time);
    const label = found === null ? '' : isShort ? found.slice(11, 16) : found.slice(5, 10);
    const last = ticks.at(-1);
    if (label !== '' && (!last || (last.label !== label && at - last.at >= gap))) ticks.push({ at, label });
  });
  return ticks;
}
