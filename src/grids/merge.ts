// Joins rows that are one test renamed in the window: each holds one end of the history, and none the other's.
import type { Grid, Row } from './grid.ts';
import { testIdentity } from './identity.ts';
import { codesIn } from './status.ts';

/** The grid with renamed rows joined under their newest name. Rows that overlap in time are different tests and stay. */
export function mergeRenamed(grid: Grid): Grid {
  const byIdentity = new Map<string, Row[]>();
  for (const row of grid.rows) {
    // A row with results at both ends of the window was not renamed in it.
    if (row.statuses[0] !== 0 && row.statuses.at(-1) !== 0) continue;
    const key = jobLevelKey(row.name) ?? testIdentity(row.name);
    const known = byIdentity.get(key);
    if (known) known.push(row);
    else byIdentity.set(key, [row]);
  }
  const joined = new Map<Row, Row | null>();
  for (const rows of byIdentity.values()) {
    if (rows.length !== 2) continue;
    const [first, second] = rows;
    if (!first || !second) continue;
    const [newer, older] = newestCell(first) <= newestCell(second) ? [first, second] : [second, first];
    if (oldestCell(newer) >= newestCell(older)) continue;
    joined.set(newer, join(newer, older));
    joined.set(older, null);
  }
  if (joined.size === 0) return grid;
  const rows = grid.rows.flatMap((row) => {
    const replaced = joined.get(row);
    return replaced === undefined ? [row] : replaced === null ? [] : [replaced];
  });
  return { ...grid, rows };
}

/** `Overall` became `<job>.Overall`: the one prefix that is the job's own name. */
const jobLevelKey = (name: string): string | null => /(?:^|\.)(Overall|Pod)$/.exec(name)?.[1] ?? null;

const newestCell = ({ statuses }: Row): number => {
  const at = statuses.findIndex((code) => code !== 0);
  return at < 0 ? statuses.length : at;
};
const oldestCell = ({ statuses }: Row): number => statuses.findLastIndex((code) => code !== 0);

function join(newer: Row, older: Row): Row {
  const statuses = newer.statuses.map((code, i) => (code === 0 ? (older.statuses[i] ?? 0) : code));
  return {
    name: newer.name,
    statuses,
    codes: codesIn(statuses),
    // Texts stand for non-empty cells, newest first: the newer row's all come before the older's.
    messages: [...padded(newer.messages, newer), ...older.messages],
    shortTexts: [...padded(newer.shortTexts, newer), ...older.shortTexts],
    alert: newer.alert ?? older.alert,
  };
}

/** The texts of a row, one for each non-empty cell even where the table had fewer. */
function padded(texts: readonly unknown[], { statuses }: Row): unknown[] {
  const cells = statuses.reduce((sum, code) => sum + (code === 0 ? 0 : 1), 0);
  return Array.from({ length: cells }, (_, i) => texts[i] ?? '');
}
