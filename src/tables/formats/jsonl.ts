// JSON lines: an object a row, its keys the columns, null for what is missing.
import { jsonLine } from '../../answer/json.ts';
import type { ColumnFacts } from '../table.ts';
import { lineWriter, plain, type Sink, type TableWriter } from './writer.ts';

export const jsonlWriter = (columns: readonly ColumnFacts[], sink: Sink): TableWriter =>
  lineWriter(sink, '', (values) =>
    jsonLine(Object.fromEntries(columns.map((column, i) => [column.name, plain(values[i] ?? null, column)]))),
  );
