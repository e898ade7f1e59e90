// Rows of a table as objects, from grids of tests.
import type { Grid } from '../../src/grids/grid.ts';
import { understand } from '../../src/grids/understand.ts';
import type { Tab, Table, Value } from '../../src/tables/table.ts';

export const tabOf = (grid: Grid, more: Partial<Tab> = {}): Tab => ({
  ...understand(grid),
  place: { sites: null, job: null },
  since: null,
  ...more,
});

export type Record = Readonly<globalThis.Record<string, Value>>;

/** The rows of some tabs, and at the end those about all of them. */
export function recordsOf(table: Table, ...tabs: readonly Tab[]): Record[] {
  const rows = table.open();
  return [...tabs.flatMap((tab) => [...rows.of(tab)]), ...rows.end()].map((values) =>
    Object.fromEntries(table.columns.map(({ name }, i) => [name, values[i] ?? null])),
  );
}
