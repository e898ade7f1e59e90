// The runs of a tab that a table tells of.
import { safeText } from '../ci/text.ts';
import type { ColumnFinding } from '../grids/findings.ts';
import type { Tab } from './table.ts';

/** A run of a tab with its texts made once. */
export interface TabRun {
  readonly index: number;
  readonly build: string;
  readonly time: number | null;
  readonly finding: ColumnFinding;
}

/** The tab's runs since the moment asked for, newest first. A run without a time is left out where one is asked for. */
export const runsOf = ({ findings, since }: Tab): TabRun[] =>
  findings.columns
    .filter(({ time }) => since === null || (time !== null && time >= since))
    .map((finding) => ({ index: finding.index, build: safeText(finding.build), time: finding.time, finding }));

/** Indices of the columns before the moment asked for. */
export function before(tab: Tab): ReadonlySet<number> {
  const kept = new Set(runsOf(tab).map(({ index }) => index));
  return new Set(tab.findings.columns.flatMap(({ index }) => (kept.has(index) ? [] : [index])));
}
