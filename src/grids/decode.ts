// Decodes a TestGrid `/table` response. Every key is optional; a row that does not fit is marked, the rest is kept.
import { LATEST_TIME } from '../ci/run.ts';
import type { Alert, Column, CorruptRow, Grid, Row } from './grid.ts';

const MAX_COLUMNS = 10_000;
/** Cells of one grid; the largest recorded one has 3.5 million. */
const MAX_CELLS = 40_000_000;
const MAX_HEADERS = 16;
const HIGHEST_STATUS = 15;
const LONG_RUN = 16;
const NO_RUN: Record<string, unknown> = {};
/** Built-in column headers; the custom ones follow them in `column-header-names`. */
const BUILT_IN_HEADERS = 3;

/** TestGrid's `TabStatus`: 0 and 1 are unset and unknown, 6 is broken (of a tab, not of its tests). */
const OVERALL: readonly (Grid['overall'] | undefined)[] = [
  null,
  null,
  'passing',
  'failing',
  'flaky',
  'stale',
  'failing',
];

export class NotATable extends Error {
  override readonly name = 'NotATable';
}

/**
 * A grid from the parsed JSON of a table.
 * @throws NotATable when it is no table at all (no object, or neither columns nor rows where they belong).
 */
export function decodeTable(json: unknown, place: { dashboard: string; tab: string }): Grid {
  if (!isRecord(json)) throw new NotATable('not an object');
  if (!('tests' in json) && !('timestamps' in json)) throw new NotATable('neither tests nor timestamps');
  const columns = decodeColumns(json);
  if (list(json['tests']).length * columns.length > MAX_CELLS) throw new NotATable('too many cells');
  const rows: Row[] = [];
  const corrupt: CorruptRow[] = [];
  for (const test of list(json['tests'])) {
    const name = isRecord(test) ? text(test['name']) : '';
    const row = isRecord(test) ? decodeRow(test, name, columns.length) : 'not an object';
    if (typeof row === 'string') corrupt.push({ name, why: row });
    else rows.push(row);
  }
  const query = text(json['query']);
  const overall = OVERALL[Number(json['overall-status'])] ?? null;
  return { ...place, query: query === '' ? null : query, overall, columns, rows, corrupt };
}

function decodeColumns(table: Record<string, unknown>): Column[] {
  const changelists = list(table['changelists']);
  const ids = list(table['column_ids']);
  const times = list(table['timestamps']);
  const count = Math.max(changelists.length, ids.length, times.length);
  if (count > MAX_COLUMNS) throw new NotATable(`${count} columns`);
  const names = list(table['column-header-names']).map(text).slice(BUILT_IN_HEADERS);
  const custom = list(table['custom-columns']).slice(0, MAX_HEADERS).map(list);
  return Array.from({ length: count }, (_, i) => {
    const headers = new Map<string, string>();
    custom.forEach((values, h) => {
      const value = text(values[i]);
      if (value !== '') headers.set(names[h] ?? `custom ${h}`, value);
    });
    const build = text(changelists[i]) || text(ids[i]);
    return { build: withoutPrefix(build), time: milliseconds(times[i]), headers };
  });
}

/** Column ids carry U+E000 in front since OpenShift 4.9. */
const withoutPrefix = (id: string): string => id.replace(/^[\ue000-\uf8ff]+/, '');

/** Tables hold milliseconds, some eras seconds; 0 means none. Seconds stay below 1e11 until the year 5138. */
function milliseconds(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null;
  const time = value < 1e11 ? value * 1000 : value;
  return time < LATEST_TIME ? time : null;
}

function decodeRow(test: Record<string, unknown>, name: string, columns: number): Row | string {
  if (name === '') return 'no name';
  const statuses = new Uint8Array(columns);
  const runs = list(test['statuses']);
  let codes = 0;
  let at = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const run = runs[i];
    const { count, value = 0 } = isRecord(run) ? run : NO_RUN;
    if (!isCount(count)) return 'a run length is not a count';
    if (typeof value !== 'number' || value < 0 || value > HIGHEST_STATUS || !Number.isInteger(value))
      return 'a status is unknown';
    const end = at + count;
    if (end > columns) return `more results than the ${columns} columns`;
    codes |= 1 << value;
    // Most runs are short: a call to `fill` costs more than they do.
    if (count > LONG_RUN) statuses.fill(value, at, end);
    else for (let c = at; c < end; c += 1) statuses[c] = value;
    at = end;
  }
  if (at !== columns) return `${at} results for ${columns} columns`;
  return {
    name,
    statuses,
    codes,
    // Most grids hold millions of these: they are checked where one is read.
    messages: list(test['messages']),
    shortTexts: list(test['short_texts']),
    alert: decodeAlert(test['alert']),
  };
}

function decodeAlert(value: unknown): Alert | null {
  if (!isRecord(value)) return null;
  const failCount = value['fail-count'];
  return {
    failCount: isCount(failCount) ? failCount : 0,
    firstFailing: text(value['fail-build-id']) || null,
    lastPassing: text(value['pass-build-id']) || null,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
