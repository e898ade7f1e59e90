// The table `failures`: what failed in which run, with what tells one failure from another.
import { buildUrl } from '../answer/heatmap/links.ts';
import { signatureOf } from '../logs/signature.ts';
import { safeText } from '../ci/text.ts';
import { cellColumns, cellsOf, runClass, type Cell } from './cells.ts';
import { column } from './columns.ts';
import { defineTable, perTab, type Tab } from './table.ts';

interface Failure extends Cell {
  readonly signature: { readonly key: string; readonly pattern: string } | null;
  readonly url: string | null;
}

function* failuresOf(tab: Tab): Generator<Failure> {
  for (const cell of cellsOf(tab)) {
    if (cell.kind === 'run' || (cell.outcome !== 'fail' && cell.outcome !== 'flaky')) continue;
    const said = safeText(cell.message).trim();
    yield { ...cell, signature: said === '' ? null : signatureOf(said), url: buildUrl(tab.place, cell.build) };
  }
}

export const failures = defineTable<Failure>({
  name: 'failures',
  row: 'One test or step that failed, or failed and passed, in one run.',
  key: ['dashboard', 'tab', 'test', 'build'],
  notes: ['Rows about the run as a whole are in `runs`.'],
  columns: [
    ...cellColumns,
    column(
      'signature',
      'text',
      {
        nullable: true,
        meaning:
          'The same wherever a message reads alike once numbers, names and times are masked; missing without a message. Of the cell’s message: not that of an answer, which is of the whole log.',
        source: '`src/logs/signature.ts` of `message`',
      },
      ({ signature }) => signature?.key ?? null,
    ),
    column(
      'pattern',
      'text',
      {
        nullable: true,
        meaning: 'The masked message that the signature stands for.',
        source: '`src/logs/signature.ts`',
      },
      ({ signature }) => signature?.pattern ?? null,
    ),
    column(
      'test_class',
      'text',
      {
        nullable: true,
        meaning: 'What the test is over the whole window, as `class` of `metrics`.',
        source: '`src/grids/classify-rows.ts`',
      },
      ({ row }) => row?.class ?? null,
    ),
    runClass,
    column(
      'url',
      'text',
      {
        nullable: true,
        meaning: 'Page of the run; missing where the job is not of a known CI system.',
        source: '`src/ci/links.ts`',
      },
      ({ url }) => url,
    ),
  ],
  open: perTab(failuresOf),
});
