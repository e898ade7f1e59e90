// What the classes are worth on made grids, as lines to print.
import { calibration, judge, macroF1, scores, type Judged } from './score.ts';

/** Seeds below this one were looked at while the rules were written. */
const FIRST_SCORED = 1_000;
const GRIDS = 200;

export function madeReport(rates: readonly number[]): string[] {
  const seeds = Array.from({ length: GRIDS }, (_, i) => FIRST_SCORED + i);
  const { rows, columns } = judge(seeds, rates);
  return [
    `Classes on ${GRIDS} made grids, flake rates drawn from ${rates.length} tests`,
    ...table('rows', rows, 0.95),
    ...table('columns', columns, 0.97),
    ...reliability('rows', rows),
    ...reliability(
      'rows that are not passing',
      rows.filter(({ said }) => said !== 'passing'),
    ),
    ...reliability('columns', columns),
  ];
}

function table(what: string, judged: readonly Judged<string>[], bar: number): string[] {
  const all = scores(judged);
  const line = ({ name, n, precision, recall, f1, mistaken }: (typeof all)[number]): string =>
    `  ${name.padEnd(26)}n ${String(n).padStart(6)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  ` +
    mistaken.map(([other, count]) => `${other} ${count}`).join(', ');
  return [`${what}: macro-F1 ${macroF1(all).toFixed(3)} (bar ${bar})`, ...all.map((one) => line(one).trimEnd())];
}

function reliability(what: string, judged: readonly Judged<string>[]): string[] {
  const { bins, error } = calibration(judged);
  return [
    `stated confidence of ${what}: expected calibration error ${error.toFixed(3)} (bar .05)`,
    ...bins.map(
      ({ from, n, stated, right }) =>
        `  from ${from.toFixed(1)}  n ${String(n).padStart(6)}  stated ${stated.toFixed(3)}  right ${right.toFixed(3)}`,
    ),
  ];
}
