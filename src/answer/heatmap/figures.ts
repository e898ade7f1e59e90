// The key figure of a row, and times, in the words a person says them.
import type { RowFinding, RunRef } from '../../grids/findings.ts';
import { oneLine } from '../../ci/text.ts';
import { timeWords } from '../words.ts';

/** Latest moment a date can name (ECMA-262): tables are not checked for sense. */
const LATEST = 8.64e15;

/** RFC 3339 of milliseconds; null for none or what no calendar has. */
export const isoTime = (time: number | null): string | null =>
  time === null || Math.abs(time) > LATEST ? null : new Date(time).toISOString();

/** `2026-11-18`. */
export const dayWords = (time: number | null): string => isoTime(time)?.slice(0, 10) ?? 'an unknown day';

/** `2026-11-18 09:14 UTC, run 2123…`. */
export const runWords = ({ build, time }: RunRef): string =>
  `${timeWords(isoTime(time))}, run ${oneLine(build, 40) || 'without id'}`;

const percent = (share: number): number => Math.round(100 * share);

/** `5 of 40 (5 to 26 %)`. */
const rateWords = ({ failures, n, low, high }: RowFinding['stats']['rate'], brief: boolean): string =>
  brief ? `${failures} of ${n}` : `${failures} of ${n} (${percent(low)} to ${percent(high)} %)`;

/** The figure that goes with a row's class. `brief` leaves out dates and intervals, for narrow places. */
export function figureWords(finding: RowFinding, brief = false): string {
  const { stats, first_bad: since } = finding;
  const day = (run: RunRef | null): string => (run && !brief ? dayWords(run.time) : '');
  const inARow = `${stats.in_a_row} in a row`;
  const last = stats.last_failed ? `last ${day(stats.last_failed)}` : '';
  if (stats.runs === 0) return '';
  switch (finding.class) {
    case 'regression':
    case 'likely regression':
    case 'consistently failing':
      if (since === null) return rateWords(stats.rate, brief);
      return brief ? inARow : `since ${day(since)}, ${inARow}`;
    case 'new test failing':
      return brief || since === null ? `all ${stats.runs}` : `since ${day(since)}, all ${stats.runs} runs`;
    case 'never passed':
      return brief ? `all ${stats.runs}` : `failed all ${stats.runs} runs`;
    case 'flaky':
    case 'green but flaky':
    case 'too little data':
      return rateWords(stats.rate, brief || stats.runs < 5);
    case 'recovered':
    case 'one-off':
    case 'stale':
    case 'only reported on failure':
      return [rateWords(stats.rate, true), brief ? '' : last].filter((part) => part !== '').join(', ');
    case 'passing':
      return `${stats.runs} runs${finding.in_event > 0 ? `, but failed the newest ${finding.in_event}` : ''}`;
  }
}
