// How tests behave in a made grid, each with the class a person who knows the truth would give it.
import type { RowClass } from '../../../src/grids/findings.ts';
import type { Random } from '../../../src/sources/demo/random.ts';

/** What a test did in a run; null where it did not report. */
export type Did = 'passed' | 'failed' | 'flaky' | null;

/** A test's results over the runs that count, newest first, and its true class. */
export interface Behaviour {
  readonly truth: RowClass;
  readonly did: readonly Did[];
}

/** Draws results over `runs` runs; `rate` draws a true flake rate. Null where chance made it another class. */
type Draw = (runs: number, random: Random, rate: () => number) => Behaviour | null;

const series = (runs: number, at: (i: number) => Did): Did[] => Array.from({ length: runs }, (_, i) => at(i));
const count = (did: readonly Did[], what: Did): number => did.filter((one) => one === what).length;

function regression(runs: number, random: Random, rate: () => number): Behaviour | null {
  const isHard = random.chance(0.6);
  const broken = random.int(isHard ? 3 : 8, 25);
  const share = isHard ? 1 : random.pick([0.7, 0.85]);
  const before = random.chance(0.7) ? 0 : Math.min(0.1, rate());
  const did = series(runs, (i) => (random.chance(i < broken ? share : before) ? 'failed' : 'passed'));
  // A break that happened not to show yet is none to anyone.
  const shows = count(did.slice(0, broken), 'failed') >= 0.6 * broken && did.slice(0, 2).includes('failed');
  return shows && runs >= broken + 20 ? { truth: 'regression', did } : null;
}

function consistentlyFailing(runs: number, random: Random): Behaviour | null {
  const share = 0.75 + 0.22 * random.next();
  const did = series(runs, (i) => (i < 3 || random.chance(share) ? 'failed' : 'passed'));
  return did.includes('passed') ? { truth: 'consistently failing', did } : null;
}

function newFailing(runs: number, random: Random): Behaviour {
  const age = random.int(3, 10);
  return { truth: 'new test failing', did: series(runs, (i) => (i < age ? 'failed' : null)) };
}

/** A test of a true flake rate is what its results came to: a reader cannot call one bad run of ninety flaky. */
function flaky(runs: number, random: Random, rate: () => number): Behaviour {
  const own = rate();
  const retried = random.chance(0.4) ? 0.5 : 0;
  const did = series(runs, () => (random.chance(own) ? (random.chance(retried) ? 'flaky' : 'failed') : 'passed'));
  return { truth: called(did), did };
}

function greenButFlaky(runs: number, random: Random, rate: () => number): Behaviour {
  const own = Math.min(0.5, rate());
  const did = series(runs, () => (random.chance(own) ? 'flaky' : 'passed'));
  return { truth: called(did), did };
}

function called(did: readonly Did[]): RowClass {
  const bad = count(did, 'failed') + count(did, 'flaky');
  if (bad === 0) return 'passing';
  if (bad === 1) return 'one-off';
  return count(did, 'failed') === 0 ? 'green but flaky' : 'flaky';
}

function oneOff(runs: number, random: Random): Behaviour {
  const at = random.int(0, runs - 1);
  return { truth: 'one-off', did: series(runs, (i) => (i === at ? 'failed' : 'passed')) };
}

function onlyOnFailure(runs: number, random: Random): Behaviour | null {
  const share = 0.05 + 0.2 * random.next();
  const did = series(runs, () => (random.chance(share) ? 'failed' : null));
  return count(did, 'failed') >= 2 && did.lastIndexOf('failed') >= 8
    ? { truth: 'only reported on failure', did }
    : null;
}

function recovered(runs: number, random: Random): Behaviour | null {
  const since = random.int(3, 25);
  const length = random.int(4, 15);
  const did = series(runs, (i) => (i >= since && i < since + length ? 'failed' : 'passed'));
  return runs >= since + length + 10 ? { truth: 'recovered', did } : null;
}

function stale(runs: number, random: Random): Behaviour | null {
  const gone = random.int(10, 25);
  return runs >= gone + 10 ? { truth: 'stale', did: series(runs, (i) => (i < gone ? null : 'passed')) } : null;
}

function young(runs: number, random: Random): Behaviour {
  const age = random.int(1, 4);
  return { truth: 'too little data', did: series(runs, (i) => (i < age ? 'passed' : null)) };
}

/** Behaviours in equal shares; tests that simply pass are the rest of a grid. */
export const BEHAVIOURS: readonly Draw[] = [
  regression,
  regression,
  consistentlyFailing,
  (runs) => ({ truth: 'never passed', did: series(runs, () => 'failed') }),
  newFailing,
  flaky,
  flaky,
  greenButFlaky,
  oneOff,
  onlyOnFailure,
  recovered,
  stale,
  young,
];

export const passing = (runs: number): Behaviour => ({ truth: 'passing', did: series(runs, () => 'passed') });
