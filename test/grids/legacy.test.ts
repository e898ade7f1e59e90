import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  legacyAnnotation,
  legacyEdges,
  legacyFixes,
  legacyFlipScore,
  legacyNaiveScore,
  legacyOptimal,
  legacyPersistence,
} from '../../src/grids/legacy.ts';
import type { Grid } from '../../src/grids/grid.ts';
import { gridA, gridB, gridC, micro } from '../support/golden.ts';

const windows = (codes: Uint8Array, threshold = 30): string =>
  legacyOptimal(codes, threshold)
    .windows.map(({ from, to, score }) => `${from}-${to}=${Number(score.toFixed(3))}`)
    .join(' ');
const flaky = (codes: Uint8Array): number => codes.filter((code) => code === 13).length;
const totals = (grid: Grid): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { statuses } of grid.rows) for (const code of statuses) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

describe('the golden grids', () => {
  it('have the cells the note counts', () => {
    expect(totals(gridA())).toEqual({ 0: 784, 1: 2107, 12: 109 });
    expect(totals(gridB())).toEqual({ 0: 1444, 1: 1839, 12: 390, 13: 207 });
    expect(totals(gridC())).toEqual({ 0: 116, 1: 882, 12: 292 });
  });

  it.each([gridA, gridB, gridC])('have a result for every row and column', (grid) => {
    const { rows, columns } = grid();
    for (const { name, statuses } of rows) expect(statuses.length, name).toBe(columns.length);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(columns.map(({ build }) => build)).toEqual(
      columns
        .map(({ build }) => build)
        .toSorted()
        .reverse(),
    );
  });
});

describe('legacy scores of the micro-arrays', () => {
  const odd = (to: number): number[] => Array.from({ length: to }, (_, i) => 2 * i + 1);
  const even = (from: number, to: number): number[] =>
    Array.from({ length: (to - from) / 2 + 1 }, (_, i) => from + 2 * i);

  it.each<[keyof typeof micro, number, number, number[], string, number[]]>([
    ['B1', 45.8333, 0, [], '', []],
    ['A1', 33.3333, 33.3333, [5, 7, 9, 11, 13, 15, 17, 19], '5-20=50', even(6, 20)],
    ['A7', 50, 50, even(0, 20), '0-21=50', odd(11)],
    ['P24', 0, 0, [], '', []],
    ['F24', 100, 0, [], '', []],
    ['A4', 77.7778, 0, [], '', []],
    ['A5', 8.6207, 8.6207, [8, 10, 35, 38, 40], '8-11=50 35-41=42.857', [9, 11, 36, 39, 41]],
    ['A6', 3.5088, 3.5088, [8, 10], '8-11=50', [9, 11]],
    ['empty', 0, 0, [], '', []],
    ['PPP', 0, 0, [], '', []],
    ['G3', 30, 30, [0, 4, 8], '0-4=40', [1, 9]],
    ['G4', 30, 20, [0, 6], '', []],
    ['G5', 70, 40, [6, 8], '6-9=50', [7, 9]],
    ['G6', 70, 50, [0, 3, 0, 6, 8], '0-9=50', [1, 2, 4, 5, 7, 9]],
    ['X1', 0, 0, [], '', []],
    ['X2', 100, 100, [], '', []],
    ['X4', 57.1429, 28.5714, [0, 3], '0-4=40', [1, 2, 4, 5]],
  ])('%s', (id, naive, flip, edges, found, relabelled) => {
    const codes: Uint8Array = micro[id];
    const after = legacyOptimal(codes).relabelled;

    expect(legacyNaiveScore(codes)).toBeCloseTo(naive, 4);
    expect(legacyFlipScore(codes)).toBeCloseTo(flip, 4);
    expect(legacyEdges(codes)).toEqual(edges);
    expect(windows(codes)).toBe(found);
    expect([...after.keys()].filter((i) => after[i] !== codes[i])).toEqual(relabelled);
  });

  it.each<[keyof typeof micro, number]>([
    ['gap1', 33.3333],
    ['gap2', 16.6667],
    ['X3', 33.3333],
    ['dir1', 25],
    ['dir2', 50],
  ])('%s flips as the seed has it, right or wrong', (id, flip) => {
    expect(legacyFlipScore(micro[id])).toBeCloseTo(flip, 4);
  });

  it('never throw and stay within 0 and 100', () => {
    const row = fc.array(fc.constantFrom(0, 1, 4, 12, 13), { maxLength: 60 });
    fc.assert(
      fc.property(row, fc.integer({ min: 0, max: 100 }), (values, threshold) => {
        const codes = Uint8Array.from(values);
        for (const score of [legacyNaiveScore(codes), legacyFlipScore(codes)]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
        for (const window of legacyOptimal(codes, threshold).windows) expect(window.score).toBeGreaterThan(threshold);
      }),
    );
  });
});

describe('legacy windows of grid A', () => {
  it('are two in row 6 and none elsewhere', () => {
    expect(gridA().rows.map(({ statuses }) => windows(statuses))).toEqual(
      Array.from({ length: 50 }, (_, i) => (i === 6 ? '15-19=40 23-27=40' : '')),
    );
    expect(legacyFlipScore(gridA().rows[6]?.statuses ?? micro.empty)).toBeCloseTo(12.281, 3);
  });
});

describe('legacy scores of grid B', () => {
  const one = '1.0309 | 1.5625 |  | ';
  const expected: Record<string, string> = {
    '0': '97.9381 | 84.6154 | 0-23=75 0-58=84.615 | 0-23=75 0-58=84.615',
    '1': '48.4536 | 14.0351 | 55-60=33.333 73-96=37.5 | 55-96=29.63',
    '2': '23.7113 | 0 |  | ',
    '3': '52.5773 | 12.963 | 55-60=33.333 73-96=35.714 | 55-96=29.167',
    '4': '26.8041 | 4.3478 |  | 75-82=25',
    '5': '1.0309 | 1.0989 |  | ',
    '6': '3.0928 | 3.125 |  | 61-69=25',
    '7': '31.9588 | 96.7742 | 21-58=100 | 21-58=100',
    '8': '65.9794 | 100 | 21-96=100 | 21-96=100',
    '9': '18.5567 | 100 | 21-37=100 | 21-37=100',
    '10,11,12,13': '17.5258 | 100 | 21-36=100 | 21-36=100',
    '14': '13.4021 | 76.4706 | 21-34=85.714 | 21-34=85.714',
    '17': '45.3608 | 32.3529 | 21-72=33.333 | 21-72=33.333',
    '19': '7.2165 | 10.9375 | 68-78=40 | 48-86=20.69',
    '21': '3.0928 | 4.6875 |  | ',
    '22': '2.0619 | 3.125 |  | 24-32=22.222',
    '23': '4.1237 | 6.25 | 80-87=42.857 | 80-87=42.857',
    '24,25,26': '9.2784 | 12.5 | 80-95=33.333 | 24-32=22.222 72-95=27.273',
    '31,33': '11.3402 | 12.5 | 72-76=40 84-95=33.333 | 24-32=22.222 72-95=28.571',
    '32': '10.3093 | 14.9254 | 72-76=40 80-95=37.5 | 24-32=22.222 72-95=33.333',
    '34,35': '9.2784 | 13.4328 | 80-95=37.5 | 24-32=22.222 72-95=29.167',
    '37': '8.2474 | 12.5 | 42-48=40 58-74=33.333 | 31-74=24.242',
    '39': '2.0619 | 3.125 |  | ',
  };
  const byRow = new Map(
    Object.entries(expected).flatMap(([rows, text]) => rows.split(',').map((r) => [Number(r), text])),
  );
  const round = (value: number): number => Number(value.toFixed(4));

  it('are the golden ones, row by row', () => {
    for (const [i, { statuses }] of gridB().rows.entries()) {
      const scores = `${round(legacyNaiveScore(statuses))} | ${round(legacyFlipScore(statuses))}`;
      expect(`${scores} | ${windows(statuses)} | ${windows(statuses, 10)}`, `row ${i}`).toBe(byRow.get(i) ?? one);
    }
  });

  it('label the golden number of cells: 207 by CI, 332 naive, 333 by flips, 424 and 395 by windows', () => {
    const labelled = (label: (codes: Uint8Array) => Uint8Array): number =>
      gridB().rows.reduce((sum, { statuses }) => sum + flaky(label(statuses)), 0);

    expect(labelled((codes) => codes)).toBe(207);
    expect(labelled((codes) => legacyAnnotation(codes, legacyNaiveScore(codes)))).toBe(332);
    expect(labelled((codes) => legacyAnnotation(codes, legacyFlipScore(codes)))).toBe(333);
    expect(labelled((codes) => legacyOptimal(codes, 10).relabelled)).toBe(424);
    expect(labelled((codes) => legacyOptimal(codes, 30).relabelled)).toBe(395);
  });

  it('relabel outside their window: row 17, cell 73', () => {
    expect(legacyOptimal(gridB().rows[17]?.statuses ?? micro.empty, 30).relabelled[73]).toBe(13);
  });
});

describe('legacy metrics of grid C', () => {
  const { rows, columns } = gridC();
  const codes = (row: number): Uint8Array => rows[row]?.statuses ?? micro.empty;
  const times = columns.map(({ time }) => time ?? 0);

  it('flip and have windows in seven rows', () => {
    const found = rows.flatMap(({ statuses }, i) => {
      const flip = legacyFlipScore(statuses);
      return flip === 0 ? [] : [`${i}: ${Number(flip.toFixed(4))} ${windows(statuses)}`];
    });
    expect(found).toEqual([
      '11: 11.1111 1-6=50',
      '12: 19.0476 3-11=33.333',
      '13: 18.5185 4-9=33.333 25-28=50',
      '20: 3.7037 ',
      '30: 33.3333 0-29=33.333',
      '31: 25.9259 1-22=31.579',
      '35: 6.6667 11-14=50',
    ]);
  });

  it.each([
    [0, 1, 14.5, 605_809_500, 0.033333, 0.033333],
    [1, 0.75, 6.75, 273_992_000, 0.033333, 0.033333],
    [8, 0.75, 6.75, 273_992_000, 0, 0],
    [11, 0, 1, 43_291_333.33, 0.1, 0.1],
    [12, 0.5, 2.125, 82_803_250, 0.133333, 0.166667],
    [13, 0, 1, 43_256_800, 0.166667, 0.166667],
    [20, 0, 1, 43_284_000, 0.033333, 0.033333],
    [30, 0, 1, 43_375_555.56, 0.266667, 0.266667],
    [31, 0.428571, 1.428571, 61_811_142.86, 0.166667, 0.2],
    [35, 0, 1, 57_825_500, 0.066667, 0.066667],
    [2, 0, 0, 0, 0, 0],
  ])('persist in row %d as in the golden table', (row, consecutive, length, time, passToFail, failToPass) => {
    const found = legacyPersistence(codes(row), times);

    expect(found.consecutive).toBeCloseTo(consecutive, 6);
    expect(found.meanLength).toBeCloseTo(length, 6);
    expect(found.meanTimeToFix).toBeCloseTo(time, 1);
    expect(found.passToFail).toBeCloseTo(passToFail, 6);
    expect(found.failToPass).toBeCloseTo(failToPass, 6);
  });

  it('count failed and fixed in each column', () => {
    const found = legacyFixes(
      rows.map(({ statuses }) => statuses),
      columns.length,
    );

    expect(found.map(({ failed }) => failed).join()).toBe(
      '10,11,12,9,11,13,10,11,11,10,11,11,2,10,2,10,9,10,10,12,10,0,11,9,11,10,11,11,12,12',
    );
    expect(found.map(({ fixed }) => fixed).join()).toBe('1,2,0,2,3,1,2,1,1,2,1,1,0,1,0,0,1,1,2,1,0,2,0,2,0,1,1,2,1,0');
    expect(found.map(({ share }) => Number(share.toFixed(4))).join()).toBe(
      '0.0909,0.1667,0,0.1818,0.2308,0.1,0.1818,0.0909,0.1,0.1818,0.0909,0.5,0,0.5,0,0,0.1,0.1,0.1667,0.1,0,0.1818,0,0.1818,0,0.0909,0.0909,0.1667,0.0833,0',
    );
  });
});
