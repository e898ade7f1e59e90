// One recorded run of each kind with the headline of its failing step's log: to be read, and corrected until right.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { oneLine } from '../../src/ci/text.ts';
import { firstFailed } from '../../src/diagnose/secondary.ts';
import { Lines } from '../../src/logs/lines.ts';
import { signatureOf } from '../../src/logs/signature.ts';
import { summarizeLog } from '../../src/logs/summarize.ts';

const MAX_KINDS = 40;
const GZIP_MAGIC = 0x1f;

const Build = z.object({
  job: z.string(),
  build_id: z.string(),
  steps: z.record(z.string(), z.object({ timestamp: z.number(), passed: z.boolean() })).optional(),
});

/** Prints up to 40 rows: the step that failed first, how many runs are of this kind, the line and why it was picked. */
export function printHeadlines(shared: string): void {
  const kinds = new Map<string, { row: string; runs: number }>();
  const root = join(shared, 'data/prow/gcs/logs');
  for (const record of readFileSync(join(shared, 'data/prow/builds.jsonl'), 'utf8').trim().split('\n')) {
    const { job, build_id, steps = {} } = Build.parse(JSON.parse(record));
    const ordered = Object.entries(steps).sort(([, a], [, b]) => a.timestamp - b.timestamp);
    const step = firstFailed(ordered.map(([name, { passed }]) => ({ name, passed })))?.name;
    const lines = step === undefined ? null : logOf(join(root, job, build_id, 'artifacts', step));
    if (step === undefined || lines === null) continue;
    const { headline, excerpts } = summarizeLog(lines, { budget: 500 });
    const text = excerpts.some(({ says }) => says.length > 0) ? (headline?.text ?? '') : '(says nothing)';
    const key = `${step} ${signatureOf(text).key}`;
    const known = kinds.get(key);
    const row = `${step}  line ${headline?.line ?? 0} of ${lines.count}  [${headline?.why ?? ''}]\n      ${oneLine(text, 180)}`;
    kinds.set(key, { row: known?.row ?? row, runs: (known?.runs ?? 0) + 1 });
  }
  const rows = [...kinds.values()].sort((a, b) => b.runs - a.runs).slice(0, MAX_KINDS);
  console.log(`${rows.length} of ${kinds.size} kinds of failing steps in the recorded runs`);
  for (const { row, runs } of rows) console.log(`${String(runs).padStart(4)} ${row}`);
}

function logOf(folder: string): Lines | null {
  const path = [join(folder, 'build-log.txt'), join(folder, 'build-log.txt.gz')].find((one) => existsSync(one));
  if (path === undefined) return null;
  const bytes = readFileSync(path);
  return new Lines(bytes[0] === GZIP_MAGIC ? gunzipSync(bytes) : bytes);
}
