import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeTable } from '../../src/grids/decode.ts';
import { describeRecorded } from '../support/recorded.ts';

interface Entry {
  readonly kind: string;
  readonly file: string;

  readonly statuses: Record<string, number>;
}

describeRecorded('recorded tables', (shared) => {
  const folder = join(shared, 'data/testgrid');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Entry[];
  const tables = manifest.filter(({ kind }) => kind === 'table');

  it('are 471', () => {
    expect(tables).toHaveLength(471);
  });

  it(
    'decode with the cells per status that the manifest counts, and without a corrupt row',
    { timeout: 120_000 },
    () => {
      for (const { file, statuses: cells } of tables) {
        const json: unknown = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());

        const grid = decodeTable(json, { dashboard: 'd', tab: 't' });

        const counts: Record<string, number> = {};
        for (const { statuses } of grid.rows) for (const code of statuses) counts[code] = (counts[code] ?? 0) + 1;
        expect(grid.corrupt, file).toEqual([]);
        expect(counts, file).toEqual(cells);
      }
    },
  );
});
