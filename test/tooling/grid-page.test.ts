import { describe, expect, it } from 'vitest';
import { moreUrgent } from '../../src/answer/heatmap/order.ts';
import type { Job } from '../../src/ci/job.ts';
import { safeText } from '../../src/ci/text.ts';
import { gridPageData, MAX_PAGE, type GridPage, type PageRow } from '../../src/tooling/grid-page.ts';
import type { OpenGrid } from '../../src/tooling/grid.ts';
import { safeDeep } from '../../src/tooling/safe.ts';
import { made, regression, START, type Made, type MadeRow } from '../answer/heatmap/made.ts';

const sites = {
  deck: 'https://prow.k8s.io',
  storage: 'https://storage.googleapis.com',
  testgrid: 'https://testgrid.k8s.io',
};
const job: Job = {
  system: 'kubernetes',
  bucket: 'kubernetes-ci-logs',
  kind: 'periodic',
  name: 'ci-kubernetes-e2e-gce-network',
};

const pageOf = ({ grid, findings }: Made, more: { from?: number; runs?: number; known?: boolean } = {}): GridPage => {
  const { from = 0, runs = 30, known = true } = more;
  const open = {
    grid,
    findings,
    ci: { system: { sites } },
    place: known ? { sites, job } : { sites: null, job: null },
  };
  const wanted = findings.rows.toSorted(moreUrgent);
  return gridPageData(open as unknown as OpenGrid, { wanted, from, runs, cursorAt: (place) => `at ${place}` });
};
const bytes = (page: GridPage): number => Buffer.byteLength(JSON.stringify(page));
const rowOf = ({ rows }: GridPage, part: string): PageRow | undefined => rows.find(({ name }) => name.includes(part));

describe('a grid for the page', () => {
  it('has the run as a whole first, then tests by urgency, with signs from old to new', () => {
    const page = pageOf(regression());

    expect(page.rows.map((row) => row.class)).toEqual([
      'whole run',
      'regression',
      'likely regression',
      'flaky',
      'green but flaky',
      'one-off',
      'passing',
      'passing',
    ]);
    expect(page.rows[0]).toMatchObject({ short: 'run as a whole', cells: '......FF.....F......FFFFF?' });
    expect(rowOf(page, 'NoSNAT')?.cells).toBe('.f....  ..f.......f.....f ');
    expect(page.classes[0]).toEqual({ class: 'regression', count: 1 });
    expect(page).toMatchObject({ shown: 7, next: null, left: [], runs: 26, state: 'failing' });
  });

  it('marks the break, its set and what fails together by position', () => {
    const row = rowOf(pageOf(regression()), 'terminating endpoint');

    expect(row).toMatchObject({ first: 20, set: [19, 20], group: 0, brief: '5 in a row', confidence: 0.9 });
  });

  it('says what failing cells said, once for all that said the same', () => {
    const page = pageOf(regression());

    expect(page.messages).toEqual(['timed out <waiting> for "endpoint" & others']);
    expect(rowOf(page, 'terminating endpoint')?.says).toEqual({ 13: 0, 20: 0, 21: 0, 22: 0, 23: 0, 24: 0 });
  });

  it('tells events of runs, and only those', () => {
    const { columns } = pageOf(regression());

    expect(columns[0]).toEqual({ build: '2123000000000000000', time: START });
    expect(columns[6]).toMatchObject({ class: 'install or ci failure', reasons: ['it is: install or ci failure'] });
    expect(columns[13]).toMatchObject({ class: 'mass failure', failed: 4 });
  });

  it('keeps the newest runs, and counts the older ones', () => {
    const page = pageOf(regression(), { runs: 6 });

    expect(page.columns.map(({ build }) => build.slice(-2))).toEqual(['20', '21', '22', '23', '24', '25']);
    expect(rowOf(page, 'terminating endpoint')).toMatchObject({ cells: 'FFFFF ', first: 0, set: [0, 0] });
    expect(page.left).toEqual(['20 older runs not shown']);
  });

  it('makes links of ids and names alone, and none where the job is not known', () => {
    const page = pageOf(regression());
    const filter = rowOf(page, 'EndpointSlice')?.filter ?? '';

    expect(page.runUrl).toBe('https://prow.k8s.io/view/gs/kubernetes-ci-logs/logs/ci-kubernetes-e2e-gce-network/');
    expect(`${page.rowUrl}${filter}`).toBe(
      'https://testgrid.k8s.io/sig-network-gce#gce-network&include-filter-by-regex=%5EKubernetes%20e2e%20suite%5C.%5C%5BIt%5C%5D%20%5C%5Bsig-network%5C%5D%20EndpointSlice%20should%20mirror%24',
    );
    expect(pageOf(regression(), { known: false }).runUrl).toBeNull();
  });

  it('goes on where a page before it stopped', () => {
    const many = Array.from({ length: 150 }, (_, i): MadeRow => ({ name: `t${i}`, cells: 'F.F', class: 'flaky' }));
    const first = pageOf(made(many, '...'));
    const second = pageOf(made(many, '...'), { from: first.shown });

    expect(first).toMatchObject({ shown: 100, next: 'at 100', left: ['50 less urgent tests not shown'] });
    expect(second).toMatchObject({ shown: 50, next: null, left: ['100 more urgent tests above'] });
  });

  it('has few passing tests, for they are all alike', () => {
    const passing = Array.from({ length: 90 }, (_, i): MadeRow => ({ name: `t${i}`, cells: '...', class: 'passing' }));

    expect(pageOf(made(passing, '...'))).toMatchObject({ shown: 20, next: 'at 20', classes: [{ count: 90 }] });
  });
});

describe('the size of the data', () => {
  const long = (i: number): MadeRow => ({
    name: `${'[sig] a very long name '.repeat(20)}${i}`,
    cells: 'Ff.F'.repeat(50),
    class: 'regression',
    set: [199],
    message: `${i}: ${'what the cell says, at length '.repeat(30)}`,
  });
  const page = pageOf(
    made(
      Array.from({ length: 120 }, (_, i) => long(i)),
      '.'.repeat(200),
    ),
    { runs: 200 },
  );

  it('is bounded, with rows cut before the newest message of each, and says what is left out', () => {
    expect(bytes(page)).toBeLessThanOrEqual(MAX_PAGE);
    expect(bytes(page)).toBeGreaterThan(MAX_PAGE * 0.9);
    expect(page.shown).toBeGreaterThan(15);
    expect(page.rows.filter(({ says }) => says === undefined)).toEqual([]);
    expect(page.left).toEqual([
      `${120 - page.shown} less urgent tests not shown`,
      expect.stringMatching(/^messages of \d+ failing cells left out for room$/),
    ]);
  });

  it('is bounded where nobody says anything, and has room for more rows then', () => {
    const { grid, findings } = made(
      Array.from({ length: 120 }, (_, i) => ({ ...long(i), message: '' })),
      '.'.repeat(200),
    );
    const silent = pageOf({ grid, findings }, { runs: 200 });

    expect(bytes(silent)).toBeLessThanOrEqual(MAX_PAGE);
    expect(silent.shown).toBeGreaterThan(page.shown);
    expect(silent.messages).toEqual([]);
  });

  it('clips names and messages', () => {
    expect(Math.max(...page.messages.map((message) => message.length))).toBe(200);
    expect(Math.max(...page.rows.map(({ name }) => name.length))).toBe(300);
    expect(Math.max(...page.rows.map(({ short }) => short.length))).toBeLessThanOrEqual(52);
  });

  it('drops the address of a row whose name is too long for one', () => {
    const hostile = pageOf(made([{ name: '<'.repeat(10_000), cells: 'F', class: 'flaky' }], '.'));

    expect(hostile.rows[0]).toMatchObject({ filter: null });
    expect(bytes(hostile)).toBeLessThan(2_000);
  });
});

it('takes secrets and hidden characters out of what others wrote', () => {
  const token = ['ghp', '0123456789abcdefghijABCDEFGHIJ012345'].join('_');
  const page = pageOf(
    made([{ name: `a\u202e${token}`, cells: 'F', class: 'flaky', message: `\u001b[31mtoken=${token}\n\n   at` }], '.'),
  );
  const { rows, messages } = page;

  expect(JSON.stringify({ rows: rows.map(({ name, short }) => [name, short]), messages })).not.toMatch(
    /ghp_|\u202e|\\u001b/,
  );
  expect(messages[0]).toMatch(/\nat$/);
  expect(safeDeep(page)).toEqual({ ...page, rows: safeDeep(rows) });
});

it('signs are no secret and no control sequence to anybody', () => {
  for (const cells of ['F', 'f', 'a', '?', '.', 'Ff', 'fa', '.F?a ']) {
    const line = cells.repeat(200);
    expect(safeText(line)).toBe(line);
  }
});
