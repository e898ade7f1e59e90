// The formats there are.
import type { ColumnFacts } from '../table.ts';
import { csvWriter } from './csv.ts';
import { jsonlWriter } from './jsonl.ts';
import { parquetWriter } from './parquet.ts';
import type { Sink, TableWriter } from './writer.ts';

export const FORMATS = { csv: csvWriter, jsonl: jsonlWriter, parquet: parquetWriter } as const satisfies Record<
  string,
  (columns: readonly ColumnFacts[], sink: Sink) => TableWriter
>;

export type Format = keyof typeof FORMATS;

export const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text);
