// Searches several logs in order, with one budget for all, and a cursor for what is behind it.
import { readCursor, writeCursor } from './cursor.ts';
import type { Lines } from './lines.ts';
import { InvalidPattern, type Pattern } from './pattern.ts';
import { search, type Found, type SearchLimits } from './search.ts';

export interface NamedLog {
  readonly name: string;
  readonly lines: Lines;
}

export interface FoundIn extends Found {
  readonly name: string;
}

export interface FoundInAll {
  /** The logs that were searched, in order; those without a match too. */
  readonly logs: readonly FoundIn[];
  /** For the matches behind; null when everything was shown. */
  readonly cursor: string | null;
  /** Names of logs that the limits left no room to search. */
  readonly unread: readonly string[];
}

/**
 * The matches of a pattern in `logs`, from the cursor's place on; the limits are for all logs together.
 * @throws InvalidPattern for a cursor of another search
 */
export function searchAll(
  logs: readonly NamedLog[],
  pattern: Pattern,
  limits: SearchLimits,
  cursor: string | null = null,
): FoundInAll {
  const place = cursor === null ? null : readCursor(cursor, pattern);
  const begin = place === null ? 0 : logs.findIndex(({ name }) => name === place.source);
  if ((cursor !== null && place === null) || begin < 0)
    throw new InvalidPattern('the cursor belongs to another search: give it with the same pattern and the same logs');
  const found: FoundIn[] = [];
  let left = limits;
  let next: string | null = null;
  let i = begin;
  for (; i < logs.length && left.matches > 0 && left.steps > 0; i += 1) {
    const log = logs[i];
    if (!log) break;
    const one = search(log.lines, pattern, left, i === begin ? (place?.line ?? 1) : 1);
    found.push({ name: log.name, ...one });
    if (one.next !== null) next ??= writeCursor({ source: log.name, line: one.next }, pattern);
    left = {
      ...left,
      matches: left.matches - one.matches,
      bytes: left.bytes - one.lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0),
      steps: left.steps - one.steps,
    };
  }
  const [unread] = logs.slice(i);
  if (unread) next ??= writeCursor({ source: unread.name, line: 1 }, pattern);
  return { logs: found, cursor: next, unread: logs.slice(i).map(({ name }) => name) };
}
