// Whether a tab is well, by its own newest runs and tests; and where TestGrid's one-word status says otherwise, why.
import { goingOn } from './events.ts';
import { FAILING_NOW, type ColumnFinding, type GridHealth, type RowFinding } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { isCompleted } from './metrics/metric.ts';
import { isOverall, kindWords } from './rows.ts';
import { outcomeOf, type Outcome } from './status.ts';

const RECENT = 5;
/** Not those that never passed: where they fail the run, the runs say so. */
const isBroken = ({ class: name, turns_red: turnsRed }: RowFinding): boolean =>
  FAILING_NOW.has(name) && name !== 'never passed' && turnsRed;
const DAY = 86_400_000;
/** A tab is stale when its newest run is older than so many usual gaps between runs, and than two days. */
const GAPS = 5;

/** What the health of a tab is told from. */
export interface Facts {
  readonly grid: Grid;
  readonly columns: readonly ColumnFinding[];
  readonly rows: readonly RowFinding[];
  readonly jobRows: ReadonlySet<Row>;
}

/**
 * The tab's health, never by TestGrid's overall status alone: that one calls a tab flaky when any of its five newest
 * columns did not pass, whatever they are, and failing on any alert, also of a test that reports only when it fails.
 * @param now ms since the epoch, to tell a stale tab; null for a table whose time is of no matter
 */
export function healthOf(facts: Facts, now: number | null): GridHealth {
  const own = ownHealth(facts, now);
  const testgrid = facts.grid.overall;
  const disagrees = testgrid === null || testgrid === own.state ? null : whyOtherwise(own, testgrid, facts);
  return { ...own, testgrid, disagrees };
}

type Own = Pick<GridHealth, 'state' | 'reasons' | 'was'>;

function ownHealth(facts: Facts, now: number | null): Own {
  const { grid, jobRows } = facts;
  const overall = [...jobRows].find(({ name }) => isOverall(name)) ?? [...jobRows][0];
  const outcomes = overall ? Array.from(overall.statuses, outcomeOf).filter(isCompleted) : [];
  if (grid.columns.length === 0 || (overall && outcomes.length === 0))
    return { state: 'no completed runs', reasons: ['no run has completed'], was: null };
  if (grid.rows.length === 0)
    return { state: 'no completed runs', reasons: [`none of its ${grid.corrupt.length} rows can be read`], was: null };
  const idle = now === null ? null : idleDays(grid, now);
  const newest = newestHealth(facts, overall !== undefined, outcomes.slice(0, RECENT));
  if (idle === null) return { ...newest, was: null };
  return { state: 'stale', reasons: [`the newest run began ${idle} days ago`, ...newest.reasons], was: newest.state };
}

/** The health by the newest runs, whenever they were. */
function newestHealth(
  { columns, rows }: Facts,
  hasOverall: boolean,
  recent: readonly Outcome[],
): { state: 'passing' | 'failing' | 'flaky'; reasons: string[] } {
  const broken = rows.filter(isBroken);
  const flaky = rows.filter((row) => row.class === 'flaky' || row.class === 'green but flaky');
  const failed = recent.filter((outcome) => outcome === 'fail').length;
  const reasons = [
    ...(hasOverall ? [`${failed} of the newest ${recent.length} completed runs failed`] : []),
    ...(broken.length > 0 ? [`${kindWords(broken)} ${broken.length === 1 ? 'is' : 'are'} broken`] : []),
    ...(flaky.length > 0 ? [`${kindWords(flaky)} ${flaky.length === 1 ? 'is' : 'are'} flaky`] : []),
  ];
  const isEvent = goingOn(columns, 'mass failure').length + goingOn(columns, 'install or ci failure').length > 0;
  const isFailing = hasOverall
    ? recent[0] === 'fail' && (failed >= 2 || broken.length > 0)
    : broken.length > 0 || isEvent;
  if (isFailing) return { state: 'failing', reasons };
  return { state: failed > 0 || flaky.length > 0 ? 'flaky' : 'passing', reasons };
}

/** Whole days since the newest run, where that is far more than usual; null where it is not, or nothing tells. */
function idleDays({ columns }: Grid, now: number): number | null {
  const times = columns.flatMap(({ time }) => time ?? []).sort((a, b) => b - a);
  const [newest] = times;
  if (newest === undefined) return null;
  const gaps = times.slice(1).map((time, i) => (times[i] ?? time) - time);
  const usual = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? DAY;
  const idle = now - newest;
  return idle > Math.max(2 * DAY, GAPS * usual) ? Math.floor(idle / DAY) : null;
}

const UNKNOWN = 'its table does not show why';

/** A reason is only given where the table shows it. */
function whyOtherwise({ state }: Own, testgrid: NonNullable<GridHealth['testgrid']>, facts: Facts): string {
  if (state === 'stale') return 'by its table; the newest run is old';
  if (state === 'no completed runs') return 'but no run of its table has completed';
  if (testgrid === 'failing') return alertWords(facts);
  if (testgrid === 'stale') return 'but its newest run is not older than usual';
  const { grid, jobRows } = facts;
  const hasAlert = grid.rows.some(({ alert }) => alert !== null);
  if (testgrid === 'flaky' && state === 'failing' && !hasAlert)
    return 'it fails a tab only for an alert, and no row has failed three times in a row';
  const newest = [...jobRows].flatMap(({ statuses }) => Array.from(statuses.subarray(0, RECENT), outcomeOf));
  if (testgrid === 'flaky' && newest.some((outcome) => outcome !== 'pass' && outcome !== 'none'))
    return 'it calls a tab flaky for any of its newest columns that did not pass, running and aborted ones too';
  if (testgrid === 'passing') return 'it looks at alerts and its newest columns alone';
  return UNKNOWN;
}

/** What TestGrid's alerts are about, by our classes. */
function alertWords({ grid, rows, jobRows }: Facts): string {
  const counts = new Map<string, number>();
  for (const { index, class: name } of rows) if (grid.rows[index]?.alert) counts.set(name, (counts.get(name) ?? 0) + 1);
  const ofJob = [...jobRows].filter(({ alert }) => alert !== null).length;
  if (ofJob > 0) counts.set('about the run as a whole', ofJob);
  if (counts.size === 0) return UNKNOWN;
  const words = [...counts].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${n} ${name}`);
  return `it fails a tab for any alert; these are on rows that are: ${words.join(', ')}`;
}
