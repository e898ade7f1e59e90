// Parquet: typed columns, texts that repeat kept once, a group of rows at a time in memory.
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { ColumnFacts, ColumnType, Value, Values } from '../table.ts';
import type { Sink, TableWriter } from './writer.ts';

/** Rows of a group, all of whose values are in memory at once. */
const GROUP = 32_768;

const TYPES: Readonly<Record<ColumnType, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};

/** Hands on what was written after each group. */
class Chunks extends ByteWriter {
  readonly #sink: Sink;

  constructor(sink: Sink) {
    super();
    this.#sink = sink;
  }

  flush(): void {
    this.#sink(this.getBytes().slice());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/** @param columns of the rows that will be written; what they mean goes into the file's own metadata */
export function parquetWriter(columns: readonly ColumnFacts[], sink: Sink): TableWriter {
  const elements = columns.map(({ name, type, nullable }): SchemaElement => ({
    name,
    ...TYPES[type],
    repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED',
  }));
  const dictionary = columns.map(({ name, unit, meaning, source }) => ({ name, unit, meaning, source }));
  const file = new ParquetWriter({
    writer: new Chunks(sink),
    schema: [{ name: 'root', num_children: columns.length }, ...elements],
    kvMetadata: [{ key: 'columns', value: JSON.stringify(dictionary) }],
    createdBy: 'whyred',
  });
  let group: Values[] = [];
  const flush = (): void => {
    if (group.length === 0) return;
    const columnData = columns.map((column, i) => ({
      name: column.name,
      data: group.map((values) => stored(values[i] ?? null, column)),
    }));
    // Groups are written as they come: the writer below us has nothing to wait for.
    void file.write({ columnData, rowGroupSize: GROUP });
    group = [];
  };
  return {
    write: (rows) => {
      for (const row of rows) {
        group.push(row);
        if (group.length === GROUP) flush();
      }
    },
    end: () => {
      flush();
      void file.finish();
    },
  };
}

const stored = (value: Value, { type }: ColumnFacts): Value | Date =>
  type === 'time' && typeof value === 'number' ? new Date(value) : value;
