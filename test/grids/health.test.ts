import { describe, expect, it } from 'vitest';
import { dashboardHealth, type TabHealth } from '../../src/grids/dashboard.ts';
import type { GridHealth } from '../../src/grids/findings.ts';
import type { Grid } from '../../src/grids/grid.ts';
import { understand } from '../../src/grids/understand.ts';
import { cells, madeRow } from '../support/golden.ts';

const HOUR = 3_600_000;
const NEWEST = 1_700_000_000_000;

/** A grid of an overall row, a test as given and ten tests that pass, a run every six hours. */
function health(
  overall: string,
  test: string,
  more: { now?: number; says?: Grid['overall']; alert?: boolean; name?: string } = {},
): GridHealth {
  const statuses = cells(overall);
  const columns = Array.from(statuses, (_, i) => ({
    build: String(1000 - i),
    time: NEWEST - i * 6 * HOUR,
    headers: new Map<string, string>(),
  }));
  const passing = Array.from({ length: 10 }, (_, i) =>
    madeRow(`passing ${i}`, new Uint8Array(statuses.length).fill(1)),
  );
  const alert = more.alert === true ? { failCount: 3, firstFailing: null, lastPassing: null } : null;
  const rows = [madeRow('job.Overall', statuses), { ...madeRow(more.name ?? 'test', cells(test)), alert }, ...passing];
  const grid: Grid = {
    dashboard: 'd',
    tab: 't',
    query: null,
    overall: more.says ?? null,
    minutes: null,
    columns,
    rows,
    corrupt: [],
  };
  return understand(grid, more.now ?? null).findings.health;
}

describe('the health of a tab', () => {
  it('is that of its newest runs and tests', () => {
    expect(health('P30', 'P30').state).toBe('passing');
    expect(health('F4P26', 'F4P26')).toMatchObject({
      state: 'failing',
      reasons: ['4 of the newest 5 completed runs failed', '1 test is broken'],
    });
    expect(health('PF3P26', 'P2FP8FP18').state).toBe('flaky');
    expect(health('R.29', '.30').state).toBe('no completed runs');
  });

  it('is stale when the newest run is far older than usual, and only where the time is known', () => {
    expect(health('P30', 'P30', { now: NEWEST + 9 * 24 * HOUR })).toMatchObject({
      state: 'stale',
      was: 'passing',
      reasons: ['the newest run began 9 days ago', '0 of the newest 5 completed runs failed'],
    });
    expect(health('F4P26', 'F4P26', { now: NEWEST + 9 * 24 * HOUR })).toMatchObject({ state: 'stale', was: 'failing' });
    expect(health('P30', 'P30', { now: NEWEST + 30 * HOUR }).state).toBe('passing');
    expect(health('P30', 'P30').state).toBe('passing');
  });

  it('counts steps apart from tests, and leaves out what fails without turning the run red', () => {
    expect(health('F4P26', 'F4P26', { name: 'operator.Run template e2e - e2e container test' }).reasons).toEqual([
      '4 of the newest 5 completed runs failed',
      '1 step is broken',
    ]);
    expect(health('P30', 'F4P26')).toMatchObject({
      state: 'passing',
      reasons: ['0 of the newest 5 completed runs failed'],
    });
  });

  it('says why TestGrid’s own status is another one, and nothing where it is the same', () => {
    expect(health('P30', 'P30', { says: 'passing' })).toMatchObject({ testgrid: 'passing', disagrees: null });
    expect(health('P30', 'P30').disagrees).toBeNull();
    expect(health('PKP28', 'P30', { says: 'flaky' })).toMatchObject({
      state: 'passing',
      disagrees: expect.stringMatching(/^it calls a tab flaky for any of its newest columns/) as string,
    });
    expect(health('P30', 'P30', { says: 'flaky' }).disagrees).toBe('its table does not show why');
    expect(health('P30', '.4F.9F.9F.5', { says: 'failing', alert: true }).disagrees).toBe(
      'it fails a tab for any alert; these are on rows that are: 1 only reported on failure',
    );
    expect(health('P30', 'P30', { says: 'passing', now: NEWEST + 9 * 24 * HOUR }).disagrees).toBe(
      'by its table; the newest run is old',
    );
  });
});

describe('the health of a dashboard', () => {
  const tab = (name: string, state: GridHealth['state'] | null, was: GridHealth['was'] = null): TabHealth => ({
    tab: name,
    health: state && { state, reasons: [], was, testgrid: null, disagrees: null },
    headline: '',
    problem: state === null ? 'its grid could not be read' : null,
  });

  it('is the worst of its tabs, those that need a person first', () => {
    const { state, counts, tabs } = dashboardHealth([tab('b', 'passing'), tab('c', 'failing'), tab('a', 'passing')]);

    expect(state).toBe('failing');
    expect([...counts]).toEqual([
      ['failing', 1],
      ['passing', 2],
    ]);
    expect(tabs.map((one) => one.tab)).toEqual(['c', 'a', 'b']);
  });

  it('has a stale tab where one that still runs and does as it did would stand, and says nothing of the others by it', () => {
    const stale = (was: GridHealth['was']): TabHealth => tab(`stale, ${String(was)}`, 'stale', was);
    const { state, tabs } = dashboardHealth([
      stale('passing'),
      stale('failing'),
      stale('flaky'),
      tab('a', 'passing'),
      tab('b', 'flaky'),
    ]);

    expect(tabs.map((one) => one.tab)).toEqual(['stale, failing', 'b', 'stale, flaky', 'stale, passing', 'a']);
    expect(state).toBe('flaky');
  });

  it('is not passing while a tab was not read', () => {
    expect(dashboardHealth([tab('a', 'passing'), tab('b', null)]).state).toBe('unknown');
    expect(dashboardHealth([]).state).toBe('no completed runs');
  });
});
