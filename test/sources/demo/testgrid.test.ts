// TestGrid tables: their invariants, and that they say what job history says.
import { describe, expect, it } from 'vitest';
import { STATUS } from '../../../src/grids/status.ts';
import { cellsOf, jsonOf, runsOf, scenario, tableOf, world } from './support.ts';

describe('a TestGrid table', () => {
  it('has as many cells in every row as columns, and messages for the filled ones only', () => {
    for (const told of world.scenarios) {
      const table = tableOf(told);
      for (const row of table.tests) {
        const cells = cellsOf(row);
        const filled = cells.filter((code) => code !== STATUS.NO_RESULT).length;
        expect(cells).toHaveLength(table.changelists.length);
        expect(row.messages).toHaveLength(filled);
        expect(row.short_texts).toHaveLength(filled);
        for (const message of row.messages) expect(message.length).toBeLessThanOrEqual(160);
      }
    }
  });

  it('has the columns of job history and names where its runs are', () => {
    for (const told of world.scenarios) {
      const table = tableOf(told);
      expect(table.changelists).toEqual(runsOf(told).map(({ ID }) => ID));
      expect(table.timestamps).toEqual(runsOf(told).map(({ Started }) => Date.parse(Started)));
      expect(table.query).toMatch(new RegExp(`^${told.bucket}/(logs|pr-logs/directory)/${told.job}$`));
      expect(table.tests.length).toBeGreaterThanOrEqual(15);
    }
  });

  it('marks the columns of OpenShift tabs with U+E000 and of Kubernetes tabs with commits', () => {
    const openshift = tableOf(scenario('openshift-regression'));
    expect(openshift.column_ids).toEqual(openshift.changelists.map((id) => `\ue000${id}`));
    const kubernetes = scenario('kubernetes-regression');
    const table = tableOf(kubernetes);
    const { from = '', to = '' } = kubernetes.truth.commits ?? {};
    const firstBad = table.changelists.indexOf(kubernetes.truth.firstFailing ?? '');
    expect(to.startsWith(table['custom-columns'][0]?.[firstBad] ?? '?')).toBe(true);
    expect(from.startsWith(table['custom-columns'][0]?.[firstBad + 1] ?? '?')).toBe(true);
  });

  it('has red Overall cells exactly where runs failed', () => {
    for (const told of world.scenarios) {
      const overall = tableOf(told).tests.find(({ name }) => name === `${told.job}.Overall`);
      const red = overall && cellsOf(overall).map((code) => code === STATUS.FAIL);
      expect(red, told.id).toEqual(runsOf(told).map(({ Result }) => Result.toUpperCase() === 'FAILURE'));
    }
  });

  it('alerts from three failures in a row', () => {
    const regression = scenario('kubernetes-regression');
    const row = tableOf(regression).tests.find(({ name }) => name.endsWith(regression.truth.cause?.test ?? '?'));
    expect(row?.alert?.['fail-count']).toBe(6);
    expect(tableOf(scenario('image-build')).tests.every(({ alert }) => alert === null)).toBe(true);
  });

  it('puts the rows that failed last first, and the others by name', () => {
    for (const told of world.scenarios) {
      const failedAt = tableOf(told).tests.map((row) =>
        cellsOf(row).findIndex((code) => code === STATUS.FAIL || code === STATUS.FLAKY),
      );
      const order = failedAt.map((index) => (index < 0 ? Infinity : index));
      expect(order, told.id).toEqual(order.toSorted((a, b) => (a === b ? 0 : a - b)));
    }
  });

  it('shows a new test only since it exists, and nothing of the tests where a run did not get to them', () => {
    const { truth, ...told } = scenario('new-test');
    const row = tableOf({ truth, ...told }).tests.find(({ name }) => name.endsWith(truth.cause?.test ?? '?'));
    expect(row?.statuses).toEqual([
      { count: 5, value: STATUS.FAIL },
      { count: 35, value: STATUS.NO_RESULT },
    ]);
    const install = tableOf(scenario('install-bootstrap')).tests.filter(({ name }) =>
      name.startsWith('openshift-tests.'),
    );
    for (const { statuses } of install) expect(statuses[0]).toEqual({ count: 4, value: STATUS.NO_RESULT });
  });

  it('shows the mass failure as 45 red tests in the newest column only', () => {
    const tests = tableOf(scenario('mass-failure')).tests.filter(({ name }) => name.startsWith('openshift-tests.'));
    expect(tests).toHaveLength(120);
    expect(tests.filter((row) => cellsOf(row)[0] === STATUS.FAIL)).toHaveLength(45);
    expect(tests.filter((row) => cellsOf(row).slice(1).includes(STATUS.FAIL))).toHaveLength(0);
  });

  it('sums a dashboard up', () => {
    const { dashboard, tab } = scenario('openshift-regression');
    const summary = jsonOf(`/testgrid/${dashboard}/summary`) as Record<
      string,
      { overall_status: string; status: string; tests: unknown[] }
    >;
    expect(summary[tab]?.overall_status).toBe('FAILING');
    expect(summary[tab]?.status).toMatch(/^5 of 10 \(50\.0%\) recent columns passed \(\d+ of \d+ or [\d.]+% cells\)$/);
    expect(summary[scenario('healthy').tab]?.overall_status).toBe('PASSING');
    const network = jsonOf(`/testgrid/${scenario('stale').dashboard}/summary`) as Record<
      string,
      { overall_status: string }
    >;
    expect(network[scenario('stale').tab]?.overall_status).toBe('STALE');
  });
});
