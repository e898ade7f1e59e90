// Whatever a table holds, understanding it ends, stays within its bounds and does not depend on the order of the rows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTable, NotATable } from '../../src/grids/decode.ts';
import { ROW_CLASSES, type GridFindings } from '../../src/grids/findings.ts';
import { understand, type UnderstoodGrid } from '../../src/grids/understand.ts';

const PLACE = { dashboard: 'd', tab: 't' };
/** Names of every kind the rules tell apart, and some that are none. */
const NAMES = [
  'Overall',
  'job.Overall',
  'job.Pod',
  'operator.Run template',
  'step graph.step',
  '',
  'test',
  '[It] test',
];

const count = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 12 }) },
  fc.constantFrom<unknown>(0, -1, 1.5, 2 ** 31, 2 ** 53, NaN, '3', null, undefined, 1e308),
);
const value = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 15 }) },
  fc.constantFrom<unknown>(16, -1, 0.5, 255, 2 ** 40, '12', null, undefined),
);
const runs = fc.array(fc.record({ count, value }), { maxLength: 12 });
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 30 }));
const text = fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom<unknown>(null, 7, {})), { maxLength: 12 });
const test = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({ name, statuses: runs, messages: text, short_texts: text }, { requiredKeys: [] }),
  },
  fc.constantFrom<unknown>(null, 3, 'row', [], {}),
);
const hostile = fc.record({
  timestamps: fc.array(fc.oneof(fc.integer(), fc.constantFrom<unknown>(0, -1, 1e300, '1', null)), { maxLength: 40 }),
  tests: fc.array(test, { maxLength: 30 }),
});

/** A table that decodes whole: rows of as many results as there are columns, each kind of history in it. */
const sound = fc.integer({ min: 1, max: 60 }).chain((columns) => {
  const results = fc.array(fc.constantFrom(0, 1, 1, 1, 1, 12, 12, 13, 4, 7), {
    minLength: columns,
    maxLength: columns,
  });
  const streak = fc
    .record({ at: fc.nat(columns), of: fc.constantFrom(0, 12, 13), then: fc.constantFrom(0, 1, 12) })
    .map(({ at, of, then }) => Array.from({ length: columns }, (_, i) => (i < at ? of : then)));
  return fc.array(fc.oneof(results, streak), { minLength: 1, maxLength: 25 }).map((rows) => ({
    changelists: Array.from({ length: columns }, (_, i) => String(5000 - i)),
    timestamps: Array.from({ length: columns }, (_, i) => 1_700_000_000_000 - i * 3_600_000),
    tests: rows.map((codes, i) => ({
      name: i === 0 ? 'job.Overall' : `test ${i}`,
      statuses: codes.map((code) => ({ count: 1, value: code })),
    })),
  }));
});

/** A table of rows that fail at another rate from some runs on, with a few passes and a few failures among them. */
const broken = fc.integer({ min: 5, max: 60 }).chain((columns) => {
  const results = (one: number): fc.Arbitrary<number[]> =>
    fc
      .array(fc.oneof({ weight: 5, arbitrary: fc.constant(one) }, fc.constantFrom(1, 12)), {
        minLength: 1,
        maxLength: columns,
      })
      .filter(({ length }) => length > 0);
  const row = fc.tuple(results(12), results(1), results(12), results(1)).map((parts) => {
    const codes = [...parts.flat(), ...new Array<number>(columns).fill(1)].slice(0, columns);
    return codes;
  });
  return fc.array(row, { minLength: 1, maxLength: 10 }).map((rows) => ({
    changelists: Array.from({ length: columns }, (_, i) => String(5000 - i)),
    timestamps: Array.from({ length: columns }, (_, i) => 1_700_000_000_000 - i * 3_600_000),
    tests: rows.map((codes, i) => ({
      name: `test ${i}`,
      statuses: codes.map((code) => ({ count: 1, value: code })),
    })),
  }));
});

function understood(json: unknown): UnderstoodGrid | null {
  try {
    return understand(decodeTable(json, PLACE));
  } catch (error) {
    if (error instanceof NotATable) return null;
    throw error;
  }
}

const classes = ({ rows, columns }: GridFindings): unknown => ({
  rows: rows.map((row) => `${row.name}: ${row.class} ${row.confidence} ${row.reasons.join()}`).sort(),
  columns: columns.map((column) => `${column.index}: ${column.class} ${column.reasons.join()}`),
});

describe('a grid understood', () => {
  it('never throws, whatever the table holds, and holds no more cells than its columns (B-12 to B-15)', () => {
    fc.assert(
      fc.property(hostile, (table) => {
        const result = understood(table);
        if (result === null) return;
        const { grid, findings } = result;
        for (const { statuses } of grid.rows) expect(statuses.length).toBe(grid.columns.length);
        expect(findings.columns).toHaveLength(grid.columns.length);
        expect(grid.rows.length + grid.corrupt.length).toBeLessThanOrEqual(table.tests.length);
        for (const row of findings.rows) {
          expect(ROW_CLASSES).toContain(row.class);
          expect(row.confidence).toBeGreaterThanOrEqual(0);
          expect(row.confidence).toBeLessThanOrEqual(1);
          expect(row.stats.passed + row.stats.failed + row.stats.flaky).toBe(row.stats.runs);
          expect(row.stats.runs).toBeLessThanOrEqual(grid.columns.length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same classes whatever the order of the rows', () => {
    fc.assert(
      fc.property(sound, fc.array(fc.nat(), { minLength: 25, maxLength: 25 }), (table, orders) => {
        const ranked = table.tests.map((row, i) => ({ row, at: orders[i] ?? 0 }));
        const shuffled = { ...table, tests: ranked.sort((a, b) => a.at - b.at).map(({ row }) => row) };

        const plain = understood(table);
        const other = understood(shuffled);

        expect(plain && other && classes(other.findings)).toEqual(plain && classes(plain.findings));
      }),
      { numRuns: 200 },
    );
  });

  it('has no best guess newer than the first of the failures that are going on', () => {
    fc.assert(
      fc.property(fc.oneof(sound, broken), (table) => {
        for (const { best_guess: guess, first_bad: first } of understood(table)?.findings.rows ?? [])
          if (guess && first) expect(guess.time).toBeLessThanOrEqual(first.time ?? 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('states a set only with a best guess in it and the runs of the set in the table', () => {
    fc.assert(
      fc.property(sound, (table) => {
        for (const { set, best_guess: guess } of understood(table)?.findings.rows ?? []) {
          if (set.length === 0) continue;
          expect(set.map(({ build }) => build)).toContain(guess?.build);
          for (const { build } of set) expect(table.changelists).toContain(build);
        }
      }),
      { numRuns: 200 },
    );
  });
});
