// Where a search goes on, as a text that holds all of it: which log, at which line, of which pattern.
import { sha256 } from '../ci/evidence.ts';
import type { Pattern } from './pattern.ts';

/** A place to go on searching at. */
export interface Place {
  /** The log's name. */
  readonly source: string;
  /** The line to begin at. */
  readonly line: number;
}

const MARK_CHARS = 12;
const MAX_CURSOR = 4_096;

const markOf = ({ source, ignoreCase }: Pattern): string =>
  sha256(`${String(ignoreCase)}\n${source}`).slice(0, MARK_CHARS);

/** The cursor of a place; {@link readCursor} gives the place back to the same pattern. */
export const writeCursor = (place: Place, pattern: Pattern): string =>
  Buffer.from(`${markOf(pattern)} ${place.line} ${place.source}`).toString('base64url');

/** The place of a cursor; null for what is no cursor of this pattern. */
export function readCursor(cursor: string, pattern: Pattern): Place | null {
  if (cursor.length > MAX_CURSOR) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, mark, line = '', source = ''] = /^([0-9a-f]{12}) (\d{1,10}) ([^\n]{1,3000})$/.exec(text) ?? [];
  return mark === markOf(pattern) && Number(line) >= 1 ? { source, line: Number(line) } : null;
}
