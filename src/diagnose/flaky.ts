// Tests that fail and pass in one run of a job that ends green: green but flaky.
import type { Failure } from '../ci/failure.ts';
import { oneLine } from '../ci/text.ts';
import { shareOf } from '../grids/beta.ts';
import type { Grid, Row } from '../grids/grid.ts';
import { isJobLevel, outcomeAt } from '../grids/rows.ts';
import type { Quotes } from './quote.ts';

const AT_LEAST = 2;
const SHOWN = 5;

/** The rows of a grid with at least two flaky cells, the worst first. */
export function describeFlaky(grid: Grid, quotes: Quotes): Failure[] {
  return grid.rows
    .filter((row) => !isJobLevel(row.name))
    .map((row) => ({ row, ...countFlaky(row, grid.columns.length) }))
    .filter(({ flaky }) => flaky >= AT_LEAST)
    .sort((a, b) => b.flaky - a.flaky)
    .slice(0, SHOWN)
    .map(({ row, flaky, ran, newest }) => {
      const { low, high } = shareOf(flaky, ran);
      const rate = `${flaky} of ${ran} runs, 95 % interval ${Math.round(low * 100)} to ${Math.round(high * 100)} %`;
      const cell = quotes.cell(grid, row, newest);
      return {
        step: null,
        test: oneLine(row.name, 500),
        message: `failed and then passed within a run in ${rate}`,
        evidence: [quotes.row(grid, row, `flaky in ${flaky} of ${ran} runs`), ...(cell === null ? [] : [cell])],
        secondary: false,
        since: null,
      };
    });
}

function countFlaky(row: Row, columns: number): { flaky: number; ran: number; newest: number } {
  let flaky = 0;
  let ran = 0;
  let newest = -1;
  for (let c = 0; c < columns; c += 1) {
    const outcome = outcomeAt(row, c);
    if (outcome === 'pass' || outcome === 'fail' || outcome === 'flaky') ran += 1;
    if (outcome !== 'flaky') continue;
    flaky += 1;
    if (newest < 0) newest = c;
  }
  return { flaky, ran, newest };
}
