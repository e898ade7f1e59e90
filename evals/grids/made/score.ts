// Classes against the truth of made grids: macro-F1, confusions, and whether stated confidence is what it says.
import type { ColumnClass, RowClass } from '../../../src/grids/findings.ts';
import { understand } from '../../../src/grids/understand.ts';
import { madeGrid } from './grid.ts';

/** One judged row or column. */
export interface Judged<Name extends string> {
  readonly truth: Name;
  readonly said: Name;
  readonly confidence: number;
}

/** A likely regression is a regression stated with less confidence: the truth knows one class. */
const plain = (name: RowClass): RowClass => (name === 'likely regression' ? 'regression' : name);

export function judge(
  seeds: readonly number[],
  rates: readonly number[],
): { rows: Judged<RowClass>[]; columns: Judged<ColumnClass>[] } {
  const rows: Judged<RowClass>[] = [];
  const columns: Judged<ColumnClass>[] = [];
  for (const seed of seeds) {
    const made = madeGrid(seed, rates);
    const { findings } = understand(made.grid);
    for (const finding of findings.rows) {
      const truth = made.rows.get(finding.name);
      if (truth !== undefined) rows.push({ truth, said: plain(finding.class), confidence: finding.confidence });
    }
    for (const { index, class: said, confidence } of findings.columns)
      columns.push({ truth: made.columns[index] ?? 'normal', said, confidence });
  }
  return { rows, columns };
}

export interface ClassScore {
  readonly name: string;
  readonly n: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** What it was taken for otherwise, the most frequent first. */
  readonly mistaken: readonly (readonly [name: string, n: number])[];
}

export function scores(judged: readonly Judged<string>[]): ClassScore[] {
  const names = [...new Set(judged.map(({ truth }) => truth))].sort();
  return names.map((name) => {
    const own = judged.filter(({ truth }) => truth === name);
    const said = judged.filter((one) => one.said === name);
    const right = own.filter((one) => one.said === name).length;
    const [precision, recall] = [right / Math.max(1, said.length), right / Math.max(1, own.length)];
    const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    const counts = new Map<string, number>();
    for (const one of own) if (one.said !== name) counts.set(one.said, (counts.get(one.said) ?? 0) + 1);
    return { name, n: own.length, precision, recall, f1, mistaken: [...counts].sort((a, b) => b[1] - a[1]) };
  });
}

export const macroF1 = (all: readonly ClassScore[]): number => all.reduce((sum, { f1 }) => sum + f1, 0) / all.length;

export interface Bin {
  readonly from: number;
  readonly n: number;
  readonly stated: number;
  readonly right: number;
}

/** The reliability table, and the expected calibration error: mean distance of stated from right, weighted by n. */
export function calibration(judged: readonly Judged<string>[]): { bins: Bin[]; error: number } {
  const bins = Array.from({ length: 10 }, (_, i) => {
    const own = judged.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === i);
    const n = own.length;
    return {
      from: i / 10,
      n,
      stated: own.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, n),
      right: own.filter(({ truth, said }) => truth === said).length / Math.max(1, n),
    };
  }).filter(({ n }) => n > 0);
  const error = bins.reduce((sum, { n, stated, right }) => sum + n * Math.abs(stated - right), 0) / judged.length;
  return { bins, error };
}
