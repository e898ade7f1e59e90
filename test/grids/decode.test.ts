import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTable, NotATable } from '../../src/grids/decode.ts';
import { cellText } from '../../src/grids/grid.ts';
import { outcomeOf } from '../../src/grids/status.ts';

const place = { dashboard: 'd', tab: 't' };
const table = (tests: unknown[], columns = 4): object => ({
  query: 'bucket/logs/job',
  changelists: Array.from({ length: columns }, (_, i) => String(1000 - i)),
  timestamps: Array.from({ length: columns }, (_, i) => 1_700_000_000_000 - i * 1000),
  tests,
});

describe('a table', () => {
  it('aligns messages with the cells that are not empty', () => {
    const tests = [{ name: 'a', statuses: [{ count: 1, value: 12 }, { count: 2, value: 0 }, { count: 1, value: 13 }], messages: ['m0', 'm3'], short_texts: ['F', '1/2'] }]; // prettier-ignore

    const [row] = decodeTable(table(tests), place).rows;

    expect(row && [0, 1, 2, 3].map((column) => cellText(row, column).message)).toEqual(['m0', '', '', 'm3']);
    expect(row && cellText(row, 3).short).toBe('1/2');
  });

  it('takes the prefix off column ids, seconds for milliseconds, and custom headers by name', () => {
    const { columns } = decodeTable(
      {
        column_ids: ['\ue000123'],
        timestamps: [1_700_000_000],
        'column-header-names': ['Date', 'Time', 'Build Number', 'Commit'],
        'custom-columns': [['abc']],
        tests: [],
      },
      place,
    );

    expect(columns).toEqual([{ build: '123', time: 1_700_000_000_000, headers: new Map([['Commit', 'abc']]) }]);
  });

  it('keeps the rows that fit and says why the others do not', () => {
    const statuses = (count: unknown, value: unknown): object[] => [{ count, value }];
    const bad: [string, unknown][] = [
      ['short', statuses(3, 1)],
      ['long', statuses(5, 1)],
      ['huge', statuses(2 ** 53, 1)],
      ['negative', statuses(-1, 1)],
      ['zero', statuses(0, 1)],
      ['half', statuses(1.5, 1)],
      ['text', statuses('4', 1)],
      ['unknown', statuses(4, 16)],
      ['missing', undefined],
    ];

    const grid = decodeTable(
      table([
        ...bad.map(([name, value]) => ({ name, statuses: value })),
        { name: 'good', statuses: statuses(4, 1) },
        null,
      ]),
      place,
    );

    expect(grid.rows.map(({ name }) => name)).toEqual(['good']);
    expect(grid.corrupt.map(({ name }) => name)).toEqual([...bad.map(([name]) => name), '']);
  });

  it.each([null, [], 'html', 7, {}, { tabs: [] }])('is not %j', (json) => {
    expect(() => decodeTable(json, place)).toThrow(NotATable);
  });

  it('never fails in another way and never holds more cells than its columns (B-14)', () => {
    const run = fc.record({
      count: fc.oneof(fc.integer(), fc.double(), fc.string()),
      value: fc.oneof(fc.integer({ min: -2, max: 20 }), fc.string()),
    });
    const test = fc.record({
      name: fc.string(),
      statuses: fc.oneof(fc.array(run), fc.string()),
      messages: fc.anything(),
    });

    fc.assert(
      fc.property(fc.array(test), fc.nat(50), (tests, columns) => {
        const grid = decodeTable(table(tests, columns), place);
        expect(grid.rows.length + grid.corrupt.length).toBe(tests.length);
        for (const row of grid.rows) expect(row.statuses).toHaveLength(columns);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a status', () => {
  it('is one of sixteen codes, each with an outcome', () => {
    const outcomes = Array.from({ length: 16 }, (_, code) => outcomeOf(code));

    expect(outcomes.filter((outcome) => outcome === 'pass')).toHaveLength(4);
    expect(outcomes[13]).toBe('flaky');
    expect(() => outcomeOf(16)).toThrow(RangeError);
  });
});
