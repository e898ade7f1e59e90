// npm run eval:export: every recorded table written as Parquet and read back by DuckDB; time, size and memory beside.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTable } from '../src/grids/decode.ts';
import { understand } from '../src/grids/understand.ts';
import { openDuck } from './export/duckdb.ts';
import { roundTrip } from './export/round-trip.ts';
import { recordedData } from './mirror.ts';

interface Entry {
  readonly kind: string;
  readonly file: string;
  readonly tab: string;
  /** Cells by result code, counted when the table was recorded. */
  readonly statuses: Readonly<Record<string, number>>;
}

const shared = recordedData();
if (shared === null) {
  console.log('skipped: no recorded data beside the project');
  process.exit(0);
}
const recorded = join(shared, 'data/testgrid');
const manifest = JSON.parse(readFileSync(join(recorded, 'manifest.json'), 'utf8')) as Entry[];
const folder = mkdtempSync(join(tmpdir(), 'whyred-export-'));
const duck = await openDuck();
const sums = { tables: 0, cells: 0, bytes: 0, zipped: 0, ms: 0 };
const wrong: string[] = [];
try {
  for (const { file, tab, statuses } of manifest.filter(({ kind }) => kind === 'table')) {
    const zipped = readFileSync(join(recorded, file));
    const json: unknown = JSON.parse(gunzipSync(zipped).toString());
    const trip = await roundTrip(
      understand(decodeTable(json, { dashboard: 'd', tab })),
      join(folder, 'grid.parquet'),
      duck,
    );
    wrong.push(...trip.differences.map((difference) => `${file}: ${difference}`));
    for (const [code, count] of Object.entries(statuses))
      if (code !== '0' && trip.codes.get(Number(code)) !== count)
        wrong.push(`${file}: ${trip.codes.get(Number(code)) ?? 0} cells of result ${code}, recorded were ${count}`);
    sums.tables += 1;
    sums.cells += trip.cells;
    sums.bytes += trip.bytes;
    sums.zipped += zipped.length;
    sums.ms += trip.ms;
  }
} finally {
  duck.close();
  rmSync(folder, { recursive: true, force: true });
}
const each = (n: number, of: number): string => (n / of).toFixed(2);
console.log(
  `${sums.tables} tables, ${sums.cells} cells: ${wrong.length === 0 ? 'all as in the grid' : 'NOT as in the grid'}`,
);
for (const one of wrong.slice(0, 20)) console.log(`  ${one}`);
console.log(`written at ${Math.round(sums.cells / sums.ms)} cells a millisecond`);
console.log(
  `${each(sums.bytes, sums.cells)} bytes a cell; ${each(sums.bytes, sums.zipped)} times the recorded tables in gzip`,
);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, DuckDB in it`);
process.exitCode = wrong.length === 0 ? 0 : 1;
