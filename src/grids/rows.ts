// Finds the row of a step or a test in a grid, and reads its results.
import type { RowKind } from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { outcomeOf, type Outcome } from './status.ts';

/** The row of a test: named exactly so, or so behind a suite's prefix (`Kubernetes e2e suite.[It] …`). */
export function rowOfTest(grid: Grid, test: string): Row | null {
  const name = plain(test);
  return (
    grid.rows.find((row) => row.name === test) ??
    grid.rows.find((row) => row.name.endsWith(`.${test}`)) ??
    grid.rows.find((row) => plain(row.name) === name) ??
    null
  );
}

/** The row of a multi-stage step (`… - <target>-<step> container test`). */
export function rowOfStep(grid: Grid, target: string, step: string): Row | null {
  const end = `- ${target}-${step} container test`;
  return grid.rows.find((row) => row.name.endsWith(end)) ?? null;
}

/** The row of the whole run: `Overall`, or `<job>.Overall`. */
export function overallRow(grid: Grid): Row | null {
  return grid.rows.find((row) => isOverall(row.name)) ?? null;
}

/** True of the name of the row of the whole run. */
export const isOverall = (name: string): boolean => name.endsWith('Overall') && isJobLevel(name);

/** Rows about the run as a whole, not about one test. */
export const isJobLevel = (name: string): boolean =>
  (name.endsWith('Overall') || name.endsWith('Pod')) && /(?:^|\.)(?:Overall|Pod)$/.test(name);

const STEPS = ['operator.', 'step graph.', 'kubetest2.', 'kubetest.'];

/** True of the name of a step or an image of the run: it carries the tests and is none. */
export const isStep = (name: string): boolean => STEPS.some((suite) => name.startsWith(suite));

/** How many of some findings are tests, and how many steps: `2 tests and 1 step`. */
export function kindWords(findings: readonly { readonly kind: RowKind }[]): string {
  const count = (kind: RowKind): string[] => {
    const n = findings.filter((finding) => finding.kind === kind).length;
    return n === 0 ? [] : [`${n} ${kind}${n === 1 ? '' : 's'}`];
  };
  return [...count('test'), ...count('step')].join(' and ');
}

/** The outcome of a row in one column. */
export const outcomeAt = (row: Row, column: number): Outcome => outcomeOf(row.statuses[column] ?? 0);

/** Names differ between JUnit and TestGrid by suite prefix, `[It]` marks and `[Suite:…]` tags. */
const plain = (name: string): string =>
  name
    .replace(/^[\w .-]{1,60}\.(?=\[)/, '')
    .replace(/\[(?:It|Suite:[^\]]{0,200})\]\s{0,9}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
