// npm run eval:steps: over every recorded run with a known failing step, is the step we name the one that failed
// first, and is every quote byte for byte in its artifact at its lines?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Evidence } from '../src/ci/evidence.ts';
import { sha256 } from '../src/ci/evidence.ts';
import { investigate } from '../src/diagnose/investigate.ts';
import { shareOf } from '../src/grids/beta.ts';
import { memoryCache } from '../src/sources/cache.ts';
import { parseConfig } from '../src/sources/config.ts';
import { createSources } from '../src/sources/sources.ts';
import { recordedData, startMirror } from './mirror.ts';

interface RecordedRun {
  readonly build_id: string;
  readonly job: string;
  readonly url: string;
  readonly steps?: Record<string, { timestamp: number; passed: boolean }>;
}

interface Outcome {
  readonly run: RecordedRun;
  readonly truth: string;
  readonly named: string | null;
  readonly message: string;
  readonly quotes: number;
  readonly wrong: readonly string[];
}

const shared = recordedData();
if (shared === null) console.log('eval:steps skipped: no recorded data beside the project');
else process.exitCode = await evaluate(shared);

async function evaluate(shared: string): Promise<number> {
  const recorded = readFileSync(join(shared, 'data/prow/builds.jsonl'), 'utf8').trim().split('\n');
  const runs = recorded.map((line) => JSON.parse(line) as RecordedRun).filter((run) => firstFailed(run) !== null);
  const mirror = await startMirror(shared);
  const sources = createSources({
    config: parseConfig({}, mirror.url),
    cache: memoryCache(),
    clock: Date.now,
  });
  const artifacts = new Map<string, Promise<Buffer>>();
  const read = (bucket: string, object: string): Promise<Buffer> => {
    const url = `${mirror.url}/gcs/${bucket}/${object}`;
    const known = artifacts.get(url) ?? fetch(url).then(async (response) => Buffer.from(await response.arrayBuffer()));
    artifacts.set(url, known);
    return known;
  };
  try {
    const one = pLimit(4);
    const outcomes = await Promise.all(
      runs.map((run) =>
        one(async (): Promise<Outcome> => {
          const { failures, evidence } = await investigate(run.url, { sources, clock: Date.now });
          const checked = await Promise.all(
            evidence.map(async (item) => ((await isExact(item, read)) ? null : item.id)),
          );
          const inBucket = evidence.filter(({ source }) => source.bucket !== null).length;
          const cause = failures[0];
          const wrong = checked.filter((id) => id !== null);
          return {
            run,
            truth: firstFailed(run) ?? '',
            named: cause?.step ?? null,
            message: cause?.message ?? '',
            quotes: inBucket,
            wrong,
          };
        }),
      ),
    );
    return report(outcomes);
  } finally {
    await sources.close();
    await mirror.stop();
  }
}

/** The step that failed first by its own finished.json. */
function firstFailed({ steps = {} }: RecordedRun): string | null {
  const failed = Object.entries(steps).filter(([, { passed }]) => !passed);
  failed.sort(([, a], [, b]) => a.timestamp - b.timestamp);
  return failed[0]?.[0] ?? null;
}

/** True when the quote stands in the artifact exactly at its lines (anywhere, for evidence without lines). */
async function isExact(item: Evidence, read: (bucket: string, object: string) => Promise<Buffer>): Promise<boolean> {
  const { source, lines, quote } = item;
  if (sha256(quote) !== item.sha256) return false;
  if (source.bucket === null) return true;
  const bytes = await read(source.bucket, source.object);
  if (lines === null) return bytes.includes(quote);
  const parts = bytes
    .toString('latin1')
    .split('\n')
    .slice(lines.from - 1, lines.to);
  const there = Buffer.from(parts.join('\n'), 'latin1');
  return item.kind === 'junit-case' ? there.includes(quote) : there.equals(Buffer.from(quote));
}

function report(outcomes: readonly Outcome[]): number {
  const right = outcomes.filter(({ truth, named }) => truth === named).length;
  const quotes = outcomes.reduce((sum, outcome) => sum + outcome.quotes, 0);
  const wrong = outcomes.reduce((sum, outcome) => sum + outcome.wrong.length, 0);
  const { low, high } = shareOf(right, outcomes.length);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  for (const { run, truth, named } of outcomes)
    if (truth !== named) console.log(`wrong step  ${run.job}/${run.build_id}: ${String(named)} instead of ${truth}`);
  for (const { run, wrong: ids } of outcomes)
    if (ids.length > 0) console.log(`wrong quote ${run.job}/${run.build_id}: ${ids.join(' ')}`);
  if (process.argv.includes('--messages'))
    for (const { run, named, message } of outcomes) console.log(`${run.build_id} ${String(named)}: ${message}`);
  console.log(
    `first failed step named: ${right} of ${outcomes.length} (${percent(right / outcomes.length)}, 95 % interval ${percent(low)} to ${percent(high)}); bar 97 %`,
  );
  console.log(`quotes byte-exact:       ${quotes - wrong} of ${quotes}; bar 100 %`);
  return right / outcomes.length >= 0.97 && wrong === 0 ? 0 : 1;
}
