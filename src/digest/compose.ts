// The summary from what each job says: items in the order in which a person should see them, figures over all runs.
import type { Gap } from '../ci/evidence.ts';
import { shareOf } from '../grids/beta.ts';
import type { Rate } from '../grids/findings.ts';
import { SECTIONS, type Digest, type DigestItem, type RunCounts, type Window } from './digest.ts';
import type { Found } from './draft.ts';
import { draftsOf } from './drafts.ts';
import { handoverOf } from './handover.ts';
import { addCounts, countDays, countRuns, type JobDay } from './job-day.ts';
import { Evidences, mergeDrafts } from './merge.ts';

const WEEK = 7 * 86_400_000;

/** What a summary is made from. */
export interface Parts {
  readonly of: string;
  readonly window: Window;
  readonly jobs: readonly { readonly day: JobDay; readonly found: Found }[];
  /** Jobs of which nothing could be read. */
  readonly unread: readonly { readonly name: string; readonly url: string; readonly problem: string }[];
  readonly gaps: readonly Gap[];
  /** The summary before this one, of the same; null where there is none. */
  readonly previous: Digest | null;
}

/** Pure: the same parts give the same summary. */
export function compose({ of, window, jobs, unread, gaps, previous }: Parts): Digest {
  const evidences = new Evidences();
  const items = mergeDrafts(
    jobs.flatMap(({ day, found }) => draftsOf(day, found, window)),
    evidences,
  ).sort(byUrgency);
  const days = jobs.map(({ day }) => day);
  const week = { from: window.from - WEEK, to: window.from - 1 };
  const runs = addCounts(days.map((day) => countRuns(day.runs, window)));
  return {
    of,
    window,
    items,
    jobs: [
      ...jobs.map(({ day }) => ({
        name: day.name,
        url: day.url,
        state: day.health.state,
        headline: day.headline,
        runs: countRuns(day.runs, window),
      })),
      ...unread.map(({ name, url, problem }) => ({
        name,
        url,
        state: 'unknown' as const,
        headline: problem,
        runs: addCounts([]),
      })),
    ],
    runs,
    health: { now: passRate(runs), before: passRate(addCounts(days.map((day) => countRuns(day.runs, week)))) },
    days: countDays(days, window),
    handover: previous && handoverOf(previous, items),
    evidence: evidences.items,
    gaps,
  };
}

/** The share of testable runs that passed; null without any. */
function passRate({ passed, failed }: RunCounts): Rate | null {
  const n = passed + failed;
  if (n === 0) return null;
  const { low, high } = shareOf(passed, n);
  return { failures: passed, n, low, high };
}

/** What goes on before what is over; then by jobs, by how sure it is, by how long. */
const byUrgency = (a: DigestItem, b: DigestItem): number =>
  SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) ||
  Number(a.isOver) - Number(b.isOver) ||
  b.jobs.length - a.jobs.length ||
  (b.rate?.failures ?? 0) - (a.rate?.failures ?? 0) ||
  b.confidence - a.confidence ||
  (a.title < b.title ? -1 : 1);
