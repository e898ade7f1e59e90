// Rows of recorded tables as plain series of results, split by job into what may be looked at and what is scored.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTable } from '../../src/grids/decode.ts';
import { outcomeOf } from '../../src/grids/status.ts';
import { understand, type UnderstoodGrid } from '../../src/grids/understand.ts';

/** One row: true for a failed run, oldest first. `masked` leaves out runs that are events. */
export interface Series {
  readonly all: readonly boolean[];
  readonly masked: readonly boolean[];
}

const ENOUGH = 25;

interface Entry {
  readonly kind: string;
  readonly file: string;
  readonly tab: string;
}

/** One third of the jobs may be used for tuning; only the others are scored. */
export const isForTuning = (job: string): boolean => (createHash('sha256').update(job).digest()[0] ?? 0) % 3 === 0;

/** Every recorded table, understood; of the jobs that `takes` lets through. */
export function* recordedGrids(
  shared: string,
  takes: (job: string) => boolean = () => true,
): Generator<UnderstoodGrid> {
  const folder = join(shared, 'data/testgrid');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Entry[];
  for (const { file, tab } of manifest.filter((entry) => entry.kind === 'table' && takes(entry.tab))) {
    const json: unknown = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
    yield understand(decodeTable(json, { dashboard: '', tab }));
  }
}

/** All rows with at least 25 completed results, of the scored jobs or of those for tuning. */
export function loadSeries(shared: string, tuning: boolean): Series[] {
  const series: Series[] = [];
  for (const { grid, findings } of recordedGrids(shared, (job) => isForTuning(job) === tuning)) {
    const events = new Set(findings.columns.filter((column) => column.class !== 'normal').map(({ index }) => index));
    for (const { index } of findings.rows) {
      const all: boolean[] = [];
      const masked: boolean[] = [];
      const statuses = grid.rows[index]?.statuses ?? new Uint8Array();
      for (let c = statuses.length - 1; c >= 0; c -= 1) {
        const outcome = outcomeOf(statuses[c] ?? 0);
        if (outcome !== 'pass' && outcome !== 'fail' && outcome !== 'flaky') continue;
        all.push(outcome === 'fail');
        if (!events.has(c)) masked.push(outcome === 'fail');
      }
      if (all.length >= ENOUGH) series.push({ all, masked });
    }
  }
  return series;
}

/** A small seeded generator (mulberry32), so that every figure can be made again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = items.slice();
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
