// Lines and matches of logs as JSON.
import type { Pattern } from '../logs/pattern.ts';
import type { ReadLines } from '../logs/read-lines.ts';
import type { FoundInAll, NamedLog } from '../logs/search-all.ts';
import type { LinesDocument, SearchDocument } from './log-schema.ts';

/** A log, and why it is not the whole one; null when it is. */
export interface ReadLog extends NamedLog {
  readonly cut: string | null;
}

type Source = Pick<LinesDocument, 'source' | 'lines_total' | 'bytes' | 'truncated'>;

const sourceOf = ({ name, lines, cut }: ReadLog): Source => ({
  source: name,
  lines_total: lines.count,
  bytes: lines.bytes.length,
  truncated: cut,
});

/** What was read of a log. */
export const linesDocument = (log: ReadLog, { lines, omitted }: ReadLines): LinesDocument => ({
  ...sourceOf(log),
  lines: [...lines],
  omitted,
});

/** What was found in logs. */
export function searchDocument(
  { source, ignoreCase }: Pattern,
  logs: readonly ReadLog[],
  found: FoundInAll,
): SearchDocument {
  return {
    pattern: source,
    ignore_case: ignoreCase,
    logs: found.logs.flatMap(({ name, lines, matches, omitted, read }) => {
      const log = logs.find((known) => known.name === name);
      return log ? [{ ...sourceOf(log), matches, omitted, searched_to: read, lines: [...lines] }] : [];
    }),
    unread: [...found.unread],
    cursor: found.cursor,
  };
}
