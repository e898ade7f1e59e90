// A grid understood: events of whole runs first, then a class for each test, then what fails together.
import { classifyColumns, findJobRows } from './classify-columns.ts';
import { classifyRow } from './classify-rows.ts';
import type { GridFindings } from './findings.ts';
import type { Grid } from './grid.ts';
import { correlatedGroups } from './correlation.ts';
import { durationsOf } from './durations.ts';
import { healthOf } from './health.ts';
import { mergeRenamed } from './merge.ts';
import { rowContexts } from './row-context.ts';
import { isStep, overallRow } from './rows.ts';

/** A grid with what it says. `grid` is the one the findings' indices point into: renamed rows are joined in it. */
export interface UnderstoodGrid {
  readonly grid: Grid;
  readonly findings: GridFindings;
}

/**
 * The findings of a grid. Pure; the classes do not depend on the order of the rows.
 * @param now ms since the epoch, to tell a stale tab; null for a table whose time is of no matter
 */
export function understand(table: Grid, now: number | null = null): UnderstoodGrid {
  const grid = mergeRenamed(table);
  const { jobRows, tests, counts } = findJobRows(grid);
  const columns = classifyColumns(grid, tests, [...jobRows], counts);
  const events = new Set(columns.filter((column) => column.class !== 'normal').map(({ index }) => index));
  const contexts = rowContexts(grid, columns);
  const rows = grid.rows.flatMap((row, index) =>
    jobRows.has(row) ? [] : [classifyRow(row, index, isStep(row.name) ? contexts.steps : contexts.tests)],
  );
  const testRows = rows.flatMap(({ kind, index }) => (kind === 'test' ? [index] : []));
  const findings = {
    columns,
    rows,
    jobRows: [...jobRows].map(({ name }) => name),
    groups: correlatedGroups(grid, { exclude: events, rows: testRows }),
    durations: durationsOf(grid, columns, overallRow(grid)),
    health: healthOf({ grid, columns, rows, jobRows }, now),
  };
  return { grid, findings };
}
