// npm run eval:grids: alarms, detection and location on recorded rows, with the baselines beside them, on jobs that
// nothing was tuned on.
import { shareOf } from '../src/grids/beta.ts';
import { isBroken } from '../src/grids/broken.ts';
import type { RowClass } from '../src/grids/findings.ts';
import { countAlarms } from './grids/alarms.ts';
import { alertedRows } from './grids/alerts.ts';
import { detected } from './grids/detection.ts';
import { DETECTORS } from './grids/detectors.ts';
import { BREAKS, GROUPS, rowsOf } from './grids/injections.ts';
import { locate, type Located } from './grids/location.ts';
import { flakeRates } from './grids/made/rates.ts';
import { madeReport } from './grids/made/report.ts';
import { loadSeries, type Series } from './grids/series.ts';
import { recordedData } from './mirror.ts';

const SEED = 20_261_124;
const ROWS_A_GROUP = 2_000;
const AFTER_RUNS = [3, 5, 8, 12];
const CURVE = [3.3, 3.6, 3.9, 4.3, 4.7];

const TOLD = new Set<RowClass>(['regression', 'consistently failing', 'never passed']);
const ALSO_TOLD = new Set<RowClass>([...TOLD, 'likely regression', 'new test failing']);

const shared = recordedData();
if (shared === null) console.log('eval:grids skipped: no recorded data beside the project');
else evaluate(shared, loadSeries(shared, process.argv.includes('--tuning')));

function evaluate(folder: string, rows: readonly Series[]): void {
  console.log(`${rows.length} rows with at least 25 results, seed ${SEED}\n`);
  alarms(rows);
  detection(rows);
  curve(rows);
  location(rows);
  alerts(folder);
  for (const line of madeReport(flakeRates(folder))) console.log(line);
}

function alarms(rows: readonly Series[]): void {
  console.log('Alarm episodes per million test runs');
  console.log(`${'rule'.padEnd(24)}${['real', 'shuffled', 'masked'].map((name) => name.padStart(10)).join('')}`);
  for (const detector of DETECTORS) {
    const { real, shuffled: mixed, masked } = countAlarms(rows, detector, SEED);
    console.log(
      `${detector.name.padEnd(24)}${[real, mixed, masked].map((value) => value.toFixed(1).padStart(10)).join('')}`,
    );
  }
  console.log('bars: masked at most 40, shuffled at most 5\n');
}

function detection(rows: readonly Series[]): void {
  console.log('Breaks seen, at the last run / at any run since (share of rows)');
  console.log(`${''.padEnd(34)}${DETECTORS.map(({ name }) => name.slice(0, 16).padStart(18)).join('')}`);
  for (const group of GROUPS) {
    const chosen = rowsOf(rows, group, ROWS_A_GROUP, SEED);
    for (const kind of BREAKS)
      for (const runs of AFTER_RUNS) {
        const shares = DETECTORS.map((detector) => {
          const { now, ever, n } = detected(chosen, detector, kind, runs, SEED);
          return `${(now / n).toFixed(2)} / ${(ever / n).toFixed(2)}`.padStart(18);
        });
        console.log(`${group.name.padEnd(13)}${kind.name.padEnd(13)}${`${runs} runs`.padEnd(8)}${shares.join('')}`);
      }
    console.log(`  n = ${chosen.length}`);
  }
  console.log('bars: q = .7 within 8 runs, at any run: .90 on rows under 5 %, .80 on rows of 5 to 20 %\n');
}

/** What another bar of the odds would cost and bring: no bar holds all four figures with room to spare. */
function curve(rows: readonly Series[]): void {
  const [, rare, noisy] = GROUPS.map((group) => rowsOf(rows, group, ROWS_A_GROUP, SEED));
  const hard = BREAKS.find(({ name }) => name === 'q = .7');
  if (!rare || !noisy || !hard) return;
  console.log('The bar of the odds: shuffled, masked, and q = .7 seen within 8 runs on rows under 5 %, of 5 to 20 %');
  for (const bar of CURVE) {
    const detector = { name: '', says: (failed: readonly boolean[]) => isBroken(failed, bar) };
    const { shuffled, masked } = countAlarms(rows, detector, SEED);
    const share = (group: readonly (readonly boolean[])[]): string => {
      const { ever, n } = detected(group, detector, hard, 8, SEED);
      return (ever / n).toFixed(3);
    };
    console.log(`  ${bar.toFixed(2)}  ${shuffled.toFixed(1)}  ${masked.toFixed(1)}  ${share(rare)}  ${share(noisy)}`);
  }
  console.log('');
}

function location(rows: readonly Series[]): void {
  console.log('Where the break came in: 95 % set of whyred, LUCI’s 99 % range beside it');
  for (const group of GROUPS) {
    const chosen = rowsOf(rows, group, ROWS_A_GROUP, SEED);
    const all = BREAKS.map((kind) => ({ name: kind.name, found: locate(chosen, kind, SEED) }));
    for (const { name, found } of all) line(group.name, name, found);
    line(group.name, 'all', total(all.map(({ found }) => found)));
  }
  console.log('bars: coverage at least .93 in every group at no more than .60 of the width');
}

function alerts(folder: string): void {
  const { hard, others, single } = alertedRows(folder);
  const n = [...hard.values()].reduce((sum, one) => sum + one, 0);
  const share = (names: ReadonlySet<RowClass>): string => {
    const told = [...hard].reduce((sum, [name, one]) => sum + (names.has(name) ? one : 0), 0);
    return `${told} of ${n}, ${((100 * told) / n).toFixed(1)} %`;
  };
  console.log(
    `\nRows with a TestGrid alert that fail in each of the newest three testable runs (${others} others do not)`,
  );
  for (const [name, one] of [...hard].sort((a, b) => b[1] - a[1])) console.log(`  ${name.padEnd(26)}${one}`);
  console.log(`regression, consistently failing or never passed: ${share(TOLD)} (bar 99 %)`);
  console.log(`with likely regressions and new tests failing:    ${share(ALSO_TOLD)}`);
  console.log(`rows with one failure that are called flaky: ${single.flaky} of ${single.n} (bar 0)\n`);
}

function line(group: string, kind: string, { n, covered, width, luciCovered, luciWidth, exact }: Located): void {
  const { low, high } = shareOf(covered, n);
  console.log(
    `${group.padEnd(13)}${kind.padEnd(13)}n ${String(n).padStart(5)}  covered ${(covered / n).toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})  ` +
      `width ${(width / n).toFixed(1).padStart(5)}  LUCI ${(luciCovered / n).toFixed(3)} ${(luciWidth / n).toFixed(1).padStart(5)}  ` +
      `ratio ${(width / luciWidth).toFixed(2)}  best guess exact ${(exact / n).toFixed(2)}`,
  );
}

function total(parts: readonly Located[]): Located {
  const sum = (of: keyof Located): number => parts.reduce((all, part) => all + part[of], 0);
  return {
    n: sum('n'),
    covered: sum('covered'),
    width: sum('width'),
    luciCovered: sum('luciCovered'),
    luciWidth: sum('luciWidth'),
    exact: sum('exact'),
  };
}
