// Runs that are over, and the event that the newest of them are.
import type { ColumnClass, ColumnFinding } from './findings.ts';

const OVER = new Set<ColumnClass>(['normal', 'install or ci failure', 'mass failure']);

/** True of a run that came to an end by itself, an event or not. */
export const isOver = (column: ColumnFinding): boolean => OVER.has(column.class);

/** The newest runs that are over, as far as all of them are this event: whatever it is, it goes on. Newest first. */
export function goingOn(columns: readonly ColumnFinding[], event: ColumnClass): ColumnFinding[] {
  const over = columns.filter(isOver).sort((a, b) => a.index - b.index);
  const end = over.findIndex((column) => column.class !== event);
  return end < 0 ? over : over.slice(0, end);
}
