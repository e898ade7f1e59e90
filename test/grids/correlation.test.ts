import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlatedGroups, phiSets } from '../../src/grids/correlation.ts';
import type { Grid } from '../../src/grids/grid.ts';
import { cells, gridB, gridC, madeRow } from '../support/golden.ts';
import { describeRecorded } from '../support/recorded.ts';

function gridOf(patterns: readonly (string | Uint8Array)[]): Grid {
  const rows = patterns.map((pattern, i) =>
    madeRow(`test ${i}`, typeof pattern === 'string' ? cells(pattern) : pattern),
  );
  const columns = Array.from({ length: rows[0]?.statuses.length ?? 0 }, (_, i) => ({
    build: String(900 - i),
    time: 9_000_000 - i * 1000,
    headers: new Map<string, string>(),
  }));
  return { dashboard: 'd', tab: 't', query: null, overall: null, columns, rows, corrupt: [] };
}

describe('tests that fail together', () => {
  it('are a group with the runs they share and their p', () => {
    const groups = correlatedGroups(gridOf(['P5F2P9FPFP9', 'P5F2P9FPFP9', 'PFP8F3P15']));

    expect(groups).toHaveLength(1);
    expect(groups[0]?.rows).toEqual([0, 1]);
    expect(groups[0]?.runs.map(({ build }) => build)).toEqual(['895', '894', '884', '882']);
    // 1 of C(28, 4) ways; the three pairs of three rows.
    expect(groups[0]?.p).toBeCloseTo(3 / 20_475, 12);
  });

  it('are none when they share fewer than three failing runs', () => {
    expect(correlatedGroups(gridOf(['P20F2P20', 'P20F2P20']))).toEqual([]);
    expect(correlatedGroups(gridOf(['FP5F2P20', 'PFP4F2P20']))).toEqual([]);
  });

  it('are none when a row never passed: it shows nothing', () => {
    expect(correlatedGroups(gridOf(['F20', 'F20']))).toEqual([]);
  });

  it('are judged on the runs both completed: a run without a result is no pass', () => {
    // Counting the empty runs as passes, this would be phi = 1 and a tiny p.
    expect(correlatedGroups(gridOf(['F4.30', 'F4.30']))).toEqual([]);
    expect(correlatedGroups(gridOf(['F4.30P9', 'F4P30.9']))).toEqual([]);
    expect(correlatedGroups(gridOf(['F4R30P9', 'F4.30P9']))).toHaveLength(1);
  });

  it('join over common members, count flaky results, and leave columns taken out', () => {
    const grid = gridOf(['P3F6P30', 'P3K3P33', 'P6F3P30', 'P39']);

    expect(correlatedGroups(grid).map(({ rows }) => rows)).toEqual([[0, 1, 2]]);
    expect(correlatedGroups(grid, { exclude: new Set([3]) }).map(({ rows }) => rows)).toEqual([[0, 2]]);
    expect(correlatedGroups(grid, { rows: [1, 2, 3] })).toEqual([]);
  });

  it('leave out rows about the run as a whole', () => {
    const { rows, ...rest } = gridOf(['F4P20', 'F4P20']);
    const grid = { ...rest, rows: rows.map((row, i) => ({ ...row, name: i === 0 ? 'Overall' : row.name })) };

    expect(correlatedGroups(grid)).toEqual([]);
  });

  it('in grid C none of the broken operators: they failed in every run they completed', () => {
    expect(correlatedGroups(gridC())).toEqual([]);
  });

  it('in grid B are the rows whose failures stand below each other', () => {
    const groups = correlatedGroups(gridB());

    expect(groups[0]?.rows).toEqual([21, 23, 24, 25, 26, 31, 32, 33, 34, 35]);
    for (const { p, runs } of groups) {
      expect(p).toBeLessThanOrEqual(0.05);
      expect(runs.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('are the same whatever the order of rows and columns', () => {
    const row = fc.array(fc.constantFrom(0, 1, 1, 1, 12, 13), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), (values) => {
        const forward = correlatedGroups(gridOf(values.map((own) => Uint8Array.from(own))));
        const back = correlatedGroups(gridOf(values.map((own) => Uint8Array.from(own.toReversed())).reverse()));
        // Rows and columns reversed: the same groups under other numbers.
        const named = back.map(({ rows, p }) => ({ rows: rows.map((i) => values.length - 1 - i).reverse(), p }));
        const key = ({ rows, p }: { rows: readonly number[]; p: number }): string => `${rows.join()} ${p.toFixed(9)}`;
        expect(named.map(key).toSorted()).toEqual(forward.map(key).toSorted());
      }),
    );
  });

  it('are not found in chance: false groups are rare', () => {
    // A fixed linear congruential generator: 60 rows of independent failures at 20 % over 60 runs.
    let state = 7;
    const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let found = 0;
    for (let i = 0; i < 20; i += 1)
      found += correlatedGroups(
        gridOf(Array.from({ length: 60 }, () => Uint8Array.from({ length: 60 }, () => (chance() < 0.2 ? 12 : 1)))),
      ).length;
    expect(found).toBeLessThanOrEqual(2);
  });

  it('are found fast among hundreds of failing rows', () => {
    let state = 3;
    const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const grid = gridOf(
      Array.from({ length: 500 }, () => Uint8Array.from({ length: 300 }, () => (chance() < 0.2 ? 12 : 1))),
    );
    const start = performance.now();
    correlatedGroups(grid);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('phi sets', () => {
  it('take two runs in common for certainty, which is their weakness', () => {
    const { partners, meanSize, pairs } = phiSets([['a', 'b'], ['a', 'b'], ['c'], ['c', 'd']]);

    expect(partners.get('a')?.get('b')).toBe(1);
    expect([...partners.keys()]).toEqual(['a', 'b']);
    expect([meanSize, pairs]).toEqual([1, 1]);
  });

  it('are none of nothing, and none with a test that fails in every run', () => {
    expect(phiSets([]).meanSize).toBe(0);
    expect(phiSets([['a', 'b'], ['a', 'b'], ['a']]).partners.size).toBe(0);
  });
});

describeRecorded('phi sets of the Sippy report', (shared) => {
  it('are the seed’s golden figures', () => {
    const report = JSON.parse(readFileSync(join(shared, 'data/seed/sippydata.json'), 'utf8')) as {
      failureGroups: { failedTestNames: string[] }[];
    };
    const found = phiSets(report.failureGroups.map(({ failedTestNames }) => failedTestNames.slice(1)));
    const sizes = [...found.partners.values()].map(({ size }) => size);

    expect([found.sets, found.failures, found.tests, found.compared]).toEqual([102, 5841, 1455, 976]);
    expect([found.partners.size, Number(found.meanSize.toFixed(3)), found.pairs]).toEqual([186, 4.806, 447]);
    expect(Math.max(...sizes)).toBe(15);
    const exact = [...found.partners.values()].flatMap((own) => [...own.values()]).filter((phi) => phi > 1 - 1e-9);
    expect(exact.length / 2).toBe(374);
  });
});
