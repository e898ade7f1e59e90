import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuck, type Duck } from '../../../evals/export/duckdb.ts';
import { roundTrip } from '../../../evals/export/round-trip.ts';
import { decodeTable } from '../../../src/grids/decode.ts';
import { understand } from '../../../src/grids/understand.ts';
import { createWorld } from '../../../src/sources/demo/world.ts';
import { TABLES } from '../../../src/tables/all.ts';
import { parquetWriter } from '../../../src/tables/formats/parquet.ts';
import type { ColumnFacts, ColumnType, Values } from '../../../src/tables/table.ts';
import { gridC } from '../../support/golden.ts';
import { describeRecorded } from '../../support/recorded.ts';
import { tabOf } from '../../support/tables.ts';

let duck: Duck;
let folder = '';
beforeAll(async () => {
  duck = await openDuck();
  folder = mkdtempSync(join(tmpdir(), 'whyred-parquet-'));
});
afterAll(() => {
  duck.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(columns: readonly ColumnFacts[], rows: Iterable<Values>): string {
  const chunks: Uint8Array[] = [];
  const writer = parquetWriter(columns, (chunk) => chunks.push(Buffer.from(chunk)));
  writer.write(rows);
  writer.end();
  const path = join(folder, 'table.parquet');
  writeFileSync(path, Buffer.concat(chunks));
  return path;
}

const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  integer: 'INTEGER',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  json: 'JSON',
};

describe('Parquet, read back by DuckDB', () => {
  it.each(TABLES.map((table) => [table.name, table] as const))('has the types and values of %s', async (_, table) => {
    const expected = [...table.open().of(tabOf(gridC()))];
    const path = write(table.columns, expected);
    const types = await duck.query(`describe select * from '${path}'`);
    const { names, rows } = await duck.query(`select * from '${path}'`);

    expect(names).toEqual(table.columns.map(({ name }) => name));
    expect(types.rows.map(([, type]) => type)).toEqual(table.columns.map(({ type }) => TYPES[type]));
    expect(rows).toEqual(
      expected.map((values) =>
        values.map((value, i) => {
          const type = table.columns[i]?.type;
          if (value === null) return null;
          return type === 'time' ? new Date(Number(value)) : type === 'json' ? JSON.stringify(value) : value;
        }),
      ),
    );
  });

  it('has the rows of several groups, texts that repeat once a group, and what the columns mean', async () => {
    const [table] = TABLES;
    const [row] = table?.open().of(tabOf(gridC())) ?? [];
    const path = write(
      table?.columns ?? [],
      Array.from({ length: 70_000 }, () => row ?? []),
    );
    const groups = await duck.query(
      `select row_group_num_rows, encodings, total_compressed_size from parquet_metadata('${path}') where path_in_schema = 'test'`,
    );
    const kept = await duck.query(`select decode(value) from parquet_kv_metadata('${path}')`);

    expect((await duck.query(`select count(*) from '${path}'`)).rows).toEqual([[70_000n]]);
    expect(groups.rows).toHaveLength(3);
    for (const [, encodings, size] of groups.rows) {
      expect(encodings).toContain('DICTIONARY');
      expect(Number(size)).toBeLessThan(1_000);
    }
    expect(JSON.parse(kept.rows[0]?.[0] as string)).toMatchObject([
      { name: 'dashboard', meaning: 'TestGrid dashboard.' },
      ...Array.from({ length: 12 }, () => ({})),
    ]);
  });

  it('is a table without rows for a grid without runs', async () => {
    const empty = understand(decodeTable({ tests: [], timestamps: [] }, { dashboard: 'd', tab: 't' }));

    expect(await roundTrip(empty, join(folder, 'grid.parquet'), duck)).toMatchObject({ cells: 0, differences: [] });
  });

  it('is every grid of the demo world, cell for cell', async () => {
    const world = createWorld({ seed: 1 });
    for (const { dashboard, tab } of world.scenarios.filter(({ tab }) => tab !== '')) {
      const url = new URL(`http://demo/testgrid/${dashboard}/table?tab=${encodeURIComponent(tab)}`);
      const table: unknown = JSON.parse(world.answer('GET', url, {}).body.toString());
      const trip = await roundTrip(
        understand(decodeTable(table, { dashboard, tab })),
        join(folder, 'grid.parquet'),
        duck,
      );

      expect(trip.differences, tab).toEqual([]);
      expect(trip.cells, tab).toBeGreaterThan(100);
    }
  });
});

interface Entry {
  readonly kind: string;
  readonly file: string;
  readonly statuses: Readonly<Record<string, number>>;
}

describeRecorded('recorded grids as Parquet (all of them: npm run eval:export)', (shared) => {
  const recorded = join(shared, 'data/testgrid');
  const manifest = JSON.parse(readFileSync(join(recorded, 'manifest.json'), 'utf8')) as Entry[];
  const cellsOf = ({ statuses }: Entry): number => Object.values(statuses).reduce((sum, count) => sum + count, 0);
  const small = manifest.filter((entry) => entry.kind === 'table' && cellsOf(entry) < 40_000);

  it('are the same cell for cell when DuckDB has read them back', { timeout: 60_000 }, async () => {
    for (const { file, statuses } of small.filter((_, i) => i % 40 === 7)) {
      const json: unknown = JSON.parse(gunzipSync(readFileSync(join(recorded, file))).toString());
      const trip = await roundTrip(
        understand(decodeTable(json, { dashboard: 'd', tab: 't' })),
        join(folder, 'grid.parquet'),
        duck,
      );
      const codes = Object.entries(statuses).filter(([code]) => code !== '0');

      expect(trip.differences, file).toEqual([]);
      expect(Object.fromEntries(trip.codes), file).toEqual(Object.fromEntries(codes));
    }
  });
});
