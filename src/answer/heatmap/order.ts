// Which rows of a grid are shown, and in what order: what needs a person first, tests that fail together side by side.
import { FAILING_NOW, ROW_CLASSES, type GridFindings, type RowClass, type RowFinding } from '../../grids/findings.ts';

/** Classes from the one a person must look at first to the one nobody needs to see. */
export const URGENCY: readonly RowClass[] = [
  'regression',
  'likely regression',
  'new test failing',
  'never passed',
  'consistently failing',
  'flaky',
  'green but flaky',
  'recovered',
  'one-off',
  'only reported on failure',
  'too little data',
  'stale',
  'passing',
];

/** Classes of which a few examples are enough, and how many. */
const EXAMPLES_ONLY: ReadonlySet<RowClass> = new Set([
  'recovered',
  'one-off',
  'only reported on failure',
  'stale',
  'passing',
]);
const EXAMPLES = 5;
/** Shown where there is nothing else to show, so that a green grid is a picture too. */
const SAMPLE = 5;

export interface ShownRow {
  readonly finding: RowFinding;
  /** Index of its group in the findings; null for a test that fails by itself. */
  readonly group: number | null;
}

export interface ClassCount {
  readonly class: RowClass;
  readonly count: number;
}

export interface RowChoice {
  readonly shown: readonly ShownRow[];
  /** Rows worth showing for which there was no room. */
  readonly leftOut: readonly ClassCount[];
  /** Rows that need no look: passing ones, and gone or young ones that did not fail. */
  readonly collapsed: readonly ClassCount[];
}

/** Chooses at most `cap` rows. The choice does not depend on the order of the findings. */
export function chooseRows({ rows, groups }: GridFindings, cap: number): RowChoice {
  const groupOf = new Map(groups.flatMap((group, i) => group.rows.map((row) => [row, i] as const)));
  const worth = rows.filter(isWorthALook).sort(moreUrgent);
  const collapsed = rows.filter((row) => !isWorthALook(row));
  // A group stands where its most urgent test would stand.
  const place = new Map<string, RowFinding[]>();
  for (const finding of worth) {
    const group = groupOf.get(finding.index);
    const key = group === undefined ? `row ${finding.index}` : `group ${group}`;
    const together = place.get(key);
    if (together) together.push(finding);
    else place.set(key, [finding]);
  }
  const ordered = [...place.values()].flat();
  const seen = new Map<RowClass, number>();
  const wanted = ordered.filter((finding) => {
    const nth = (seen.get(finding.class) ?? 0) + 1;
    seen.set(finding.class, nth);
    return !EXAMPLES_ONLY.has(finding.class) || nth <= EXAMPLES;
  });
  const kept = new Set(wanted.slice(0, cap));
  const sample = ordered.length === 0 ? collapsed.toSorted(moreUrgent).slice(0, Math.min(SAMPLE, cap)) : [];
  const shown = [...kept, ...sample];
  const isSampled = new Set(sample);
  return {
    shown: shown.map((finding) => ({ finding, group: groupOf.get(finding.index) ?? null })),
    leftOut: countClasses(ordered.filter((finding) => !kept.has(finding))),
    collapsed: countClasses(collapsed.filter((finding) => !isSampled.has(finding))),
  };
}

/** How many rows there are of each class, the most urgent class first. */
export function countClasses(rows: readonly RowFinding[]): ClassCount[] {
  return URGENCY.map((name) => ({ class: name, count: rows.filter((row) => row.class === name).length })).filter(
    ({ count }) => count > 0,
  );
}

/** True of a row that fails now. */
export const isBroken = ({ class: name }: RowFinding): boolean => FAILING_NOW.has(name);

/** `2 regression, 5 flaky`. */
export const countWords = (counts: readonly ClassCount[]): string =>
  counts.map(({ class: name, count }) => `${count} ${name}`).join(', ');

function isWorthALook({ class: name, stats, in_event: inEvent }: RowFinding): boolean {
  if (name === 'passing') return inEvent > 0;
  if (name === 'stale') return stats.in_a_row > 0;
  return name !== 'too little data' || stats.failed + stats.flaky > 0;
}

const RANK = new Map(ROW_CLASSES.map((name) => [name, URGENCY.indexOf(name)]));
const rank = (name: RowClass): number => RANK.get(name) ?? URGENCY.length;

/** Rows that fail and do not turn a run red stand behind those that do. */
const urgency = (finding: RowFinding): number =>
  isBroken(finding) && !finding.turns_red ? rank('flaky') - 0.5 : rank(finding.class);

/** By class; within one by how surely and how often it fails, then by name so that the order is always the same. */
export function moreUrgent(a: RowFinding, b: RowFinding): number {
  return (
    urgency(a) - urgency(b) ||
    b.in_event - a.in_event ||
    b.stats.in_a_row - a.stats.in_a_row ||
    b.stats.rate.low - a.stats.rate.low ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index)
  );
}
