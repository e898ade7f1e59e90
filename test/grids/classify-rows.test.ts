// What is told of rows as going on, and what is over, elsewhere counted, or no test.
import { describe, expect, it } from 'vitest';
import type { RowFinding } from '../../src/grids/findings.ts';
import type { Grid, Row } from '../../src/grids/grid.ts';
import { understand } from '../../src/grids/understand.ts';
import { cells, gridWith, madeRow } from '../support/golden.ts';

const of = (grid: Grid, name = 'test'): RowFinding | undefined =>
  understand(grid).findings.rows.find((row) => row.name === name);
const finding = (pattern: string, ...more: Row[]): RowFinding | undefined => of(gridWith(cells(pattern), ...more));
const overall = (pattern: string): Row => madeRow('job.Overall', cells(pattern));

describe('a test that failed and is not run any more', () => {
  it.each([
    ['.3F6P30', 'stale', /^no result in the newest 3 runs; regression until then/],
    ['.4F20', 'stale', /^no result in the newest 4 runs; never passed until then/],
    ['.2F6P30', 'regression', /^6 of the newest 6 runs failed/],
    ['.3P10FP9FP6', 'flaky', /^failed or flaky in 2 of 27 runs/],
  ])('is not told to fail now (%s: %s)', (pattern, name, reason) => {
    const row = finding(pattern);

    expect(row?.class).toBe(name);
    expect(row?.reasons[0]).toMatch(reason);
  });

  it('is so the more surely the more regularly it reported', () => {
    const regular = finding('.3F20')?.confidence ?? 0;
    const seldom = finding('.3(F.)10F')?.confidence ?? 1;

    expect(regular).toBeGreaterThan(0.95);
    expect(seldom).toBeLessThan(regular);
  });
});

describe('a test that was flaky', () => {
  it.each([
    ['has passed too often since for the rate it had', 'P60(FP3)3P20', 'recovered'],
    ['still may be', 'P8(FP8)3P10', 'flaky'],
    ['passed on retries and has not needed one for long', 'P60(KP3)3P20', 'recovered'],
  ])('%s: %s is %s', (_, pattern, name) => {
    expect(finding(pattern)?.class).toBe(name);
  });

  it('says how likely so many passes would be', () => {
    // Three bad of 32 up to the last bad one, 60 passes since: B(3.5, 89.5) / B(3.5, 29.5).
    expect(finding('P60FP3FP3FP23')?.reasons[0]).toMatch(
      /^passes in 60 runs since 3 of 32 were bad; at that rate so many passes had a chance of 2\.3 %$/,
    );
  });

  it('and is bad in every run is not flaky: it fails, or passes on retries alone', () => {
    expect(finding('K(FFK)6')?.class).toBe('consistently failing');
    expect(finding('(KKKKF)4')?.class).toBe('green but flaky');
  });
});

describe('a test that fails in a mass failure', () => {
  /** Ten tests that pass until all but a few of them fail at once in the newest runs. */
  const masses = (runs: number, tests = 12): Grid => {
    const grid = gridWith(cells(`F${runs}P${30 - runs}`));
    const rows = Array.from({ length: tests }, (_, i) => madeRow(`test ${i}`, cells(`F${runs}P${30 - runs}`)));
    const passing = Array.from({ length: 20 }, (_, i) => madeRow(`other ${i}`, cells('P30')));
    return { ...grid, rows: [...grid.rows, ...rows, ...passing] };
  };

  it('that goes on says so, whatever it is beside it', () => {
    const grid = masses(2);

    expect(
      understand(grid)
        .findings.columns.map((column) => column.class)
        .slice(0, 3),
    ).toEqual(['mass failure', 'mass failure', 'normal']);
    expect(of(grid)).toMatchObject({
      class: 'passing',
      in_event: 2,
      reasons: [
        'passed in all 28 runs that are no event',
        'failed in 2 of the newest runs, with many tests at once: a mass failure',
      ],
    });
    expect(of(grid, 'other 1')).toMatchObject({ class: 'passing', in_event: 0, reasons: ['passed in all 28 runs'] });
  });

  it('is not taken for one where three of four tests fail', () => {
    const grid = gridWith(cells('F2P28'));
    const rows = [0, 1, 2, 3].map((i) => madeRow(`test ${i}`, cells(i < 3 ? 'F2P28' : 'P30')));
    const { columns } = understand({ ...grid, rows }).findings;

    expect(columns.every((column) => column.class === 'normal')).toBe(true);
  });
});

describe('a test that fails in runs that pass as a whole', () => {
  it('does not turn the job red, and says so', () => {
    const row = finding('F20', overall('P3FP16'));

    expect(row).toMatchObject({ class: 'never passed', turns_red: false });
    expect(row?.reasons).toContain('9 of its newest 10 failures are in runs that passed as a whole');
    expect(finding('F20', overall('F20'))?.turns_red).toBe(true);
    // One green run among red ones may be a slip of the table.
    expect(finding('F20', overall('F3PF16'))?.turns_red).toBe(true);
    expect(finding('F20')?.turns_red).toBe(true);
  });
});

describe('a test that is new', () => {
  it('is so only where older runs ran about as much without it', () => {
    const suite = (pattern: string): Row[] =>
      Array.from({ length: 30 }, (_, i) => madeRow(`suite ${i}`, cells(pattern)));

    expect(finding('F6.20', ...suite('P26'))?.class).toBe('new test failing');
    // Here the older runs never had the suite: nothing says that the test is new.
    expect(finding('F6.20', ...suite('P6.20'))?.class).toBe('never passed');
  });
});

describe('a step', () => {
  const STEP = 'operator.Run multi-stage test e2e - e2e-ipi-install container test';

  it('is no test, and no part of what the runs say of tests', () => {
    const grid = gridWith(
      cells('P30'),
      madeRow(STEP, cells('F4P26')),
      madeRow('operator conditions etcd', cells('P30')),
    );
    const { rows, columns } = understand(grid).findings;

    expect(rows.filter(({ kind }) => kind === 'step').map(({ name }) => name)).toEqual([STEP]);
    expect(columns[0]?.tests).toMatchObject({ ran: 12, failed: 0 });
  });
});
