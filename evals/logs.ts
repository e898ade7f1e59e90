// npm run eval:logs: how much of what a person marked in a log the summary keeps, at five budgets, beside baselines.
// `-- --tuning` prints the part to tune on, `-- --misses` what each method of ours missed there; the rest is scored.
import { recordedData } from './mirror.ts';
import { readCiDiff, readGithubActions, readLogChunks, type LabelledLog } from './logs/data.ts';
import { METHODS, type Kept } from './logs/methods.ts';

const BUDGETS = [300, 500, 1000, 2000, 4000];
const isTuning = process.argv.includes('--tuning');

function evaluate(shared: string): void {
  const part = isTuning ? 'tuning' : 'scored';
  const chunks = readLogChunks(shared)[part];
  printBudgets(`LogChunks, ${part} part: ${chunks.length} logs of ${repositories(chunks)} repositories`, chunks);
  const pairs = readCiDiff(shared)[part];
  console.log(`\ncidiff, ${part} part: ${pairs.length} pairs of ${repositories(pairs)} repositories`);
  if (!isTuning) printGithubActions(readGithubActions(shared));
}

const repositories = (logs: readonly LabelledLog[]): number => new Set(logs.map(({ repository }) => repository)).size;

function printBudgets(title: string, logs: readonly LabelledLog[]): void {
  console.log(`${title}\n${'any line / recall / whole chunk / headline inside'.padStart(60)}`);
  console.log(''.padEnd(12) + BUDGETS.map((tokens) => String(tokens).padEnd(24)).join(''));
  for (const { name, keep } of METHODS) {
    const cells = BUDGETS.map((tokens) => {
      const kept = logs.map((log) => ({ log, kept: keep(log, tokens) }));
      const figures = [any, recall, whole, inside].map((figure) => mean(kept.map((one) => figure(one.log, one.kept))));
      return figures
        .map((value) => value.toFixed(2).replace(/^0/, ''))
        .join(' ')
        .padEnd(24);
    });
    console.log(name.padEnd(12) + cells.join(''));
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const found = (log: LabelledLog, kept: Kept): number => [...log.truth].filter((line) => kept.lines.has(line)).length;
const any = (log: LabelledLog, kept: Kept): number => Number(found(log, kept) > 0);
const recall = (log: LabelledLog, kept: Kept): number => found(log, kept) / log.truth.size;
const whole = (log: LabelledLog, kept: Kept): number => Number(found(log, kept) === log.truth.size);
const inside = (log: LabelledLog, kept: Kept): number => Number(kept.headline !== null && log.truth.has(kept.headline));

function printGithubActions(logs: readonly LabelledLog[]): void {
  const picked = logs.map((log) => inside(log, METHODS[0]!.keep(log, 1000)));
  console.log(`\nGitHub Actions: headline is the winning line in ${picked.filter(Boolean).length} of ${logs.length}`);
}

const shared = recordedData();
if (shared === null) console.log('eval:logs skipped: no recorded data beside the project');
else evaluate(shared);
