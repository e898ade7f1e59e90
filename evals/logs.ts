// npm run eval:logs: how much of what a person marked in a log the summary keeps, at five budgets, beside baselines.
// `-- --tuning` prints the part to tune on; what is scored is the rest. `-- --headlines`: recorded Prow runs, to be read.
import { recordedData } from './mirror.ts';
import { readCiDiff, readGithubActions, readLogChunks, type LabelledLog } from './logs/data.ts';
import { printHeadlines } from './logs/headlines.ts';
import { keepAdded, keepNovel, keepUnseen, METHODS, OURS, type Kept } from './logs/methods.ts';

const BUDGETS = [300, 500, 1000, 2000, 4000];
const isTuning = process.argv.includes('--tuning');

function evaluate(shared: string): void {
  const part = isTuning ? 'tuning' : 'scored';
  const chunks = readLogChunks(shared)[part];
  printBudgets(`LogChunks, ${part} part: ${chunks.length} logs of ${repositories(chunks)} repositories`, chunks);
  const pairs = readCiDiff(shared)[part];
  printPairs(`\ncidiff, ${part} part: ${pairs.length} pairs of ${repositories(pairs)} repositories`, pairs);
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

function printPairs(title: string, pairs: readonly LabelledLog[]): void {
  console.log(`${title}\n${'precision / recall / F1 of error lines'.padStart(51)}`);
  console.log(''.padEnd(22) + ['unbudgeted', ...BUDGETS.map(String)].map((head) => head.padEnd(16)).join(''));
  const row = (name: string, keeps: readonly (((log: LabelledLog) => Kept) | null)[]): void => {
    const cells = keeps.map((keep) => (keep ? prf(pairs.map((log) => ({ log, kept: keep(log) }))) : ''));
    console.log(name.padEnd(22) + cells.map((cell) => cell.padEnd(16)).join(''));
  };
  row('comparison', [keepAdded]);
  row('set difference', [keepUnseen]);
  row('whyred with passing', [null, ...BUDGETS.map((tokens) => (log: LabelledLog) => keepNovel(log, tokens))]);
  for (const { name, keep } of METHODS)
    row(name, [null, ...BUDGETS.map((tokens) => (log: LabelledLog) => keep(log, tokens))]);
}

/** Means over the logs; blank lines that were kept are no mistakes. */
function prf(all: readonly { log: LabelledLog; kept: Kept }[]): string {
  const figures = all.map(({ log, kept }) => {
    const right = found(log, kept);
    const said = [...kept.lines].filter((line) => log.lines.text(line).trim() !== '').length;
    const precision = said === 0 ? 0 : right / said;
    const share = right / log.truth.size;
    return { precision, share, f1: right === 0 ? 0 : (2 * precision * share) / (precision + share) };
  });
  const means = [figures.map((f) => f.precision), figures.map((f) => f.share), figures.map((f) => f.f1)].map(mean);
  return means.map((value) => value.toFixed(2).replace(/^0/, '')).join(' ');
}

function printGithubActions(logs: readonly LabelledLog[]): void {
  const picked = logs.map((log) => inside(log, OURS.keep(log, 1000)));
  console.log(`\nGitHub Actions: headline is the winning line in ${picked.filter(Boolean).length} of ${logs.length}`);
}

const shared = recordedData();
if (shared === null) console.log('eval:logs skipped: no recorded data beside the project');
else if (process.argv.includes('--headlines')) printHeadlines(shared);
else evaluate(shared);
