// What writes rows of a table, whatever the format.
import type { ColumnFacts, Value, Values } from '../table.ts';

/** Takes what is written, piece by piece: text, or bytes of a binary format. */
export type Sink = (chunk: string | Uint8Array) => void;

export interface TableWriter {
  write(rows: Iterable<Values>): void;
  /** Must be called once, after the last rows. */
  end(): void;
}

/** Characters after which text is handed on. */
const CHUNK = 65_536;

/** A writer of a line-wise format: `head` once, then a line a row. */
export function lineWriter(sink: Sink, head: string, line: (values: Values) => string): TableWriter {
  let text = head;
  const flush = (): void => {
    if (text !== '') sink(text);
    text = '';
  };
  return {
    write: (rows) => {
      for (const row of rows) {
        text += line(row);
        if (text.length > CHUNK) flush();
      }
    },
    end: flush,
  };
}

/** A value as text formats have it: times are ISO 8601, UTC. */
export const plain = (value: Value, { type }: ColumnFacts): Value =>
  type === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value;
