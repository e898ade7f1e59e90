// The finding of a grid in one sentence, the most urgent part first.
import type { ColumnFinding, GridFindings, RowFinding, RunRef } from '../../grids/findings.ts';
import { oneLine } from '../../ci/text.ts';
import { timeWords } from '../words.ts';
import { isoTime } from './figures.ts';
import { isBroken } from './order.ts';

/** What a person must know of the grid, e.g. `2 tests regressed at 2026-11-18 09:14 UTC; 3 tests are flaky`. */
export function headline({ columns, rows, health }: GridFindings): string {
  if (columns.length === 0) return 'The table has no runs';
  const parts = [
    outageWords(columns),
    regressionWords(rows),
    brokenWords(rows),
    flakyWords(rows),
    eventWords(columns),
  ].filter((part) => part !== '');
  if (parts.length === 0) parts.push(quietWords(rows, health));
  const text = parts.join('; ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

const isInstall = (column: ColumnFinding): boolean => column.class === 'install or ci failure';
const isMass = (column: ColumnFinding): boolean => column.class === 'mass failure';
const tests = (n: number): string => `${n} test${n === 1 ? '' : 's'}`;
const runs = (n: number): string => `${n} run${n === 1 ? '' : 's'}`;

/** Newest completed runs that are such an event: by default those that never got to their tests. */
function ongoing(columns: readonly ColumnFinding[], isEvent = isInstall): number {
  const over = columns
    .filter(({ class: name }) => name === 'normal' || name === 'mass failure' || name === 'install or ci failure')
    .sort((a, b) => a.index - b.index);
  const end = over.findIndex((column) => !isEvent(column));
  return end < 0 ? over.length : end;
}

function outageWords(columns: readonly ColumnFinding[]): string {
  const n = ongoing(columns);
  if (n === 0) return massWords(columns);
  const earlier = columns.filter(isInstall).length - n;
  const too = earlier > 0 ? `, ${earlier} earlier too` : '';
  return `the newest ${n === 1 ? 'run' : runs(n)} failed before the tests (install or CI)${too}`;
}

/** Newest completed runs in which many tests failed at once: whatever it is, it goes on. */
function massWords(columns: readonly ColumnFinding[]): string {
  const n = ongoing(columns, isMass);
  const newest = columns.filter(isMass).sort((a, b) => a.index - b.index)[0];
  if (n === 0 || !newest) return '';
  const { failed, ran } = newest.tests;
  return `many tests fail at once in the newest ${n === 1 ? 'run' : runs(n)}, ${failed} of ${ran} in the newest`;
}

const startOf = ({ first_bad: since, best_guess: guess }: RowFinding): RunRef | null => since ?? guess;

function regressionWords(rows: readonly RowFinding[]): string {
  const broke = rows.filter(({ class: name }) => name === 'regression' || name === 'likely regression');
  const [first] = broke.toSorted((a, b) => (startOf(b)?.time ?? 0) - (startOf(a)?.time ?? 0));
  if (!first) return '';
  const sure = broke.some(({ class: name }) => name === 'regression') ? '' : 'likely ';
  const since = startOf(first);
  if (since === null) return `${tests(broke.length)} ${sure}regressed`;
  const isSame = broke.every((row) => startOf(row)?.build === since.build && startOf(row)?.time === since.time);
  const streak = isSame && first.first_bad ? `, failing in ${runs(first.stats.in_a_row)} since` : '';
  return `${tests(broke.length)} ${sure}regressed, ${isSame ? 'at' : 'the newest at'} ${timeWords(isoTime(since.time))}${streak}`;
}

function brokenWords(rows: readonly RowFinding[]): string {
  const broken = rows.filter((row) => isBroken(row) && !/regression/.test(row.class));
  if (broken.length === 0) return '';
  const count = (name: RowFinding['class']): number => broken.filter((row) => row.class === name).length;
  const words = [
    [count('new test failing'), 'new and failing'],
    [count('never passed'), 'never passed'],
    [count('consistently failing'), 'failing in a row'],
  ] as const;
  return words
    .filter(([n]) => n > 0)
    .map(([n, text], i) => `${i === 0 ? tests(n) : n} ${text}`)
    .join(', ');
}

function flakyWords(rows: readonly RowFinding[]): string {
  const n = rows.filter(({ class: name }) => name === 'flaky' || name === 'green but flaky').length;
  return n === 0 ? '' : `${n} flaky test${n === 1 ? '' : 's'}`;
}

function eventWords(columns: readonly ColumnFinding[]): string {
  const installs = columns.filter(isInstall).length;
  const masses = columns.filter(isMass).length - ongoing(columns, isMass);
  const told = ongoing(columns) > 0;
  return [
    ...(installs > 0 && !told ? [`${runs(installs)} failed before the tests`] : []),
    ...(masses > 0 ? [`${runs(masses)} with a mass failure`] : []),
  ].join(', ');
}

function quietWords(rows: readonly RowFinding[], { state, reasons }: GridFindings['health']): string {
  const passing = rows.filter(({ class: name }) => name === 'passing').length;
  const bad = rows.some(({ stats }) => stats.failed + stats.flaky > 0);
  if (state === 'no completed runs') return 'no run has completed';
  if (rows.length === 0) return oneLine(reasons.join(', '), 300) || 'the table has no tests';
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
