// Whether a tab is well, by its own newest runs and tests; and where TestGrid's one-word status says otherwise, why.
import type { GridHealth, RowFinding } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { isCompleted } from './metrics/metric.ts';
import { isOverall } from './rows.ts';
import { outcomeOf } from './status.ts';

const RECENT = 5;
/** Not those that never passed: where they fail the run, the runs say so. */
const BROKEN = new Set(['regression', 'likely regression', 'consistently failing', 'new test failing']);
const DAY = 86_400_000;
/** A tab is stale when its newest run is older than so many usual gaps between runs, and than two days. */
const GAPS = 5;

/**
 * The tab's health, never by TestGrid's overall status alone: that one calls a tab flaky when any of its five newest
 * columns did not pass, whatever they are, and failing on any alert, also of a test that reports only when it fails.
 * @param now ms since the epoch, to tell a stale tab; null for a table whose time is of no matter
 */
export function healthOf(
  grid: Grid,
  rows: readonly RowFinding[],
  jobRows: ReadonlySet<Row>,
  now: number | null,
): GridHealth {
  const own = ownHealth(grid, rows, jobRows, now);
  const testgrid = grid.overall;
  const disagrees =
    testgrid === null || testgrid === own.state ? null : whyOtherwise(own, testgrid, { grid, rows, jobRows });
  return { ...own, testgrid, disagrees };
}

type Own = Pick<GridHealth, 'state' | 'reasons'>;

function ownHealth(grid: Grid, rows: readonly RowFinding[], jobRows: ReadonlySet<Row>, now: number | null): Own {
  const overall = [...jobRows].find(({ name }) => isOverall(name)) ?? [...jobRows][0];
  const outcomes = overall ? Array.from(overall.statuses, outcomeOf).filter(isCompleted) : [];
  if (grid.columns.length === 0 || (overall && outcomes.length === 0))
    return { state: 'no completed runs', reasons: ['no run has completed'] };
  if (grid.rows.length === 0)
    return { state: 'no completed runs', reasons: [`none of its ${grid.corrupt.length} rows can be read`] };
  const idle = now === null ? null : idleDays(grid, now);
  if (idle !== null) return { state: 'stale', reasons: [`the newest run began ${idle} days ago`] };
  const recent = outcomes.slice(0, RECENT);
  const broken = rows.filter((row) => BROKEN.has(row.class)).length;
  const flaky = rows.filter((row) => row.class === 'flaky' || row.class === 'green but flaky').length;
  const failed = recent.filter((outcome) => outcome === 'fail').length;
  const reasons = [
    ...(overall ? [`${failed} of the newest ${recent.length} completed runs failed`] : []),
    ...(broken > 0 ? [`${broken} test${broken === 1 ? ' is' : 's are'} broken`] : []),
    ...(flaky > 0 ? [`${flaky} test${flaky === 1 ? ' is' : 's are'} flaky`] : []),
  ];
  const isFailing = overall ? recent[0] === 'fail' && (failed >= 2 || broken > 0) : broken > 0;
  if (isFailing) return { state: 'failing', reasons };
  if (failed > 0 || flaky > 0) return { state: 'flaky', reasons };
  return { state: 'passing', reasons };
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

/** What a reason is looked up in. */
interface Facts {
  readonly grid: Grid;
  readonly rows: readonly RowFinding[];
  readonly jobRows: ReadonlySet<Row>;
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
