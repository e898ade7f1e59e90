// A grid as the page of the MCP App shows it: bounded, every link made here, what had no room said in words.
import { periodWords } from '../answer/heatmap/axis.ts';
import { figureWords, isoTime } from '../answer/heatmap/figures.ts';
import { headline } from '../answer/heatmap/headline.ts';
import { buildUrl } from '../answer/heatmap/links.ts';
import { safeName, shortName } from '../answer/heatmap/names.ts';
import { countClasses, type ClassCount } from '../answer/heatmap/order.ts';
import { titleOf } from '../answer/heatmap/summary.ts';
import { setSpan, viewOf, type View } from '../answer/heatmap/view.ts';
import { plural } from '../answer/words.ts';
import { gridUrl } from '../ci/links.ts';
import { clip, oneLine, safeText } from '../ci/text.ts';
import type { RowFinding } from '../grids/findings.ts';
import { cellText, type Row } from '../grids/grid.ts';
import { outcomeAt } from '../grids/rows.ts';
import { SIGNS, type OpenGrid } from './grid.ts';

/** Bytes of all data as JSON; what is kept of them for messages, before more rows are taken. */
export const MAX_PAGE = 60_000;
const ROOM_FOR_MESSAGES = 15_000;
/** For what is left out and where it goes on; of it, for the messages that are left out. */
const ROOM_FOR_WORDS = 1_000;
const ROOM_FOR_LEFT = 100;
const MOST_ROWS = 100;
/** Passing tests are last: a few of them show what passing looks like, and leave room for messages. */
const PASSING_ROWS = 20;
const NAME_CHARS = 300;
const SHORT_CHARS = 52;
const MESSAGE_CHARS = 200;
const REASON_CHARS = 160;
const REASONS = 3;
const FILTER_CHARS = 1_200;

/** A run; empty parts are left out. */
export interface PageColumn {
  readonly build: string;
  readonly time: number | null;
  readonly class?: string;
  readonly reasons?: readonly string[];
  /** Tests that failed in it, shown or not. */
  readonly failed?: number;
}

/** A test, or what says how the run as a whole went. Positions count from the oldest run. */
export interface PageRow {
  readonly name: string;
  readonly short: string;
  readonly class: string;
  readonly confidence?: number;
  readonly figure?: string;
  /** The figure in few words. */
  readonly brief?: string;
  readonly reasons?: readonly string[];
  /** A sign a run, oldest first. */
  readonly cells: string;
  /** What makes its address of `rowUrl`; null where the name is too long for one. */
  readonly filter: string | null;
  /** Tests with the same number fail in the same runs. */
  readonly group?: number;
  /** The first failing run. */
  readonly first?: number;
  /** The oldest and the newest run that may hold the break. */
  readonly set?: readonly [number, number];
  /** Position → index in `messages`. */
  readonly says?: Readonly<Record<number, number>>;
}

export interface GridPage {
  readonly version: 1;
  readonly grid: string;
  readonly url: string;
  readonly state: string;
  readonly headline: string;
  readonly size: string;
  /** With the build behind it, the public page of a run; null where that is not known. */
  readonly runUrl: string | null;
  /** With a row's filter behind it, the row in TestGrid. */
  readonly rowUrl: string;
  readonly columns: readonly PageColumn[];
  readonly rows: readonly PageRow[];
  readonly messages: readonly string[];
  /** All tests that were asked for, shown or not, the most urgent class first. */
  readonly classes: readonly ClassCount[];
  /** Runs of the grid. */
  readonly runs: number;
  /** How many of the tests that were asked for are in `rows`. */
  readonly shown: number;
  /** For the tests after them; null when there are none. */
  readonly next: string | null;
  /** What is not in the data, a sentence each. */
  readonly left: readonly string[];
}

export interface PageQuestion {
  /** Tests that were asked for, the most urgent first. */
  readonly wanted: readonly RowFinding[];
  /** Where among them the rows begin. */
  readonly from: number;
  /** Newest runs shown. */
  readonly runs: number;
  /** The cursor of a place among the tests. */
  readonly cursorAt: (place: number) => string;
}

/** The data of the page: whole rows first, then as many of their messages as have room, the newest of each row first. */
export function gridPageData(open: OpenGrid, { wanted, from, runs, cursorAt }: PageQuestion): GridPage {
  const { grid, findings, ci, place } = open;
  const view = viewOf(grid, findings, { rows: 0, columns: runs });
  const rowUrl = gridUrl(ci.system.sites, grid.dashboard, grid.tab, '').slice(0, -encodeURIComponent('^$').length);
  const filterOf = ({ name }: Row): string | null => {
    const url = gridUrl(ci.system.sites, grid.dashboard, grid.tab, name);
    return url.startsWith(rowUrl) && url.length <= rowUrl.length + FILTER_CHARS ? url.slice(rowUrl.length) : null;
  };
  const groups = new Map(findings.groups.flatMap(({ rows }, i) => rows.map((row) => [row, i] as const)));
  const whole = view.rows.map(({ row, isOverall }) => ({
    row,
    data: { ...textOf(row, view, filterOf), ...(isOverall ? { short: 'run as a whole' } : {}), class: WHOLE },
  }));
  const failing = wanted.filter(({ class: kind }) => kind !== 'passing').length;
  const until = Math.min(from + MOST_ROWS, Math.max(from, failing) + PASSING_ROWS);
  const asked = wanted.slice(from, until).flatMap((finding) => {
    const row = grid.rows[finding.index];
    if (!row) return [];
    return [{ row, data: { ...textOf(row, view, filterOf), ...findingOf(finding, groups, view) } }];
  });
  const period = periodWords(findings.columns.map(({ time }) => time));
  const head = {
    version: 1 as const,
    grid: titleOf(grid),
    url: gridUrl(ci.system.sites, grid.dashboard, grid.tab),
    state: findings.health.state,
    headline: headline(findings),
    size: [plural(findings.columns.length, 'run'), period, plural(findings.rows.length, 'test')]
      .filter((part) => part !== '')
      .join(', '),
    runUrl: buildUrl(place, '0')?.slice(0, -1) ?? null,
    rowUrl,
    columns: view.columns.map((column, at) => columnOf(column, view.failed[at] ?? 0)),
    classes: countClasses(wanted),
    runs: findings.columns.length,
  };
  const rows = fitting([...whole, ...asked], MAX_PAGE - bytes(head) - ROOM_FOR_WORDS - messageRoom(asked));
  const shown = Math.max(0, rows.length - whole.length);
  const end = from + shown;
  const page: GridPage = {
    ...head,
    rows: rows.map(({ data }) => data),
    messages: [],
    shown,
    next: end < wanted.length ? cursorAt(end) : null,
    left: [
      ...(from > 0 ? [`${plural(from, 'more urgent test')} above`] : []),
      ...(end < wanted.length ? [`${plural(wanted.length - end, 'less urgent test')} not shown`] : []),
      ...(view.olderLeftOut > 0 ? [`${plural(view.olderLeftOut, 'older run')} not shown`] : []),
      ...(grid.corrupt.length > 0 ? [`${plural(grid.corrupt.length, 'row')} that contradict the table left out`] : []),
    ],
  };
  return withMessages(page, rows, view);
}

/** The class of rows about the run as a whole. */
export const WHOLE = 'whole run';

interface Kept {
  readonly row: Row;
  readonly data: PageRow;
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/** What is kept for messages: nothing where nobody says anything. */
function messageRoom(rows: readonly Kept[]): number {
  const said = new Set(rows.flatMap(({ row }) => row.messages.filter((message) => message !== '')));
  return Math.min(ROOM_FOR_MESSAGES, said.size * MESSAGE_CHARS);
}

/** The rows that have room, from the first on. */
function fitting(rows: readonly Kept[], room: number): Kept[] {
  let used = 0;
  const end = rows.findIndex(({ data }) => (used += bytes(data)) > room);
  return rows.slice(0, end < 0 ? rows.length : end);
}

const textOf = (
  row: Row,
  view: View,
  filterOf: (row: Row) => string | null,
): Pick<PageRow, 'name' | 'short' | 'cells' | 'filter'> => ({
  name: clip(safeName(row.name), NAME_CHARS),
  short: shortName(row.name, (text) => text.length <= SHORT_CHARS),
  cells: view.columns.map(({ index }) => SIGNS[outcomeAt(row, index)]).join(''),
  filter: filterOf(row),
});

function findingOf(finding: RowFinding, groups: ReadonlyMap<number, number>, view: View): Omit<PageRow, TextKeys> {
  const { class: kind, confidence, reasons, first_bad: since, set, index } = finding;
  const [figure, brief] = [figureWords(finding), figureWords(finding, true)];
  const group = groups.get(index);
  const first = since === null || set.length === 0 ? null : view.positionOf(since);
  const span = set.length === 0 ? null : setSpan(set, view.positionOf);
  return {
    class: kind,
    confidence: Math.round(confidence * 100) / 100,
    ...(figure === brief ? {} : { figure }),
    ...(brief === '' ? {} : { brief }),
    ...(reasons.length === 0 || kind === 'passing' ? {} : { reasons: reasonsOf(reasons) }),
    ...(group === undefined ? {} : { group }),
    ...(first === null ? {} : { first }),
    ...(span === null ? {} : { set: span }),
  };
}

type TextKeys = 'name' | 'short' | 'cells' | 'filter';

const reasonsOf = (reasons: readonly string[]): string[] =>
  reasons.slice(0, REASONS).map((reason) => oneLine(reason, REASON_CHARS));

const columnOf = (column: View['columns'][number], failed: number): PageColumn => ({
  build: oneLine(column.build, 40),
  time: isoTime(column.time) === null ? null : column.time,
  ...(column.class === 'normal' ? {} : { class: column.class, reasons: reasonsOf(column.reasons).slice(0, 1) }),
  ...(failed === 0 ? {} : { failed }),
});

/** What failing cells say, while there is room: the newest of every row, then the second newest. */
function withMessages(page: GridPage, rows: readonly Kept[], view: View): GridPage {
  const failing = rows.map(({ row, data }) => ({ row, data, at: failingCells(data.cells) }));
  const most = Math.max(0, ...failing.map(({ at }) => at.length));
  const known = new Map<string, number>();
  const messages: string[] = [];
  const says = new Map<PageRow, Record<number, number>>();
  let room = MAX_PAGE - bytes(page) - ROOM_FOR_LEFT;
  let left = 0;
  for (let nth = 0; nth < most; nth += 1) {
    for (const { row, data, at: positions } of failing) {
      const at = positions[nth];
      const index = at === undefined ? undefined : view.columns[at]?.index;
      if (at === undefined || index === undefined) continue;
      const { message, short } = cellText(row, index);
      const raw = message.trim() === '' ? short : message;
      if (raw.trim() === '') continue;
      const number = known.get(raw) ?? messages.length;
      const text = number === messages.length && room > 0 ? clippedLines(raw) : '';
      const cost = `"${at}":${number},`.length + (says.has(data) ? 0 : 10) + (text === '' ? 0 : bytes(text));
      if (cost > room || (number === messages.length && text === '')) {
        left += 1;
        continue;
      }
      room -= cost;
      if (number === messages.length) {
        messages.push(text);
        known.set(raw, number);
      }
      says.set(data, { ...says.get(data), [at]: number });
    }
  }
  return {
    ...page,
    rows: page.rows.map((row) => {
      const said = says.get(row);
      return said ? { ...row, says: said } : row;
    }),
    messages,
    left: [...page.left, ...(left > 0 ? [`messages of ${plural(left, 'failing cell')} left out for room`] : [])],
  };
}

/** Positions of failed and flaky cells, the newest first. */
const failingCells = (cells: string): number[] =>
  Array.from(cells)
    .flatMap((sign, at) => (sign === SIGNS.fail || sign === SIGNS.flaky ? [at] : []))
    .reverse();

/** A message without secrets, its lines kept, the middle left out. */
const clippedLines = (raw: string): string => clip(safeText(raw).trim().replace(/\n\s+/g, '\n'), MESSAGE_CHARS);
