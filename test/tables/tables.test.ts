import { describe, expect, it } from 'vitest';
import { cellText } from '../../src/grids/grid.ts';
import { signatureOf } from '../../src/logs/signature.ts';
import { TABLES } from '../../src/tables/all.ts';
import { failures } from '../../src/tables/failures.ts';
import { grid as gridTable } from '../../src/tables/grid.ts';
import { metrics } from '../../src/tables/metrics.ts';
import { runs } from '../../src/tables/runs.ts';
import { durationsC, gridC, gridWith, madeRow, micro } from '../support/golden.ts';
import { recordsOf, tabOf, type Record } from '../support/tables.ts';

const tabC = tabOf({ ...gridC(), minutes: durationsC });

const endingWith =
  (end: string) =>
  ({ test }: Record): boolean =>
    typeof test === 'string' && test.endsWith(end);

describe('each table', () => {
  it.each(TABLES.map((table) => [table.name, table] as const))('%s has what it says it has', (_, table) => {
    const records = recordsOf(table, tabC);
    const keys = records.map((record) => JSON.stringify(table.key.map((name) => record[name])));

    expect(new Set(table.columns.map(({ name }) => name)).size).toBe(table.columns.length);
    expect(records.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(records.length);
    for (const record of records)
      for (const { name, type, nullable } of table.columns) {
        const value = record[name] ?? null;
        const fits = {
          text: 'string',
          integer: 'number',
          number: 'number',
          boolean: 'boolean',
          time: 'number',
          json: 'object',
        };
        if (value === null) expect(nullable, `${name} is missing`).toBe(true);
        else expect(typeof value, name).toBe(fits[type]);
        if (type === 'integer' && value !== null) expect(Number.isInteger(value), name).toBe(true);
      }
  });

  it('has no character that steers a terminal or hides', () => {
    const row = {
      ...madeRow('a \u001b[31mred\u202e test', Uint8Array.of(12)),
      messages: ['\u001b]0;x\u0007bad\u200b'],
    };

    for (const table of TABLES)
      expect(JSON.stringify(recordsOf(table, tabOf(gridWith(Uint8Array.of(1), row)))), table.name).not.toMatch(
        /\\u001b|\u202e|\u200b/,
      );
  });
});

describe('grid', () => {
  it('has the 1,174 results that the server said it served, each in its run', () => {
    const records = recordsOf(gridTable, tabC);

    expect(records).toHaveLength(1174);
    expect(records.filter(({ outcome }) => outcome === 'fail')).toHaveLength(292);
    expect(records.filter(({ test }) => test === 'Pod').map(({ result_name: name }) => name)).toEqual(
      Array.from({ length: 30 }, (_, i) => (i === 12 || i === 14 ? 'FAIL' : 'PASS')),
    );
  });

  it('aligns messages with the cells that are not empty', () => {
    const row = { ...madeRow('a test', Uint8Array.of(0, 12, 0, 1, 12)), messages: ['newest', '', 'oldest'] };
    const records = recordsOf(gridTable, tabOf(gridWith(row.statuses, row)));

    expect(records.filter(({ test }) => test === 'a test').map(({ build, message }) => [build, message])).toEqual(
      [1, 3, 4].map((c) => [
        tabOf(gridWith(row.statuses, row)).grid.columns[c]?.build,
        cellText(row, c).message || null,
      ]),
    );
  });

  it('since a moment has the runs that started then or later', () => {
    const since = gridC().columns[2]?.time ?? 0;
    const builds = new Set(recordsOf(gridTable, tabOf(gridC(), { since })).map(({ build }) => build));

    expect([...builds].sort()).toEqual(
      gridC()
        .columns.slice(0, 3)
        .map(({ build }) => build)
        .sort(),
    );
  });
});

describe('runs', () => {
  const records = recordsOf(runs, tabC);

  it('has the failed installs as such, and durations', () => {
    expect(records.flatMap(({ class: name }, i) => (name === 'install or ci failure' ? [i] : []))).toEqual([12, 14]);
    expect([records[12]?.['duration_min'], records[14]?.['duration_min']]).toEqual([84.75, 14.4]);
    expect(records.map(({ outcome }) => outcome).filter((outcome) => outcome === 'pass')).toHaveLength(1);
  });

  it('counts the tests of each run, without the rows about the run', () => {
    // Fails per column of the predecessor, all rows counted; `Overall` fails in all but 21, `Pod` in 12 and 14.
    const all = [
      10, 11, 12, 9, 11, 13, 10, 11, 11, 10, 11, 11, 2, 10, 2, 10, 9, 10, 10, 12, 10, 0, 11, 9, 11, 10, 11, 11, 12, 12,
    ];

    expect(records.map((run) => Number(run['tests_failed']) + Number(run['steps_failed']))).toEqual(
      all.map((failed, i) => failed - (i === 21 ? 0 : 1) - (i === 12 || i === 14 ? 1 : 0)),
    );
  });

  it('links a run of a known system, and gives its headers', () => {
    const sites = { deck: 'https://prow.example', storage: 'https://s.example', testgrid: 'https://t.example' };
    const job = { system: 's', bucket: 'b', kind: 'periodic', name: 'ci-x' } as const;
    const columns = gridC().columns.map((column) => ({ ...column, headers: new Map([['Commit', 'abc']]) }));
    const [first] = recordsOf(runs, tabOf({ ...gridC(), columns }, { place: { sites, job } }));

    expect(first).toMatchObject({
      job: 'ci-x',
      url: `https://prow.example/view/gs/b/logs/ci-x/${columns[0]?.build ?? ''}`,
      commit: 'abc',
      headers: { Commit: 'abc' },
    });
  });
});

describe('failures', () => {
  it('has each failed and flaky result of a test or step, with the signature of its message', () => {
    const row = { ...madeRow('a test', Uint8Array.of(12, 13, 1, 12)), messages: ['timed out after 5m0s', 'x', '', ''] };
    const records = recordsOf(failures, tabOf(gridWith(Uint8Array.of(1, 1, 1, 1), row)));

    expect(records.map(({ test, outcome }) => [test, outcome])).toEqual([
      ['a test', 'fail'],
      ['a test', 'flaky'],
      ['a test', 'fail'],
    ]);
    expect(records[0]?.['signature']).toBe(signatureOf('timed out after 7m3s').key);
    expect(records[2]?.['signature']).toBeNull();
  });
});

describe('metrics', () => {
  const of = (statuses: Uint8Array): ReturnType<typeof recordsOf>[number] | undefined =>
    recordsOf(metrics, tabOf(gridWith(statuses))).find(({ level }) => level === 'test');

  it('counts results that say something, with intervals', () => {
    expect(of(micro.G3)).toMatchObject({ n: 10, passed: 7, failed: 2, flaky: 1, pass_rate: 0.7, flake_rate: 0.1 });
    const { pass_rate: rate, pass_rate_low: low, pass_rate_high: high } = of(micro.G3) ?? {};
    expect(Number(low)).toBeLessThan(Number(rate));
    expect(Number(high)).toBeGreaterThan(Number(rate));
    expect(of(micro.gap1)).toMatchObject({ n: 5, flip_rate: 0 });
  });

  it('leaves failed installs out of tests, and counts them for the runs of the tab', () => {
    const records = recordsOf(metrics, tabC);
    const dns = records.find(endingWith('conditions dns'));

    expect(dns?.['n']).toBe(27);
    expect(records.filter(({ level }) => level === 'tab')).toEqual([
      expect.objectContaining({ n: 30, passed: 1, failed: 29, class: 'failing', tests: 34, test: null }),
    ]);
  });

  it('sums the tabs of a dashboard, what is no sum left out', () => {
    const dashboard = recordsOf(metrics, tabC, tabC).at(-1);

    expect(dashboard).toMatchObject({
      level: 'dashboard',
      tab: null,
      n: 60,
      passed: 2,
      failed: 58,
      tests: 68,
      class: 'failing',
    });
    expect([dashboard?.['flip_rate'], dashboard?.['time_to_fix_h']]).toEqual([null, null]);
  });

  it('since a moment counts the results since then; classes are of the whole window', () => {
    const since = gridC().columns[4]?.time ?? 0;
    const [all, part] = [tabC, tabOf(gridC(), { since })].map((tab) =>
      recordsOf(metrics, tab).find(endingWith('conditions authentication')),
    );

    expect([part?.['n'], part?.['class']]).toEqual([5, all?.['class']]);
  });
});
