import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/grids/decode.ts';
import type { DurationFinding } from '../../src/grids/findings.ts';
import type { Grid } from '../../src/grids/grid.ts';
import { understand } from '../../src/grids/understand.ts';

const MINUTES = 'test-duration-minutes';

/** A table of the run's own row and ten tests that pass. */
function table(codes: readonly number[], values: readonly unknown[] | null): Grid {
  const statuses = codes.map((value) => ({ count: 1, value }));
  const graphs = values === null ? {} : { graphs: [{ metric: [MINUTES], values: [values] }] };
  const passing = Array.from({ length: 10 }, (_, i) => ({
    name: `test ${i}`,
    statuses: [{ count: codes.length, value: 1 }],
  }));
  return decodeTable(
    {
      changelists: codes.map((_, i) => String(900 - i)),
      timestamps: codes.map((_, i) => 1_700_000_000_000 - i * 3_600_000),
      tests: [{ name: 'job.Overall', statuses, ...graphs }, ...passing],
    },
    { dashboard: 'd', tab: 't' },
  );
}
const durations = (grid: Grid): DurationFinding | null => understand(grid).findings.durations;
const PASSED = new Array<number>(30).fill(1);

describe('durations of a grid', () => {
  it('are null where the table has none, and where they say nothing', () => {
    expect(table(PASSED, null).minutes).toBeNull();
    expect(durations(table(PASSED, null))).toBeNull();
    expect(
      durations(
        table(
          PASSED,
          PASSED.map((_, i) => 60 + (i % 5)),
        ),
      ),
    ).toBeNull();
  });

  it('tell that the newest passing runs take longer than they did', () => {
    const found = durations(
      table(
        PASSED,
        PASSED.map((_, i) => (i < 5 ? 90 : 60) + (i % 3)),
      ),
    );

    expect(found?.drift?.ratio).toBeCloseTo(1.49, 1);
    expect(found).toMatchObject({ drift: { n: 25 }, limit: null });
  });

  it('tell a time at which runs that fail are cut off, and which runs', () => {
    const codes = PASSED.map((code, i) => (i < 4 ? 12 : code));
    const found = durations(
      table(
        codes,
        codes.map((_, i) => (i < 4 ? 120 : 60 + (i % 4))),
      ),
    );

    expect(found?.limit).toMatchObject({ minutes: 120, n: 30 });
    expect(found?.limit?.runs.map(({ build }) => build)).toEqual(['900', '899', '898', '897']);
  });

  it('take what is no number, and what is missing at the end, as not known', () => {
    expect(table(PASSED, [50, null, 'x', -1, NaN]).minutes?.slice(0, 7)).toEqual([
      50,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
