// Brings the history up to date: what ended is kept, what failed is looked into, once, and each by itself, so that a sync
// that was killed anywhere is gone on with by the next one.
import pLimit from 'p-limit';
import type { Job } from '../ci/job.ts';
import type { Run } from '../ci/run.ts';
import { Gaps } from '../diagnose/gaps.ts';
import { lookInto, type OwnDiagnosis } from '../diagnose/look-into.ts';
import type { Found } from '../diagnose/find-job.ts';
import { jobOf } from '../digest/job-day.ts';
import { ownerOf, type Tab } from '../digest/subject.ts';
import { clip, safeText } from '../ci/text.ts';
import type { Grid } from '../grids/grid.ts';
import { SourceError, isNotFound } from '../sources/errors.ts';
import type { CiSystem, Sources } from '../sources/ports.ts';
import type { HistoryStore, KeptFailure } from '../store/history.ts';
import { runsOfGrid, runsOfPages, type EndedRun } from './read-runs.ts';

const JOBS_AT_ONCE = 4;
/** Of one run: with many failed tests the first ones tell. */
const FAILURES = 5;
const HEADLINE_CHARS = 200;
/** What a source says that may be otherwise the next time. */
const PASSING = ['unavailable', 'timed out', 'not public', 'bad response'];
/** What one run's source says and the next run's will say too. */
const DOWN = ['unavailable', 'timed out', 'not public'];

export interface SyncOptions {
  readonly sources: Sources;
  readonly history: HistoryStore;
  /** Runs that began before are left alone; ms since the epoch. */
  readonly since: number;
  /** Failed runs of a job that are looked into at most; the next sync goes on. */
  readonly limit: number;
  /** Bytes on the wire after which no further run is looked into. */
  readonly maxBytes: number;
  readonly progress?: (doing: string) => void;
}

export interface Synced {
  /** Jobs whose runs were read. */
  readonly jobs: number;
  /** Runs kept now. */
  readonly runs: number;
  /** Failed runs looked into now, and those left for the next time. */
  readonly lookedInto: number;
  readonly left: number;
}

/** What is synced: tabs, and jobs that have none. */
export interface Subject {
  readonly tabs: readonly Tab[];
  readonly jobs: readonly Pick<Found, 'ci' | 'job'>[];
}

/** What could not be read is a gap, and is tried again by the next sync. @throws SourceError when it is cancelled */
export async function sync({ tabs, jobs }: Subject, gaps: Gaps, options: SyncOptions): Promise<Synced> {
  const limit = pLimit(JOBS_AT_ONCE);
  const done = { jobs: 0, runs: 0, lookedInto: 0, left: 0 };
  // Tabs of one name show one job as a rule: they are read one after another, so that no run is looked into twice.
  const lanes = Map.groupBy(tabs, ({ tab }) => tab);
  let ended = 0;
  const count = (synced: Synced | null): void => {
    ended += 1;
    if (synced) for (const name of ['jobs', 'runs', 'lookedInto', 'left'] as const) done[name] += synced[name];
    options.progress?.(
      `${ended} of ${tabs.length + jobs.length} jobs; ${done.runs} runs kept, ${done.lookedInto} failed ones looked into`,
    );
  };
  await Promise.all([
    ...Array.from(lanes.values(), (lane) =>
      limit(async () => {
        for (const tab of lane) count(await syncTab(tab, gaps, options));
      }),
    ),
    ...jobs.map(({ ci, job }) => limit(async () => count(await syncJob(ci, job, null, gaps, options)))),
  ]);
  return done;
}

async function syncTab({ ci, dashboard, tab }: Tab, gaps: Gaps, options: SyncOptions): Promise<Synced | null> {
  const effect = `runs of ${tab} are not kept`;
  const grid = await gaps.try(effect, ci.grids.table(dashboard, tab, { durations: true }));
  if (!grid) return null;
  const owner = ownerOf(grid, options.sources, ci);
  const job = jobOf(grid, owner.system);
  if (job) return syncJob(owner, job, grid, gaps, options);
  gaps.add({ what: `grid ${dashboard}#${tab}`, why: 'it names no job', effect });
  return null;
}

async function syncJob(
  ci: CiSystem,
  job: Job,
  grid: Grid | null,
  gaps: Gaps,
  options: SyncOptions,
): Promise<Synced | null> {
  const { history, since, limit } = options;
  const known = new Map((await history.runsOf(job, since)).map((run) => [run.build, run]));
  const read = await readEnded(ci, job, grid, gaps, options);
  const within = read.runs.filter(({ kept }) => kept.started >= since);
  const ended = new Map(within.toReversed().map((run) => [run.kept.build, run]));
  const fresh = [...ended.values()].filter(({ kept }) => !known.has(kept.build));
  // In one piece: where the newest known run is, there is no hole behind it.
  if (fresh.length > 0) await history.keepRuns(fresh.map(({ kept }) => kept));
  if (read.isWhole) await history.keepReadBackTo(job, since);
  const failed = [...ended.values()]
    .filter(({ kept }) => {
      const past = known.get(kept.build);
      const result = past?.result ?? kept.result;
      return (result === 'failed' || result === 'error') && past?.isLookedInto !== true;
    })
    .sort((a, b) => b.kept.started - a.kept.started);
  const lookedInto = await lookIntoRuns(ci, failed.slice(0, limit), grid, gaps, options);
  return { jobs: 1, runs: fresh.length, lookedInto, left: failed.length - lookedInto };
}

/** The runs since, newest first; `isWhole` when none is missing. */
async function readEnded(
  ci: CiSystem,
  job: Job,
  grid: Grid | null,
  gaps: Gaps,
  { history, since }: SyncOptions,
): Promise<{ runs: EndedRun[]; isWhole: boolean }> {
  const shown = grid ? runsOfGrid(grid, job) : [];
  const oldest = shown.at(-1)?.kept;
  const [newestKnown] = await history.runsOf(job, since);
  const backTo = await history.readBackTo(job);
  const until = backTo !== null && backTo <= since && newestKnown ? newestKnown.started : since;
  if (oldest && oldest.started <= until) return { runs: shown, isWhole: true };
  const pages = await runsOfPages(ci, job, until, oldest?.build, gaps);
  if (pages) return { runs: [...shown, ...pages], isWhole: true };
  // Newer runs kept without those before them would hide that these are missing.
  return { runs: until === since ? shown : [], isWhole: false };
}

/** How many were looked into. */
async function lookIntoRuns(
  ci: CiSystem,
  runs: readonly EndedRun[],
  grid: Grid | null,
  gaps: Gaps,
  { history, sources, maxBytes }: SyncOptions,
): Promise<number> {
  /** Whether the bucket holds runs of the job at all: asked once, when it has nothing of one. */
  let hasRuns: boolean | null = null;
  let count = 0;
  for (const { run, kept, column } of runs) {
    if (sources.usage().bytes > maxBytes) break;
    const own = new Gaps();
    const found = await lookInto(ci, run, grid && { grid, column }, own, hasRuns === false);
    const trouble = own.items.filter(({ why }) => PASSING.some((problem) => why.startsWith(`${problem}:`)));
    if (trouble.length > 0) {
      noteTrouble(run, trouble, gaps);
      if (trouble.some(({ why }) => DOWN.some((problem) => why.startsWith(`${problem}:`)))) break;
      continue;
    }
    if (found.isGone && hasRuns === null) hasRuns = await ci.artifacts.hasRuns(run.job).catch(orUnknown);
    await history.keepFailures([{ run: kept, failures: failuresOf(found) }]);
    count += 1;
  }
  return count;
}

/** No bucket has no runs; where it is not known, it is asked for run by run. */
function orUnknown(error: unknown): false | null {
  if (error instanceof SourceError && error.problem !== 'cancelled') return isNotFound(error) ? false : null;
  throw error;
}

function noteTrouble({ job, build }: Run, trouble: Gaps['items'], gaps: Gaps): void {
  for (const { what, why } of trouble)
    gaps.add({ what, why, effect: `run ${build} of ${job.name} is looked into by the next sync` });
}

const failuresOf = ({ failures, locus }: OwnDiagnosis): KeptFailure[] =>
  failures.slice(0, FAILURES).map(({ failure: { step, test, message }, signature }) => ({
    step,
    test,
    locus,
    signature,
    headline: clip(safeText(message), HEADLINE_CHARS),
  }));
