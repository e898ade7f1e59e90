// Title, size and what is left out of a picture of a grid, in words.
import type { GridFindings, RowFinding } from '../../grids/findings.ts';
import type { Grid } from '../../grids/grid.ts';
import { plural } from '../words.ts';
import { periodWords } from './axis.ts';
import { safeName } from './names.ts';
import { countClasses, countWords } from './order.ts';
import type { View } from './view.ts';

/** `dashboard / tab`, or the one that is known. */
export const titleOf = ({ dashboard, tab }: Grid): string =>
  [dashboard, tab]
    .map(safeName)
    .filter((part) => part !== '')
    .join(' / ') || 'a grid without a name';

/** `40 runs, 2026-11-01 to 2026-11-20; 120 tests: 2 regression, 118 passing; 3 steps: 3 passing`. */
export function sizeWords({ columns, rows }: GridFindings): string {
  const period = periodWords(columns.map(({ time }) => time));
  const steps = rows.filter(({ kind }) => kind === 'step');
  const words = (some: readonly RowFinding[], what: string): string =>
    `${plural(some.length, what)}${some.length === 0 ? '' : `: ${countWords(countClasses(some))}`}`;
  return [
    [plural(columns.length, 'run'), ...(period === '' ? [] : [period])].join(', '),
    words(
      rows.filter(({ kind }) => kind === 'test'),
      'test',
    ),
    ...(steps.length === 0 ? [] : [words(steps, 'step')]),
  ].join('; ');
}

/** What is not in the picture, a sentence each; empty when all is. */
export const restWords = (grid: Grid, { choice, olderLeftOut }: View): string[] => [
  ...(choice.leftOut.length > 0 ? [`left out for room: ${countWords(choice.leftOut)}`] : []),
  ...(choice.collapsed.length > 0 ? [`not shown: ${countWords(choice.collapsed)}`] : []),
  ...(olderLeftOut > 0 ? [`left of the map: ${plural(olderLeftOut, 'older run')}`] : []),
  ...(grid.corrupt.length > 0 ? [`not readable: ${plural(grid.corrupt.length, 'row')} that contradict the table`] : []),
];
