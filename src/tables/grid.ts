// The table `grid`: every result of every test.
import { cellColumns, cellsOf, runClass, type Cell } from './cells.ts';
import { column, textOrNull } from './columns.ts';
import { defineTable, perTab } from './table.ts';

export const grid = defineTable<Cell>({
  name: 'grid',
  row: 'One result of one test in one run: a cell of the grid.',
  key: ['dashboard', 'tab', 'test', 'build'],
  notes: [
    'Empty cells (`NO_RESULT`) have no row: a test that did not run did not pass.',
    'A test that was renamed within the window is one test, under its newest name.',
  ],
  columns: [
    ...cellColumns,
    column(
      'icon',
      'text',
      {
        nullable: true,
        meaning: 'The sign in the cell: `F`, `R`, or `1/2` for passes by attempts. Missing where it has none.',
        source: '`tests[].short_texts`',
      },
      ({ icon }) => textOrNull(icon),
    ),
    runClass,
  ],
  open: perTab(cellsOf),
});
