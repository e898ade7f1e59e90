// A grid written as Parquet, read back by DuckDB, and compared with the grid itself, cell for cell.
import { closeSync, openSync, writeSync } from 'node:fs';
import { safeText } from '../../src/ci/text.ts';
import { cellText, type Grid } from '../../src/grids/grid.ts';
import type { UnderstoodGrid } from '../../src/grids/understand.ts';
import { grid as table } from '../../src/tables/grid.ts';
import { parquetWriter } from '../../src/tables/formats/parquet.ts';
import type { Duck } from './duckdb.ts';

export interface RoundTrip {
  readonly cells: number;
  readonly bytes: number;
  /** Milliseconds to make and write the table, without reading it back. */
  readonly ms: number;
  /** Cells by result code, as DuckDB counts them. */
  readonly codes: ReadonlyMap<number, number>;
  /** Where the grid and what was read differ, in words; at most ten. */
  readonly differences: readonly string[];
}

const READ = ['test', 'build', 'started', 'result', 'message', 'icon'] as const;
const MOST = 10;

/** Writes the grid to `path` and reads it back. Of a grid without runs or tests the file has no rows. */
export async function roundTrip(understood: UnderstoodGrid, path: string, duck: Duck): Promise<RoundTrip> {
  const { bytes, ms } = write(understood, path);
  const codes = new Map<number, number>();
  const differences: string[] = [];
  const expected = cellsOf(understood.grid);
  let cells = 0;
  for await (const rows of duck.stream(`select ${READ.join(', ')} from '${path}'`))
    for (const row of rows) {
      cells += 1;
      const { value: wanted } = expected.next();
      const code = Number(row[READ.indexOf('result')]);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      for (const [i, name] of READ.entries()) {
        const got = plain(row[i]);
        if (got !== wanted?.[i] && differences.length < MOST)
          differences.push(`row ${cells}, ${name}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted?.[i])}`);
      }
    }
  if (expected.next().done !== true) differences.push(`the grid has more than the ${cells} cells that were read`);
  return { cells, bytes, ms, codes, differences };
}

function write(understood: UnderstoodGrid, path: string): { bytes: number; ms: number } {
  const file = openSync(path, 'w');
  let bytes = 0;
  const from = performance.now();
  const writer = parquetWriter(table.columns, (chunk) => {
    bytes += writeSync(file, Buffer.from(chunk));
  });
  writer.write(table.open().of({ ...understood, place: { sites: null, job: null }, since: null }));
  writer.end();
  closeSync(file);
  return { bytes, ms: performance.now() - from };
}

/** The cells by the grid's own reading, past everything that makes tables. */
function* cellsOf(grid: Grid): Generator<readonly unknown[], undefined> {
  for (const row of grid.rows)
    for (const [c, { build, time }] of grid.columns.entries()) {
      const code = row.statuses[c] ?? 0;
      if (code === 0) continue;
      const { message, short } = cellText(row, c);
      yield [safeText(row.name), build, time, code, safeText(message) || null, safeText(short) || null];
    }
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);
