// A grid for a tool: fetched by what a caller names, understood, and where its runs are opened.
import type { RunPlace } from '../answer/heatmap/links.ts';
import { Gaps } from '../diagnose/gaps.ts';
import { locateGrid } from '../diagnose/locate.ts';
import type { RowFinding, RunRef } from '../grids/findings.ts';
import type { Grid } from '../grids/grid.ts';
import type { Outcome } from '../grids/status.ts';
import { understand, type UnderstoodGrid } from '../grids/understand.ts';
import type { CiSystem } from '../sources/ports.ts';
import { ToolError } from './errors.ts';
import type { ToolContext } from './tool.ts';

export interface OpenGrid extends UnderstoodGrid {
  readonly ci: CiSystem;
  readonly place: RunPlace;
  readonly gaps: Gaps;
}

/** Each outcome as one sign. */
export const SIGNS: Readonly<Record<Outcome, string>> = {
  pass: '.',
  fail: 'F',
  flaky: 'f',
  pending: '?',
  aborted: 'a',
  none: ' ',
};

/** The grid that `text` names, with what it says. @throws NotClear, SourceError, SourcesUnreachable */
export async function openGrid(text: string, { sources, clock, progress }: ToolContext): Promise<OpenGrid> {
  progress('reading the grid');
  const gaps = new Gaps();
  const { ci, job, grid: found } = await locateGrid(text, sources, gaps);
  const effect = 'how long its runs took is not known';
  const withTimes = await gaps.try(effect, ci.grids.table(found.dashboard, found.tab, { durations: true }));
  const { grid, findings } = understand(withTimes ?? found, clock());
  return { grid, findings, ci, gaps, place: { sites: ci.system.sites, job } };
}

export const gridName = ({ dashboard, tab }: Grid): string => `${dashboard}#${tab}`;

/** The rows whose name contains `part`, in any case; all without one. @throws ToolError when none does */
export function rowsWith(rows: readonly RowFinding[], part: string | undefined): readonly RowFinding[] {
  if (part === undefined) return rows;
  const wanted = part.toLowerCase();
  const found = rows.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (found.length > 0 || rows.length === 0) return found;
  throw new ToolError('no test of the grid has that in its name', {
    known: [`the grid has ${rows.length} tests`],
    next: ['the same call without test, or with a shorter part of the name'],
  });
}

export const buildOf = (ref: RunRef | null): string | null => ref && ref.build;
