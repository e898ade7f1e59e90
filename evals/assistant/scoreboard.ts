// The one table of the evals, and their ratchet: a figure that misses its bar, falls below its committed score or is no
// longer measured makes the run fail. A better figure is written down and is the score from then on.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { z } from 'zod';
import { recordedData } from '../mirror.ts';
import { meets, type Figure } from './figures.ts';

const SCORES = join(import.meta.dirname, '../scores.json');
const README = join(import.meta.dirname, '../../README.md');
const BLOCK = /(<!-- scores: [^>]{1,80}-->\n\n)[^]*?(\n\n<!-- end of scores -->)/;
/** Scores are written to four digits. */
const EXACT = 1e-6;
/** Figures over data that is not the project's: missing where it is. */
const RECORDED = 'recorded-';

const Scores = z.record(z.string(), z.strictObject({ value: z.number(), n: z.int() }));
type Scores = z.infer<typeof Scores>;

/** What is wrong with the figures beside the committed scores, a line each. */
export function faultsOf(figures: readonly Figure[], scores: Scores, isWhole: boolean, hasRecorded: boolean): string[] {
  const known = new Set(figures.map(({ id }) => id));
  const lost = Object.keys(scores).filter((id) => !known.has(id) && (hasRecorded || !id.startsWith(RECORDED)));
  return [
    ...figures.filter((figure) => !meets(figure)).map(({ name }) => `${name}: misses its bar`),
    ...figures
      .filter((figure) => hasFallen(figure, scores))
      .map(({ id, name, value }) => {
        const was = scores[id];
        return `${name}: ${round(value)} where ${round(was?.value ?? 0)} is committed (n ${was?.n ?? 0})`;
      }),
    ...(isWhole ? lost.map((id) => `${id}: is no longer measured`) : []),
  ];
}

/** Worse than its score by more than its slack; or over fewer cases, which would make it easier. */
function hasFallen({ id, value, n, better, slack }: Figure, scores: Scores): boolean {
  const was = scores[id];
  if (!was || better === null) return false;
  const least = was.value * (better === 'higher' ? 1 - slack : 1 + slack);
  const now = round(value);
  return n < was.n || (better === 'higher' ? now < least - EXACT : now > least + EXACT);
}

/** The scores with what is new or better. */
export function raised(figures: readonly Figure[], scores: Scores): Scores {
  const next = figures.map(({ id, value, n, better }): [string, Scores[string]] => {
    const was = scores[id];
    const isBetter =
      !was || better === null || n > was.n || (better === 'higher' ? value > was.value : value < was.value);
    return [id, isBetter ? { value: round(value), n } : was];
  });
  return Object.fromEntries([...Object.entries(scores), ...next]);
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function shown({ kind, value, n, interval, bar, better }: Figure): string[] {
  const number = (one: number): string =>
    kind === 'share' ? `${(100 * one).toFixed(1)} %` : one.toLocaleString('en', { maximumFractionDigits: 1 });
  const percent = (one: number): string => `${(100 * one).toFixed(one > 0 && one < 0.01 ? 2 : 1)} %`;
  const sign = better === 'lower' ? '≤' : '≥';
  return [
    number(value),
    String(n),
    interval === null ? '' : `${percent(interval[0])} to ${percent(interval[1])}`,
    bar === null ? '' : kind !== 'share' && bar === 0 ? '0' : `${sign} ${number(bar)}`,
  ];
}

/** The table, for a terminal and for the README alike. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    ...shown(figure),
    figure.bar === null ? '' : meets(figure) ? 'ok' : 'NOT',
  ]);
  const all = [['figure', 'value', 'n', '95 % interval', 'bar', ''], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(3, ...all.map((row) => row[i]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (i === 0 || i > 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 || i > 3 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(all[0] ?? []), rule, ...all.slice(1).map(line)].join('\n');
}

/** Vitest calls it with what the tests told. */
export default class Scoreboard implements Reporter {
  #isNamed = false;

  onInit({ config: { testNamePattern } }: Vitest): void {
    this.#isNamed = testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    const ordered = [...modules].sort((a, b) => orderOf(a) - orderOf(b));
    const figures = ordered.flatMap((module) =>
      Array.from(module.children.allTests()).flatMap((test) => test.meta().figures ?? []),
    );
    if (figures.length === 0) return;
    const isWhole =
      !this.#isNamed && modules.length >= globSync('**/*.eval.ts', { cwd: join(import.meta.dirname, '..') }).length;
    const scores = existsSync(SCORES) ? Scores.parse(JSON.parse(readFileSync(SCORES, 'utf8'))) : {};
    const faults = faultsOf(figures, scores, isWhole, recordedData() !== null);
    console.log(`\n${tableOf(figures)}\n`);
    for (const fault of faults) console.log(`✗ ${fault}`);
    if (faults.length > 0 || reason !== 'passed') {
      process.exitCode = 1;
      return;
    }
    if (!isWhole) return;
    writeFileSync(SCORES, `${JSON.stringify(raised(figures, scores), null, 2)}\n`);
    // With all figures there are: without the recorded data the table would lack some.
    if (recordedData() !== null)
      writeFileSync(
        README,
        readFileSync(README, 'utf8').replace(BLOCK, (_, begin: string, end: string) => begin + tableOf(figures) + end),
      );
    console.log(`Nothing fell; scores are in ${relative(process.cwd(), SCORES)}.`);
  }
}

const ORDER = ['no-model', 'rca', 'recorded', 'characters', 'injection', 'secrets'];
const orderOf = ({ moduleId }: TestModule): number => ORDER.findIndex((name) => moduleId.includes(`/${name}`));
