// Lines of logs for a terminal: numbered as Spyglass numbers them, matches in bold, what is left out said.
import { clip, safeText } from '../ci/text.ts';
import type { ReadLines } from '../logs/read-lines.ts';
import type { FoundIn, FoundInAll } from '../logs/search-all.ts';
import type { FoundLine, ShownLine } from '../logs/search.ts';
import type { Paint } from './paint.ts';
import { plural } from './words.ts';

export interface LogTextOptions {
  readonly paint: Paint;
  /** Columns of the terminal; longer lines are cut in the middle. */
  readonly width: number;
}

/** Matches by log, as grep shows them: `:` behind the number of a match, `-` behind that of a line around it. */
export function foundText({ logs, cursor, unread }: FoundInAll, options: LogTextOptions): string {
  const { paint } = options;
  const parts = logs.filter(({ matches, omitted }) => matches + omitted > 0).map((log) => logText(log, options));
  const matches = logs.reduce((sum, log) => sum + log.matches, 0);
  const omitted = logs.reduce((sum, log) => sum + log.omitted, 0);
  const said = [
    `${matches} match${matches === 1 ? '' : 'es'} in ${plural(logs.length, 'log')}`,
    ...(omitted > 0 ? [`${omitted} more not shown`] : []),
    ...(unread.length > 0 ? [`${plural(unread.length, 'log')} not searched`] : []),
  ];
  const more = cursor === null ? [] : [paint.dim(`--cursor ${cursor}`)];
  return [...parts, paint.dim(said.join(', ')), ...more, ''].join('\n');
}

function logText({ name, lines, omitted }: FoundIn, options: LogTextOptions): string {
  const { paint } = options;
  const numbers = String(lines.at(-1)?.line ?? 0).length;
  const rows = lines.flatMap((line, i) => {
    const isGap = i > 0 && line.line !== (lines[i - 1]?.line ?? 0) + 1;
    return [...(isGap ? [paint.dim(' '.repeat(numbers) + '⋮')] : []), rowOf(line, numbers, options)];
  });
  return [paint.bold(safeText(name)), ...rows, ...(omitted > 0 ? [paint.dim(`${omitted} more`)] : []), ''].join('\n');
}

function rowOf({ line, text, match }: FoundLine, numbers: number, { paint, width }: LogTextOptions): string {
  const number = paint.dim(`${String(line).padStart(numbers)}${match ? ':' : '-'}`);
  const shown = clip(text.replaceAll('\t', '    '), Math.max(40, width - numbers - 2));
  return `${number} ${match ? paint.bold(shown) : shown}`;
}

/** The lines of a part of a log, whole, and what was left out on both sides. */
export function linesText({ lines, omitted }: ReadLines, { paint }: LogTextOptions): string {
  const numbers = String(lines.at(-1)?.line ?? 0).length;
  const row = ({ line, text }: ShownLine): string => `${paint.dim(String(line).padStart(numbers))} ${text}`;
  const left = (count: number): string[] => (count > 0 ? [paint.dim(`… ${plural(count, 'line')} left out`)] : []);
  return [...left(omitted.before), ...lines.map(row), ...left(omitted.after), ''].join('\n');
}
