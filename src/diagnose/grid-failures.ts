// What failed in a run as its column of the grid tells it: for runs whose artifacts are gone or cannot be reached.
import type { Failure } from '../ci/failure.ts';
import { oneLine } from '../ci/text.ts';
import { cellText, type Grid, type Row } from '../grids/grid.ts';
import { isJobLevel, isStep, outcomeAt } from '../grids/rows.ts';
import type { Quotes } from './quote.ts';
import { isFollowUp } from './secondary.ts';

export interface GridFailure {
  readonly row: Row;
  readonly failure: Failure;
  /** What its cell says, cleaned; empty where it says nothing. */
  readonly said: string;
}

const SHOWN = 20;
const STEP_ROW = /Run multi-stage test (\S+) - (\S+) container test$/;

/** Failed rows of the run's column: steps before tests, gathering and cleanup last. */
export function failuresInGrid(grid: Grid, build: string, quotes: Quotes): GridFailure[] {
  const column = grid.columns.findIndex((known) => known.build === build);
  if (column < 0) return [];
  return grid.rows
    .filter((row) => !isJobLevel(row.name) && outcomeAt(row, column) === 'fail')
    .map((row) => ({ row, step: stepOf(row.name) }))
    .sort((a, b) => order(a.step) - order(b.step))
    .slice(0, SHOWN)
    .map(({ row, step }) => {
      const said = oneLine(cellText(row, column).message, 300);
      const cell = quotes.cell(grid, row, column);
      return {
        row,
        said,
        failure: {
          step,
          test: step === null ? oneLine(row.name, 500) : null,
          message: said || 'failed, by its cell in the grid',
          evidence: cell === null ? [quotes.row(grid, row, `failed in run ${build}`)] : [cell],
          secondary: step !== null && isFollowUp(step),
          since: null,
        },
      };
    });
}

function stepOf(row: string): string | null {
  const [, target = '', full = ''] = STEP_ROW.exec(row) ?? [];
  if (full === '') return isStep(row) ? oneLine(row, 500) : null;
  return full.startsWith(`${target}-`) ? full.slice(target.length + 1) : full;
}

const order = (step: string | null): number => (step === null ? 1 : isFollowUp(step) ? 2 : 0);
