// The finding of a grid in one sentence, the most urgent part first.
import type { ColumnFinding, GridFindings, RowFinding, RunRef } from '../../grids/findings.ts';
import { goingOn } from '../../grids/events.ts';
import { kindWords } from '../../grids/rows.ts';
import { plural, timeWords } from '../words.ts';
import { isoTime } from './figures.ts';
import { isBroken } from './order.ts';

/** What a person must know of the grid, e.g. `2 tests regressed at 2026-11-18 09:14 UTC; 3 tests are flaky`. */
export function headline(findings: GridFindings): string {
  const { columns, rows, health } = findings;
  if (columns.length === 0) return 'The table has no runs';
  const broken = rows.filter(isBroken);
  const red = broken.filter((row) => row.turns_red);
  const parts = [
    outageWords(findings),
    regressionWords(red),
    brokenWords(red),
    greenWords(broken.filter((row) => !row.turns_red)),
    flakyWords(rows),
    eventWords(findings),
    goneWords(rows),
  ].filter((part) => part !== '');
  if (parts.length === 0) parts.push(quietWords(rows, health));
  const text = parts.join('; ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

const isInstall = (column: ColumnFinding): boolean => column.class === 'install or ci failure';
const isMass = (column: ColumnFinding): boolean => column.class === 'mass failure';
const tests = (n: number): string => plural(n, 'test');
const runs = (n: number): string => plural(n, 'run');

function outageWords(findings: GridFindings): string {
  const now = goingOn(findings.columns, 'install or ci failure');
  if (now.length === 0) return massWords(findings.columns);
  const earlier = findings.columns.filter(isInstall).length - now.length;
  const too = earlier > 0 ? `, ${earlier} earlier too` : '';
  return `the newest ${now.length === 1 ? 'run' : runs(now.length)} ${endWords(now, findings)}${too}`;
}

/** Share of the usual tests above which a run had begun with its tests. */
const BEGUN = 0.05;

/** How runs without most of their tests ended, as far as the table tells: one interrupted in its tests has none too. */
function endWords(ended: readonly ColumnFinding[], { durations }: GridFindings): string {
  const cut = new Set(durations?.limit?.runs.map(({ build }) => build));
  if (ended.every(({ build }) => cut.has(build))) return 'ended without test results, as at a time limit';
  const some = ended.some(({ tests: { ran, usual } }) => ran > BEGUN * usual) ? 'without most' : 'without';
  return `failed ${some} test results (install or CI)`;
}

/** Newest completed runs in which many tests failed at once: whatever it is, it goes on. */
function massWords(columns: readonly ColumnFinding[]): string {
  const now = goingOn(columns, 'mass failure');
  const [newest] = now;
  if (!newest) return '';
  const { failed, ran } = newest.tests;
  return `many tests fail at once in the newest ${now.length === 1 ? 'run' : runs(now.length)}, ${failed} of ${ran} in the newest`;
}

const startOf = ({ first_bad: since, best_guess: guess }: RowFinding): RunRef | null => since ?? guess;

function regressionWords(rows: readonly RowFinding[]): string {
  const broke = rows.filter(({ class: name }) => name === 'regression' || name === 'likely regression');
  const [first] = broke.toSorted((a, b) => (startOf(b)?.time ?? 0) - (startOf(a)?.time ?? 0));
  if (!first) return '';
  const sure = broke.some(({ class: name }) => name === 'regression') ? '' : 'likely ';
  const since = startOf(first);
  if (since === null) return `${kindWords(broke)} ${sure}regressed`;
  const isSame = broke.every((row) => startOf(row)?.build === since.build && startOf(row)?.time === since.time);
  const streak = isSame && first.first_bad ? `, failing in ${runs(first.stats.in_a_row)} since` : '';
  return `${kindWords(broke)} ${sure}regressed, ${isSame ? 'at' : 'the newest at'} ${timeWords(isoTime(since.time))}${streak}`;
}

function brokenWords(broken: readonly RowFinding[]): string {
  const words = [
    ['new test failing', 'new and failing'],
    ['never passed', 'never passed'],
    ['consistently failing', 'failing in a row'],
  ] as const;
  return words
    .map(([name, text]) => [broken.filter((row) => row.class === name), text] as const)
    .filter(([some]) => some.length > 0)
    .map(([some, text]) => `${kindWords(some)} ${text}`)
    .join(', ');
}

function greenWords(broken: readonly RowFinding[]): string {
  if (broken.length === 0) return '';
  return `${kindWords(broken)} ${broken.length === 1 ? 'fails' : 'fail'} without turning the run red`;
}

function flakyWords(rows: readonly RowFinding[]): string {
  const flaky = rows.filter(({ class: name }) => name === 'flaky' || name === 'green but flaky');
  return flaky.length === 0 ? '' : `${kindWords(flaky)} flaky`;
}

function eventWords(findings: GridFindings): string {
  const { columns } = findings;
  const installs = columns.filter(isInstall);
  const masses = columns.filter(isMass).length - goingOn(columns, 'mass failure').length;
  const told = goingOn(columns, 'install or ci failure').length > 0;
  return [
    ...(installs.length > 0 && !told ? [`${runs(installs.length)} ${endWords(installs, findings)}`] : []),
    ...(masses > 0 ? [`${runs(masses)} with a mass failure`] : []),
  ].join(', ');
}

/** Failures in a row after which a row that is not run any more is worth a word. */
const BROKEN_RUNS = 3;

function goneWords(rows: readonly RowFinding[]): string {
  const gone = rows.filter(({ class: name, stats }) => name === 'stale' && stats.in_a_row >= BROKEN_RUNS);
  return gone.length === 0 ? '' : `${kindWords(gone)} failed when last run, not run lately`;
}

function quietWords(all: readonly RowFinding[], { state }: GridFindings['health']): string {
  const rows = all.filter(({ kind }) => kind === 'test');
  const passing = rows.filter(({ class: name }) => name === 'passing').length;
  const bad = all.some(({ stats }) => stats.failed + stats.flaky > 0);
  if (state === 'no completed runs') return 'no run has completed';
  if (rows.length === 0) return 'the table has no tests';
  const young = rows.filter(({ class: name }) => name === 'too little data');
  if (young.length * 2 > rows.length) return youngWords(young);
  if (bad) return 'nothing is broken now; single failures only';
  if (state === 'failing') return 'runs fail as a whole, and no single test tells why';
  return passing > 0 ? `all ${passing} tests pass` : 'no test fails';
}

function youngWords(young: readonly RowFinding[]): string {
  const failed = young.filter(({ stats }) => stats.failed > 0).length;
  const flaky = young.filter(({ stats }) => stats.failed === 0 && stats.flaky > 0).length;
  const counts = [
    ...(failed > 0 ? [`${tests(failed)} failed`] : []),
    ...(flaky > 0 ? [`${flaky} failed and passed`] : []),
  ];
  return `too few runs to judge${counts.length === 0 ? '; no test failed' : `; ${counts.join(', ')}`}`;
}
