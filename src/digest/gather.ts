// Reads what a summary is made from: the grids of a dashboard or of some jobs, and the runs that make them red.
import pLimit from 'p-limit';
import { verify, type Verified } from '../answer/verify.ts';
import { gridUrl, runUrl } from '../ci/links.ts';
import { historyPath } from '../ci/job.ts';
import { Gaps } from '../diagnose/gaps.ts';
import { investigate } from '../diagnose/investigate.ts';
import type { Past } from '../history/past.ts';
import type { SourceProblem } from '../sources/errors.ts';
import type { Sources } from '../sources/ports.ts';
import { compose } from './compose.ts';
import type { Digest, Window } from './digest.ts';
import { isRed, type Found } from './draft.ts';
import type { Pictures } from './html/page.ts';
import { isWithin, jobDay, type DayRun, type JobDay } from './job-day.ts';
import { expandSubject, ownerOf, type Tab } from './subject.ts';

const INVESTIGATED_AT_ONCE = 3;
const TABS_AT_ONCE = 4;
const REFUSED: readonly SourceProblem[] = ['not public', 'unavailable', 'timed out', 'bad response', 'not allowed'];

export interface GatherOptions {
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly window: Window;
  /** Runs that are looked into at most: each is some requests and logs. */
  readonly limit: number;
  readonly previous?: Digest | null;
  /** True for the heat maps of what fails too. */
  readonly draw?: boolean;
  readonly progress?: (doing: string) => void;
  /** What is kept of earlier runs, where something is. */
  readonly past?: Past | undefined;
}

export interface Gathered {
  readonly digest: Digest;
  readonly pictures: Pictures;
}

/**
 * The summary of dashboards, jobs, or patterns of them. What could not be read is a gap in it.
 * @throws UnknownSubject for a name that nothing has; SourceError when the lists of what there is cannot be had
 */
export async function gather(subject: readonly string[], options: GatherOptions): Promise<Gathered> {
  const { sources, clock, window, limit, previous = null, progress = () => undefined } = options;
  const gaps = new Gaps();
  progress('finding the jobs');
  const { tabs, missing } = await expandSubject(subject, sources, gaps);
  for (const name of missing)
    gaps.add({ what: name, why: 'it has no tab that could be found', effect: 'it is not in the summary' });
  const read = await readTabs(tabs, options, gaps);
  const days = read.flatMap(({ day, tab }) => (day ? [{ day, tab }] : []));
  const isNow = clock() - window.to < 60_000;
  const wanted = days.flatMap(({ day, tab }) => runsToExplain(day, window).map((run) => ({ day, tab, ...run })));
  const asked = wanted.toSorted((a, b) => (b.run.at ?? 0) - (a.run.at ?? 0)).slice(0, limit);
  if (asked.length < wanted.length)
    gaps.add({
      what: `${wanted.length - asked.length} of ${wanted.length} failed runs`,
      why: `the limit is ${limit}`,
      effect: 'of these only what the grid says is told',
    });
  const found = new Map<string, Verified>();
  const atOnce = pLimit(INVESTIGATED_AT_ONCE);
  let done = 0;
  await Promise.all(
    asked.map(({ day, kind, run, tab }) =>
      atOnce(async () => {
        const question =
          kind === 'red' && isNow ? gridUrl(tab.ci.system.sites, tab.dashboard, tab.tab) : questionOf(day, run);
        const explained = question === null ? null : await explain(question, day, options, gaps);
        if (explained) found.set(`${day.url} ${kind}`, explained);
        done += 1;
        progress(`looked into ${done} of ${asked.length} failed runs`);
      }),
    ),
  );
  const digest = compose({
    of: subject.join(', '),
    window,
    jobs: days.map(({ day }) => ({
      day,
      found: { red: found.get(`${day.url} red`) ?? null, event: found.get(`${day.url} event`) ?? null },
    })),
    unread: read.flatMap(({ tab, problem }) => (problem === null ? [] : [{ name: tab.tab, url: urlOf(tab), problem }])),
    gaps: gaps.items,
    previous,
  });
  const pictures = days.flatMap(({ day }) =>
    day.svg === null ? [] : [[day.url, { svg: day.svg, alt: `${day.name}: ${day.headline}` }] as const],
  );
  return { digest, pictures: new Map(pictures) };
}

const urlOf = ({ ci, dashboard, tab }: Tab): string => gridUrl(ci.system.sites, dashboard, tab);

interface ReadTab {
  readonly tab: Tab;
  readonly day: JobDay | null;
  readonly problem: string | null;
}

/** Each grid is let go once it is understood: memory does not grow with the number of tabs. */
async function readTabs(tabs: readonly Tab[], options: GatherOptions, gaps: Gaps): Promise<ReadTab[]> {
  const { sources, window, draw = false, progress = () => undefined } = options;
  const limit = pLimit(TABS_AT_ONCE);
  let done = 0;
  return Promise.all(
    tabs.map((tab) =>
      limit(async () => {
        const effect = `nothing is said of ${tab.tab}`;
        const grid = await gaps.try(effect, tab.ci.grids.table(tab.dashboard, tab.tab, { durations: true }));
        done += 1;
        progress(`read ${done} of ${tabs.length} grids`);
        if (!grid) return { tab, day: null, problem: 'its grid could not be read' };
        const ci = ownerOf(grid, sources, tab.ci);
        return { tab: { ...tab, ci }, day: jobDay(grid, ci.system, window, draw), problem: null };
      }),
    ),
  );
}

/** The runs of a job that say why it is red, or was without test results. */
function runsToExplain(day: JobDay, window: Window): { kind: keyof Found; run: DayRun }[] {
  if (day.health.state === 'stale' || day.job === null) return [];
  const failed = day.runs.filter(({ state }) => state === 'failed');
  const [newest] = failed;
  const event = failed.find((run) => run.class === 'install or ci failure' && isWithin(run.at, window));
  return [
    ...(newest && isRed(day) ? [{ kind: 'red' as const, run: newest }] : []),
    ...(event && (event !== newest || !isRed(day)) ? [{ kind: 'event' as const, run: event }] : []),
  ];
}

const questionOf = ({ job, system }: JobDay, { point }: DayRun): string | null =>
  job && runUrl(system.sites, { job, path: `${historyPath(job)}/${point.build}` });

async function explain(
  question: string,
  day: JobDay,
  { sources, clock, past }: GatherOptions,
  gaps: Gaps,
): Promise<Verified | null> {
  const effect = `what the grid says of ${day.name} is all that is told`;
  const asked = investigate(question, { sources, clock, past }).then((value) => ({ value, staleMs: null }));
  const investigation = await gaps.try(effect, asked);
  if (!investigation?.verdict) return null;
  // What there is not is no gap of a summary; what could not be had is.
  for (const gap of investigation.gaps) if (REFUSED.some((problem) => gap.why.startsWith(`${problem}:`))) gaps.add(gap);
  return verify(investigation);
}
