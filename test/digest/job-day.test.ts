import { describe, expect, it } from 'vitest';
import { gridUntil } from '../../src/digest/job-day.ts';
import { decodeTable } from '../../src/grids/decode.ts';
import { cellText } from '../../src/grids/grid.ts';
import { createWorld } from '../../src/sources/demo/world.ts';

describe('gridUntil', () => {
  const world = createWorld({ seed: 1 });
  const address = 'http://demo/testgrid/sig-release-master-blocking/table?tab=gce-network';
  const { body } = world.answer('GET', new URL(address), {});
  const grid = decodeTable(JSON.parse(String(body)), { dashboard: 'sig-release-master-blocking', tab: 'gce-network' });

  it('is the grid as it stood then: each cell keeps its result and its message', () => {
    const cut = gridUntil(grid, (grid.columns[4]?.time ?? 0) + 1);
    expect(cut.columns).toEqual(grid.columns.slice(4));
    for (const [i, row] of cut.rows.entries())
      for (let column = 0; column < cut.columns.length; column += 1) {
        expect(row.statuses[column]).toBe(grid.rows[i]?.statuses[column + 4]);
        const whole = grid.rows[i];
        expect(whole && cellText(row, column)).toEqual(whole && cellText(whole, column + 4));
      }
  });

  it('says nothing of what TestGrid says today, and is itself where nothing is newer', () => {
    const cut = gridUntil(grid, (grid.columns[4]?.time ?? 0) + 1);
    expect(cut.overall).toBeNull();
    expect(cut.rows.every(({ alert }) => alert === null)).toBe(true);
    expect(gridUntil(grid, world.now)).toBe(grid);
    expect(gridUntil(grid, 0).columns).toEqual([]);
  });
});
