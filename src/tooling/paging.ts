// Cursors that hold all they need: any server can go on where another one stopped.
import { ToolError } from './errors.ts';

/** The cursor of the place `at` in the list of `what`; `what` ties it to the question it belongs to. */
export const cursorOf = (what: string, at: number): string => Buffer.from(`${at} ${what}`).toString('base64url');

/** The place of a cursor, 0 without one. @throws ToolError for the cursor of another question */
export function placeOf(what: string, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [, at = '', of = ''] = /^(\d{1,9}) ([^]*)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (of !== what)
    throw new ToolError('the cursor belongs to another call', { next: ['the same call without cursor'] });
  return Number(at);
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Entries after this page. */
  readonly left: number;
  /** For the next page; null on the last one. */
  readonly cursor: string | null;
}

/** At most `limit` of `items`, from the cursor's place on. @throws ToolError for the cursor of another question */
export function pageOf<T>(items: readonly T[], what: string, limit: number, cursor: string | undefined): Page<T> {
  const from = placeOf(what, cursor);
  const shown = items.slice(from, from + limit);
  const left = Math.max(0, items.length - from - shown.length);
  return { items: shown, left, cursor: left > 0 ? cursorOf(what, from + shown.length) : null };
}
