// CSV by RFC 4180: UTF-8, lines end in CRLF, a header line, missing values empty.
import type { ColumnFacts, Value } from '../table.ts';
import { lineWriter, plain, type Sink, type TableWriter } from './writer.ts';

/**
 * Text that a spreadsheet would take for a formula (OWASP's list), also behind apostrophes: so that taking one
 * apostrophe off such a text gives back what it was.
 */
const FORMULA = /^'{0,99}[=+\-@\t\n\r＝＋－＠]/;
const QUOTED = /[",\r\n]/;

/** @param columns of the rows that will be written */
export function csvWriter(columns: readonly ColumnFacts[], sink: Sink): TableWriter {
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  return lineWriter(sink, line(columns.map(({ name }) => name)), (values) =>
    line(columns.map((column, i) => field(values[i] ?? null, column))),
  );
}

function field(value: Value, column: ColumnFacts): string {
  const shown = plain(value, column);
  if (shown === null) return '';
  const text = typeof shown === 'object' ? JSON.stringify(shown) : String(shown);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
