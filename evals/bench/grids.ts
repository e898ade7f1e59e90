// npm run bench:grids: decode and classify the recorded tables beside JSON.parse of the same bytes, in one run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTable } from '../../src/grids/decode.ts';
import { understand } from '../../src/grids/understand.ts';
import { recordedData } from '../mirror.ts';

const ROUNDS = 5;
const LARGE = { rows: 2_200, columns: 100 };

interface Entry {
  readonly kind: string;
  readonly file: string;
}

const shared = recordedData();
if (shared === null) console.log('recorded tables skipped: no recorded data beside the project');
else recorded(shared);
large();

function recorded(folder: string): void {
  const tables = join(folder, 'data/testgrid');
  const manifest = JSON.parse(readFileSync(join(tables, 'manifest.json'), 'utf8')) as Entry[];
  const texts = manifest
    .filter(({ kind }) => kind === 'table')
    .map(({ file }) => gunzipSync(readFileSync(join(tables, file))).toString());
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const times = Array.from({ length: ROUNDS }, () => round(texts));
  const parse = median(times.map((time) => time.parse));
  const own = median(times.map((time) => time.own));
  console.log(`${texts.length} recorded tables, ${(bytes / 1e6).toFixed(0)} MB, median of ${ROUNDS} rounds`);
  console.log(`  JSON.parse         ${parse.toFixed(0).padStart(6)} ms`);
  console.log(`  decode + classify  ${own.toFixed(0).padStart(6)} ms   ${(own / parse).toFixed(2)} x (bar 1)`);
}

function round(texts: readonly string[]): { parse: number; own: number } {
  let parse = 0;
  let own = 0;
  for (const text of texts) {
    const start = performance.now();
    const json: unknown = JSON.parse(text);
    const parsed = performance.now();
    understand(decodeTable(json, { dashboard: '', tab: '' }));
    parse += parsed - start;
    own += performance.now() - parsed;
  }
  return { parse, own };
}

/** A table of many tests, one in ten of which fails now and then, one in fifty is broken. */
function large(): void {
  const { rows, columns } = LARGE;
  const code = (row: number, column: number): number =>
    row % 50 === 1 && column < 8 ? 12 : row % 10 === 0 && (row * 7 + column * 13) % 29 === 0 ? 12 : 1;
  const table = {
    changelists: Array.from({ length: columns }, (_, i) => String(2_000_000 - i)),
    timestamps: Array.from({ length: columns }, (_, i) => 1_700_000_000_000 - i * 3_600_000),
    tests: Array.from({ length: rows }, (_, row) => ({
      name: `openshift-tests.[sig-made] test ${row} should do what it says [Suite:openshift/conformance/parallel]`,
      statuses: Array.from({ length: columns }, (__, column) => ({ count: 1, value: code(row, column) })),
      messages: [],
      short_texts: [],
    })),
  };
  const times = Array.from({ length: 4 * ROUNDS }, () => {
    const start = performance.now();
    understand(decodeTable(table, { dashboard: '', tab: '' }));
    return performance.now() - start;
  });
  console.log(
    `a table of ${rows} tests by ${columns} runs: ${median(times).toFixed(0)} ms (bar 60), first ${(times[0] ?? 0).toFixed(0)} ms`,
  );
  memory(table);
}

/** Heap and buffers that the decoded grid holds, by cell; the messages belong to the parsed JSON. */
function memory(table: unknown): void {
  const held = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  globalThis.gc?.();
  const before = held();
  const grids = Array.from({ length: 10 }, () => decodeTable(table, { dashboard: '', tab: '' }));
  globalThis.gc?.();
  const cells = LARGE.rows * LARGE.columns * grids.length;
  console.log(`  memory of the decoded grid: ${((held() - before) / cells).toFixed(1)} bytes a cell`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
