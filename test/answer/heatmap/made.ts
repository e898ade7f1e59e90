// Small grids with findings made by hand, for the pictures' tests.
import type {
  ColumnClass,
  GridFindings,
  GroupFinding,
  RowClass,
  RowFinding,
  RowKind,
} from '../../../src/grids/findings.ts';
import { shareOf } from '../../../src/grids/beta.ts';
import type { Grid } from '../../../src/grids/grid.ts';
import { codesIn, STATUS } from '../../../src/grids/status.ts';

const CODES: Readonly<Record<string, number>> = {
  '.': STATUS.PASS,
  F: STATUS.FAIL,
  f: STATUS.FLAKY,
  r: STATUS.RUNNING,
  a: STATUS.CANCEL,
  ' ': STATUS.NO_RESULT,
};
const EVENTS: Readonly<Record<string, ColumnClass>> = {
  '.': 'normal',
  I: 'install or ci failure',
  M: 'mass failure',
  r: 'running',
  a: 'aborted',
  e: 'empty',
};
const HOUR = 3_600_000;
export const START = Date.parse('2026-11-10T06:00:00Z');

export interface MadeRow {
  readonly name: string;
  /** Results from old to new: `.` pass, `F` fail, `f` flaky, `r` running, `a` aborted, space for none. */
  readonly cells: string;
  readonly class?: RowClass;
  /** Positions (oldest 0) that may hold the break. */
  readonly set?: readonly number[];
  readonly message?: string;
  readonly kind?: RowKind;
  readonly turns_red?: boolean;
  readonly in_event?: number;
}

export interface Made {
  readonly grid: Grid;
  readonly findings: GridFindings;
}

/** A grid of a run every six hours; a row without a class is one about the run as a whole. */
export function made(
  rows: readonly MadeRow[],
  events: string,
  more: { groups?: readonly (readonly number[])[]; state?: GridFindings['health']['state'] } = {},
): Made {
  const n = events.length;
  const ref = (position: number): { build: string; time: number } => ({
    build: String(2_123_000_000_000_000_000n + BigInt(position)),
    time: START + position * 6 * HOUR,
  });
  const columns = Array.from({ length: n }, (_, index) => ({
    ...ref(n - 1 - index),
    headers: new Map<string, string>(),
  }));
  const grid: Grid = {
    dashboard: 'sig-network-gce',
    tab: 'gce-network',
    query: 'kubernetes-ci-logs/logs/ci-kubernetes-e2e-gce-network',
    overall: null,
    minutes: null,
    columns,
    rows: rows.map(({ name, cells, message }) => {
      const statuses = Uint8Array.from(Array.from(cells, (cell) => CODES[cell] ?? 0).reverse());
      const texts = Array.from(statuses).flatMap((code) =>
        code === 0 ? [] : [code === STATUS.FAIL ? (message ?? '') : ''],
      );
      return {
        name,
        statuses,
        codes: codesIn(statuses),
        messages: texts,
        shortTexts: texts.map(() => ''),
        alert: null,
      };
    }),
    corrupt: [],
  };
  const finding = (
    { name, cells, class: of, set = [], kind = 'test', ...more }: MadeRow,
    index: number,
  ): RowFinding[] => {
    if (of === undefined) return [];
    const results = Array.from(cells).flatMap((cell, at) =>
      '.Ff'.includes(cell) && events[at] === '.' ? [{ cell, at }] : [],
    );
    const failed = results.filter(({ cell }) => cell === 'F').length;
    const flaky = results.filter(({ cell }) => cell === 'f').length;
    const lastPass = results.findLastIndex(({ cell }) => cell !== 'F');
    const streak = results.length - 1 - lastPass;
    const first = results[lastPass + 1];
    const good = results[lastPass];
    const last = results.findLast(({ cell }) => cell !== '.');
    const { low, high } = shareOf(failed + flaky, results.length);
    return [
      {
        index,
        name,
        kind,
        class: of,
        confidence: 0.9,
        reasons: [`${failed} of ${results.length} runs failed`],
        stats: {
          runs: results.length,
          passed: results.length - failed - flaky,
          failed,
          flaky,
          rate: { failures: failed + flaky, n: results.length, low, high },
          flips: 1,
          in_a_row: streak,
          last_failed: last ? ref(last.at) : null,
        },
        turns_red: more.turns_red ?? true,
        in_event: more.in_event ?? 0,
        first_bad: streak > 0 && first ? ref(first.at) : null,
        best_guess: set.length > 0 ? ref(set.at(-1) ?? 0) : null,
        set: set.toReversed().map(ref),
        last_good: good ? ref(good.at) : null,
        changes: set.length > 0 ? new Map([['Commit', ['b81f46b67', '94a99bc71'] as const]]) : new Map(),
      },
    ];
  };
  const groups = (more.groups ?? []).map((indices): GroupFinding => ({
    rows: indices,
    runs: [ref(n - 1), ref(n - 2)],
    p: 0.0004,
  }));
  const findings: GridFindings = {
    columns: columns.map(({ build, time }, index) => {
      const name = EVENTS[events[n - 1 - index] ?? '.'] ?? 'normal';
      const tests = { ran: name === 'install or ci failure' ? 0 : rows.length, usual: rows.length, failed: 0 };
      const reasons = name === 'normal' ? [] : [`it is: ${name}`];
      return { index, build, time, class: name, confidence: 1, reasons, tests };
    }),
    rows: rows.flatMap(finding),
    jobRows: rows.filter((row) => row.class === undefined).map(({ name }) => name),
    groups,
    durations: null,
    health: {
      state: more.state ?? 'failing',
      reasons: [`${more.state === 'passing' ? 0 : 3} of the newest 5 completed runs failed`],
      was: null,
      testgrid: null,
      disagrees: null,
    },
  };
  return { grid, findings };
}

const E2E = 'Kubernetes e2e suite.[It]';

/** Two tests that broke together, flaky ones, an install outage, a mass failure and a run that is not over. */
export const regression = (): Made =>
  made(
    [
      { name: 'ci-kubernetes-e2e-gce-network.Overall', cells: '......FF.....F......FFFFFr' },
      {
        name: `${E2E} [sig-network] Services should forward traffic to a terminating endpoint when no other is left [Conformance]`,
        cells: '......  .....F......FFFFF ',
        class: 'regression',
        set: [19, 20],
        message: 'timed out <waiting> for "endpoint" & others',
      },
      { name: `${E2E} [sig-network] DNS should resolve`, cells: '......  .....F............', class: 'passing' },
      {
        name: `${E2E} [sig-network] EndpointSlice should mirror`,
        cells: '......  .....F......FFFFF ',
        class: 'likely regression',
        set: [20],
      },
      {
        name: `${E2E} [sig-network] Ingress API should share an address`,
        cells: '.F....  ..F..F....F.....  ',
        class: 'flaky',
      },
      {
        name: `${E2E} [sig-network] NoSNAT should route`,
        cells: '.f....  ..f.......f.....f ',
        class: 'green but flaky',
      },
      { name: `${E2E} [sig-network] Proxy should answer`, cells: '......  ......a...........', class: 'passing' },
      { name: `${E2E} [sig-network] Netpol once`, cells: '......  ...F..............', class: 'one-off' },
    ],
    '......II.....M...........r',
    { groups: [[1, 3, 4]] },
  );

/** Nothing wrong. */
export const green = (): Made =>
  made(
    [
      { name: 'Overall', cells: '........' },
      ...Array.from({ length: 9 }, (_, i): MadeRow => ({ name: `test ${i}`, cells: '........', class: 'passing' })),
    ],
    '........',
    { state: 'passing' },
  );
