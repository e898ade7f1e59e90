import { describe, expect, it } from 'vitest';
import { headline } from '../../../src/answer/heatmap/headline.ts';
import { shortName } from '../../../src/answer/heatmap/names.ts';
import { chooseRows, URGENCY } from '../../../src/answer/heatmap/order.ts';
import { ticksOf } from '../../../src/answer/heatmap/axis.ts';
import { ROW_CLASSES } from '../../../src/grids/findings.ts';
import { green, made, regression, type MadeRow } from './made.ts';

describe('rows', () => {
  it('stand by urgency, a group together where its most urgent test stands', () => {
    const { shown, collapsed, leftOut } = chooseRows(regression().findings, 25);

    expect(shown.map(({ finding, group }) => [finding.class, group])).toEqual([
      ['regression', 0],
      ['likely regression', 0],
      ['flaky', 0],
      ['green but flaky', null],
      ['one-off', null],
    ]);
    expect(collapsed).toEqual([{ class: 'passing', count: 2 }]);
    expect(leftOut).toEqual([]);
  });

  it('do not depend on the order of the table, and what has no room is counted', () => {
    const rows = Array.from({ length: 30 }, (_, i): MadeRow => {
      const isFlaky = i % 2 === 0;
      return { name: `test ${i}`, cells: isFlaky ? '.F.F.F' : '..F...', class: isFlaky ? 'flaky' : 'one-off' };
    });
    const names = (list: readonly MadeRow[]): string[] =>
      chooseRows(made(list, '......').findings, 12).shown.map(({ finding }) => finding.name);

    expect(names(rows.toReversed())).toEqual(names(rows));
    expect(chooseRows(made(rows, '......').findings, 12).leftOut).toEqual([
      { class: 'flaky', count: 3 },
      { class: 'one-off', count: 15 },
    ]);
    // A few examples of what happened once are enough, however much room there is.
    expect(chooseRows(made(rows, '......').findings, 100).shown).toHaveLength(20);
  });

  it('that fail in a mass failure that goes on are shown, a few of them', () => {
    const rows = Array.from({ length: 9 }, (_, i): MadeRow => {
      return { name: `test ${i}`, cells: '.....F', class: 'passing', in_event: i < 7 ? 1 : 0 };
    });
    const { shown, leftOut, collapsed } = chooseRows(made(rows, '.....M').findings, 25);

    expect(shown.map(({ finding }) => finding.in_event)).toEqual([1, 1, 1, 1, 1]);
    expect(leftOut).toEqual([{ class: 'passing', count: 2 }]);
    expect(collapsed).toEqual([{ class: 'passing', count: 2 }]);
  });

  it('of a green grid are a few passing ones, so that there is a picture', () => {
    expect(chooseRows(green().findings, 25).shown).toHaveLength(5);
  });

  it('have a rank for every class', () => {
    expect(URGENCY.toSorted()).toEqual(ROW_CLASSES.toSorted());
  });
});

describe('names', () => {
  const within = (most: number) => (text: string) => text.length <= most;
  const name =
    'openshift-tests.[sig-storage] In-tree Volumes [Driver: azure-disk] should store data [LinuxOnly] [Suite:openshift/conformance/parallel] [Suite:k8s]';

  it('lose the suite first, then tags, then the middle', () => {
    expect(shortName(name, within(200))).toBe(
      '[sig-storage] In-tree Volumes [Driver: azure-disk] should store data [LinuxOnly]',
    );
    expect(shortName(name, within(60))).toBe('[sig-storage] In-tree Volumes should store data');
    expect(shortName(name, within(40))).toBe('In-tree Volumes should store data');
    expect(shortName(name, within(20))).toBe('In-tree Volu…re data');
  });

  it('of steps are the step, and never become empty', () => {
    expect(shortName('operator.Run multi-stage test e2e-aws - e2e-aws-ipi-install container test', within(99))).toBe(
      'step ipi-install',
    );
    expect(shortName('[Suite:k8s]', within(99))).toBe('[Suite:k8s]');
    expect(shortName('Overall', within(2))).not.toBe('');
  });
});

describe('the headline', () => {
  it('tells an outage first, then what broke, then what is flaky', () => {
    const row: MadeRow = { name: 'a', cells: '.....FFFF  ', class: 'regression', set: [5] };

    expect(headline(made([row], '.........II').findings)).toBe(
      'The newest 2 runs failed without test results (install or CI); 1 test regressed, at 2026-11-11 12:00 UTC, failing in 4 runs since',
    );
    expect(headline(made([row], '..M......MM').findings)).toBe(
      'Many tests fail at once in the newest 2 runs, 0 of 1 in the newest; 1 test regressed, at 2026-11-11 12:00 UTC, failing in 4 runs since; 1 run with a mass failure',
    );
    expect(headline(regression().findings)).toBe(
      '2 tests regressed, at 2026-11-15 06:00 UTC, failing in 5 runs since; 2 tests flaky; 2 runs failed without test results (install or CI), 1 run with a mass failure',
    );
    expect(headline(green().findings)).toBe('All 9 tests pass');
  });
});

describe('the headline of what', () => {
  const said = (...rows: MadeRow[]): string => headline(made(rows, '......').findings);

  it('is a step counts it apart from tests', () => {
    const test: MadeRow = { name: 'a', cells: '...FFF', class: 'consistently failing' };

    expect(said(test, { ...test, name: 'b', kind: 'step' })).toBe('1 test and 1 step failing in a row');
    expect(said({ ...test, class: 'flaky', kind: 'step' })).toBe('1 step flaky');
  });

  it('does not turn the run red comes after what does, whatever its class, in the rows too', () => {
    const green: MadeRow = { name: 'green', cells: 'FFFFFF', class: 'never passed', turns_red: false };
    const red: MadeRow = { name: 'red', cells: '...FFF', class: 'consistently failing' };

    expect(said(green, red)).toBe('1 test failing in a row; 1 test fails without turning the run red');
    const { shown } = chooseRows(made([green, red], '......').findings, 5);
    expect(shown.map(({ finding }) => finding.name)).toEqual(['red', 'green']);
  });

  it('failed and is not run any more comes last', () => {
    const gone: MadeRow = { name: 'gone', cells: 'FFF   ', class: 'stale' };

    expect(said(gone, { name: 'a', cells: '.F.F..', class: 'flaky' })).toBe(
      '1 test flaky; 1 test failed when last run, not run lately',
    );
  });

  it('was cut off does not say that the tests never began', () => {
    const { findings } = made([{ name: 'a', cells: '....  ', class: 'passing' }], '....II');
    const cut = findings.columns.filter((column) => column.class !== 'normal');
    const limit = { minutes: 120, runs: cut, n: 6 };

    expect(headline({ ...findings, durations: { drift: null, limit } })).toBe(
      'The newest 2 runs ended without test results, as at a time limit',
    );
    const begun = findings.columns.map((column) => ({ ...column, tests: { ran: 40, usual: 100, failed: 0 } }));
    expect(headline({ ...findings, columns: begun })).toBe(
      'The newest 2 runs failed without most test results (install or CI)',
    );
  });
});

describe('the time axis', () => {
  it('has a date where a day begins, or hours when all is of two days', () => {
    const day = 86_400_000;
    const days = Array.from({ length: 30 }, (_, i) => Date.parse('2026-11-01T12:00:00Z') + i * day);

    expect(ticksOf(days, 10).map(({ at, label }) => `${at} ${label}`)).toEqual(['0 11-01', '10 11-11', '20 11-21']);
    expect(ticksOf([days[0] ?? 0, (days[0] ?? 0) + 3_600_000], 1).map(({ label }) => label)).toEqual([
      '12:00',
      '13:00',
    ]);
    expect(ticksOf([null, null], 1)).toEqual([]);
  });
});
