// The predecessor's known mistakes, each a test on its own golden grids (`seed-analyses.md` 9, "must improve").
import { describe, expect, it } from 'vitest';
import type { ColumnClass, RowFinding } from '../../src/grids/findings.ts';
import type { Grid } from '../../src/grids/grid.ts';
import { understand } from '../../src/grids/understand.ts';
import { cells, gridA, gridB, gridC, gridWith, madeRow, micro } from '../support/golden.ts';

const columnsOf = (grid: Grid, name: ColumnClass): number[] =>
  understand(grid)
    .findings.columns.filter((column) => column.class === name)
    .map(({ index }) => index);
const classesOf = (grid: Grid): Map<string, RowFinding> =>
  new Map(understand(grid).findings.rows.map((row) => [row.name, row]));

const finding = (statuses: Uint8Array): RowFinding | undefined => classesOf(gridWith(statuses)).get('test');

describe('the checklist', () => {
  it('8: empty cells between failures are no flips, and no row breaks the classifier', () => {
    expect(finding(micro.gap1)?.stats.flips).toBe(2);
    expect(finding(micro.gap2)?.class).not.toBe('flaky');
    expect(finding(micro.X1)?.class).toBe('too little data');
    expect(finding(micro.X3)?.class).toBe('too little data');
    expect(finding(cells('K'))?.class).toBe('too little data');
    expect(finding(micro.dir1)?.stats.flips).toBe(finding(micro.dir2)?.stats.flips);
  });

  it('9: single columns without tests are install or CI failures, and a job-level row is no flaky test', () => {
    expect(columnsOf(gridC(), 'install or ci failure')).toEqual([12, 14]);
    expect(columnsOf(gridA(), 'install or ci failure')).toEqual([9, 19, 27, 36, 37, 52, 59]);
    expect(understand(gridA()).findings.jobRows).toEqual(['test 6']);
  });

  it('10: columns in which many tests fail at once are mass failures', () => {
    expect(columnsOf(gridA(), 'mass failure')).toEqual(expect.arrayContaining([10, 16, 43, 58]));
    expect(columnsOf(gridB(), 'mass failure')).toEqual(expect.arrayContaining([25, 32]));
    expect(columnsOf(gridC(), 'mass failure')).toEqual([]);
  });

  it('11: tests broken in all 27 completed runs are broken, not flaky, and `Overall` is no test', () => {
    const rows = classesOf(gridC());
    const broken = [...rows.values()].filter(({ class: name }) => name === 'never passed');

    expect(broken).toHaveLength(7);
    for (const { stats } of broken) expect(stats).toMatchObject({ runs: 27, failed: 27, in_a_row: 27 });
    expect(rows.has('Overall')).toBe(false);
  });

  it('12: a test that never passed is told, and tests that report only when they fail are told apart', () => {
    const rows = classesOf(gridA());

    expect(rows.get('test 0')?.class).toBe('never passed');
    for (const name of [20, 25, 32, 43, 44, 45, 49])
      expect(rows.get(`test ${name}`)?.class).toBe('only reported on failure');
  });

  it('13: one failure in many runs is not flaky', () => {
    for (const grid of [gridA(), gridB()])
      for (const { class: name, stats } of understand(grid).findings.rows)
        if (stats.failed + stats.flaky === 1 && stats.runs >= 5) expect(name).not.toMatch(/flaky/);
  });

  it('17: every result names its runs by build, and times are milliseconds since the epoch', () => {
    for (const row of understand(gridC()).findings.rows)
      if (row.first_bad) {
        expect(row.first_bad.build).toMatch(/^\d{19}$/);
        expect(row.first_bad.time).toBeGreaterThan(1.6e12);
      }
  });

  it('classes do not depend on the order of the rows', () => {
    for (const grid of [gridA(), gridB(), gridC()]) {
      const turned = { ...grid, rows: grid.rows.toReversed() };
      const plain = [...classesOf(grid)].map(([name, row]) => [name, row.class]).sort();
      expect([...classesOf(turned)].map(([name, row]) => [name, row.class]).sort()).toEqual(plain);
      expect(understand(turned).findings.columns).toEqual(understand(grid).findings.columns);
    }
  });
});

describe('the classes', () => {
  it.each([
    ['passes', 'P30', 'passing'],
    ['then fails', 'F6P30', 'regression'],
    ['fails since two runs', 'F2P40', 'flaky'],
    ['failed once, in the newest run', 'FP30', 'one-off'],
    ['failed for a while and passes again', 'P20F6P20', 'recovered'],
    ['fails now and then', 'P5FP4FP8FP6FP9FP3', 'flaky'],
    ['fails and passes within runs, and never fails', 'P5KP4KP8KP6KP9', 'green but flaky'],
    ['appeared and has failed since', 'F5.20', 'new test failing'],
    ['has failed in the whole window', 'F20', 'never passed'],
    ['is gone', '.15P20', 'stale'],
    ['has hardly run', 'PPF', 'too little data'],
  ])('a test that %s (%s) is %s', (_, pattern, name) => {
    expect(finding(cells(pattern))?.class).toBe(name);
  });

  it('of a regression tells the first bad run, the last good one, and the runs that may hold the break', () => {
    const row = finding(cells('F6P30'));

    expect(row?.first_bad?.build).toBe('995');
    expect(row?.last_good?.build).toBe('994');
    expect(row?.best_guess?.build).toBe('995');
    expect(row?.set.map(({ build }) => build)).toContain('995');
  });

  it('of a step counts the runs whose install failed, which are events to the tests', () => {
    const grid = gridWith(cells('.4P30'));
    const step = 'operator.Run multi-stage test e2e - e2e-ipi-install container test';
    const rows = grid.rows.map((row) => (row.name === 'test' ? row : madeRow(row.name, cells('.4P30'))));
    const overall = madeRow('job.Overall', cells('F4P30'));

    const found = classesOf({ ...grid, rows: [...rows, overall, madeRow(step, cells('F4P20.10'))] });

    expect(found.get(step)).toMatchObject({ class: 'regression', stats: { in_a_row: 4 } });
    expect(found.get('test')?.class).toBe('passing');
  });
});
