import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/answer/heatmap/names.ts';
import { gridText } from '../../../src/answer/heatmap/text.ts';
import { coloured, plain } from '../../../src/answer/paint.ts';
import { green, made, regression, START, type Made, type MadeRow } from './made.ts';

const now = START + 8 * 86_400_000;
const show = ({ grid, findings }: Made, width = 100, rows?: number): string =>
  gridText(grid, findings, { paint: plain, width, now, ...(rows === undefined ? {} : { rows }) });

describe('a grid as text', () => {
  it('shows what broke, when, what is flaky and which runs are events', async () => {
    await expect(show(regression())).toMatchFileSnapshot('__snapshots__/regression.txt');
  });

  it('of a green grid is short', async () => {
    await expect(show(green(), 80)).toMatchFileSnapshot('__snapshots__/green.txt');
  });

  it('says the same with and without colour', () => {
    const { grid, findings } = regression();
    const painted = gridText(grid, findings, { paint: coloured, width: 100, now });

    expect(painted).toContain('\u001b[');
    expect(painted.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(show(regression()));
  });

  it('keeps every line of the map within the width, and the newest runs', () => {
    for (const [n, rows] of [
      [1, 1],
      [3, 40],
      [300, 60],
    ] as const) {
      const cells = `${'.'.repeat(n - 1)}F`;
      const grid = made(
        Array.from({ length: rows }, (_, i): MadeRow => ({ name: `${'long '.repeat(30)}${i}`, cells, class: 'flaky' })),
        '.'.repeat(n),
      );
      for (const width of [60, 80, 140]) {
        const text = show(grid, width);
        const map = text.split('\n').filter((line) => line.includes('█'));

        expect(map.length).toBeGreaterThan(0);
        for (const line of map) expect(textWidth(line), line).toBeLessThanOrEqual(width);
        if (n === 300) expect(text).toMatch(/left of the map: \d+ older runs/);
        if (rows > 25) expect(text).toContain(`left out for room: ${rows - 25} flaky`);
      }
    }
  });

  it('counts the events left of the map too, as the headline does', () => {
    const text = show(made([{ name: 'a', cells: '.'.repeat(300), class: 'passing' }], `MM${'.'.repeat(298)}`), 80);

    expect(text).toContain('2 runs with a mass failure');
    expect(text).toMatch(/M mass failure: 2 runs: \d+, \d+; newest/);
  });

  it('of no runs says so', () => {
    expect(show(made([], '', { state: 'no completed runs' }))).toContain('The table has no runs');
  });

  it('of hostile names shows no control, invisible or direction-changing character', () => {
    const name = 'x\u001b[31mred\u202e\u200b\u0007 \u009b2J[It]\r\n<script>';
    const text = show(made([{ name, cells: '..FF', class: 'regression', set: [2] }], '....'));

    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
    expect(text).toContain('<script>');
  });

  it('takes a time that no calendar has', () => {
    const { grid, findings } = regression();
    const columns = findings.columns.map((column) => ({ ...column, time: 1e300 }));

    expect(gridText(grid, { ...findings, columns }, { paint: plain, width: 80, now })).toContain('times unknown');
  });
});
