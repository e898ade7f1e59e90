// A grid understood: events of whole runs first, then a class for each test, then what fails together.
import { classifyColumns, findJobRows } from './classify-columns.ts';
import { classifyRow, rowContext } from './classify-rows.ts';
import type { GridFindings, GridHealth, RowFinding } from './findings.ts';
import type { Grid } from './grid.ts';
import { correlatedGroups } from './correlation.ts';
import { isNoTest } from './rows.ts';
import { mergeRenamed } from './merge.ts';
import { outcomeOf } from './status.ts';

/** A grid with what it says. `grid` is the one the findings' indices point into: renamed rows are joined in it. */
export interface UnderstoodGrid {
  readonly grid: Grid;
  readonly findings: GridFindings;
}

/** The findings of a grid. Pure; the classes do not depend on the order of the rows. */
export function understand(table: Grid): UnderstoodGrid {
  const grid = mergeRenamed(table);
  const { jobRows, tests, counts } = findJobRows(grid);
  const columns = classifyColumns(grid, tests, [...jobRows], counts);
  const events = new Set(columns.filter((column) => column.class !== 'normal').map(({ index }) => index));
  const testRows = grid.rows.flatMap((row, index) => (jobRows.has(row) || isNoTest(row.name) ? [] : [index]));
  const context = rowContext(grid, columns);
  const rows = grid.rows.flatMap((row, index) => (jobRows.has(row) ? [] : [classifyRow(row, index, context)]));
  const findings = {
    columns,
    rows,
    jobRows: [...jobRows].map(({ name }) => name),
    groups: correlatedGroups(grid, { exclude: events, rows: testRows }),
    health: healthOf(grid, rows, jobRows),
  };
  return { grid, findings };
}

const RECENT = 5;
const BROKEN = new Set(['regression', 'likely regression', 'consistently failing', 'never passed', 'new test failing']);

/** The tab's health by its own newest runs and tests, not by TestGrid's overall status. */
function healthOf(grid: Grid, rows: readonly RowFinding[], jobRows: ReadonlySet<Grid['rows'][number]>): GridHealth {
  const overall = [...jobRows].find(({ name }) => /(?:^|\.)Overall$/.test(name)) ?? [...jobRows][0];
  const outcomes = overall
    ? Array.from(overall.statuses, outcomeOf).filter((o) => o === 'pass' || o === 'fail' || o === 'flaky')
    : [];
  const recent = outcomes.slice(0, RECENT);
  const broken = rows.filter((row) => BROKEN.has(row.class)).length;
  const flaky = rows.filter((row) => row.class === 'flaky' || row.class === 'green but flaky').length;
  if (grid.columns.length === 0 || (overall && outcomes.length === 0))
    return { state: 'no completed runs', reasons: ['no run has completed'] };
  const failed = recent.filter((outcome) => outcome === 'fail').length;
  const reasons = [
    ...(overall ? [`${failed} of the newest ${recent.length} completed runs failed`] : []),
    ...(broken > 0 ? [`${broken} tests are broken`] : []),
    ...(flaky > 0 ? [`${flaky} tests are flaky`] : []),
  ];
  if (recent[0] === 'fail' && (failed >= 2 || broken > 0)) return { state: 'failing', reasons };
  if (failed > 0 || flaky > 0) return { state: 'flaky', reasons };
  return { state: 'passing', reasons };
}
