// The tables of an export as a data dictionary for people.
import type { ColumnFacts, ColumnType, Table } from '../../src/tables/table.ts';

/** What a type is called in each format. */
const TYPES: Readonly<Record<ColumnType, readonly [text: string, parquet: string]>> = {
  text: ['text', 'BYTE_ARRAY, UTF8'],
  integer: ['whole number', 'INT32'],
  number: ['decimal number', 'DOUBLE'],
  boolean: ['`true`, `false`', 'BOOLEAN'],
  time: ['ISO 8601, UTC', 'INT64, TIMESTAMP_MILLIS'],
  json: ['JSON object (in CSV as text)', 'BYTE_ARRAY, JSON'],
};

const HEAD = `# Data dictionary

What \`whyred export\` writes: one table a file, one row a thing. Made from the definitions in \`src/tables/\` by
\`npm run docs\`; a Parquet file carries its part in its own metadata
(\`select decode(value) from parquet_kv_metadata('FILE')\`). [data.md](data.md) says what one does with it.

Text from CI (names, messages, headers) is untrusted, without control characters, and secrets in it are \`[redacted: …]\`.
A column that may be missing is marked \`?\`: null in JSON lines and Parquet, nothing between the commas in CSV.`;

const CSV = `CSV is RFC 4180: UTF-8, CRLF, a header line. Text that begins with \`=\`, \`+\`, \`-\`, \`@\` (also their wide forms), tab
or a line end would be a formula to a spreadsheet: it has \`'\` in front, and so has text that begins so behind
apostrophes. Taking one \`'\` off such a text gives it back; JSON lines and Parquet have it as it is.`;

const escaped = (text: string): string => text.replaceAll('|', '\\|');

const columnLine = ({ name, type, unit, meaning, source, nullable }: ColumnFacts): string =>
  `| \`${name}\`${nullable ? ' ?' : ''} | ${type} | ${unit ?? ''} | ${escaped(meaning)} | ${escaped(source)} |`;

const tableSection = ({ name, row, key, notes, columns }: Table): string =>
  [
    `## ${name}`,
    '',
    `${row} Key: ${key.map((column) => `\`${column}\``).join(', ')}.`,
    '',
    ...(notes.length > 0 ? [...notes.map((note) => `- ${note}`), ''] : []),
    '| column | type | unit | meaning | source |',
    '| --- | --- | --- | --- | --- |',
    ...columns.map(columnLine),
  ].join('\n');

/** The dictionary as Markdown. */
export function dictionary(tables: readonly Table[]): string {
  const types = Object.entries(TYPES).map(([type, [text, parquet]]) => `| ${type} | ${text} | ${parquet} |`);
  return [
    HEAD,
    '| type | in CSV and JSON lines | in Parquet |\n| --- | --- | --- |\n' + types.join('\n'),
    CSV,
    ...tables.map(tableSection),
  ].join('\n\n');
}
