// One exclusive class for each test, with its reasons: from its completed results, run-level events taken out.
import { chanceOfNone, shareOf } from './beta.ts';
import { CLAIMED, isBroken, LIKELY } from './broken.ts';
import { locateRise, segmentsOf } from './changepoint.ts';
import {
  FAILING_NOW,
  type ColumnFinding,
  type RowClass,
  type RowFinding,
  type RowStats,
  type RunRef,
} from './findings.ts';
import type { Grid, Row } from './grid.ts';
import { failedInEvent, inGreenRuns, resultsOf, type Result, type RowContext } from './row-context.ts';
import { KIND, KINDS, PASSED, TROUBLE } from './status.ts';

const STREAK = 3;
/** Fewer completed results than this tell a class only where they are all failures of a new test. */
const ENOUGH = 5;
/** Runs without a result after which a test counts as gone (TestGrid's own stale threshold). */
const STALE_RUNS = 10;
/** Runs for which a test that fails from its first result on is called new. */
const NEW_RUNS = 10;
/** A run that ran at least this share of the tests of another ran about as much. */
const AS_MUCH = 0.5;
/** So many passes before, and failures in a row from three on are a regression whatever the score's prior says. */
const LONG_GREEN = 15;
/** A test that reports in less than this share of runs since it appeared reports only when it fails. */
const SPARSE = 0.4;
/** Passes in a row that a flaky test would have with a smaller chance than this say that it is flaky no more. */
const ENDED = 0.03;
/** A test has recovered when this share of its failures was one episode. */
const MOST = 0.8;

interface Judged {
  readonly class: RowClass;
  readonly confidence: number;
  readonly reason: string;
  /** Where a break is claimed: index of the result from which its position is sought. */
  readonly soughtFrom?: number;
}

/** The class of row `index`. Nothing of it depends on where the row stands. */
export function classifyRow(row: Row, index: number, context: RowContext): RowFinding {
  if ((row.codes & TROUBLE) === 0) return passingRow(row, index, context);
  const counts = countOutcomes(row.statuses);
  const results = resultsOf(row, context);
  const failed = results.map((result) => result.failed);
  const stats = statsOf(results);
  const judged =
    judgeSparse(row, counts, context) ?? ifReported(judge(results, failed, stats, context), results, context);
  const green = inGreenRuns(results, context);
  const inEvent = failedInEvent(row, context);
  const position = judged.soughtFrom === undefined ? null : locate(failed, results, judged.soughtFrom);
  const first = results[results.length - stats.in_a_row];
  const lastGood =
    stats.in_a_row > 0 ? results[results.length - stats.in_a_row - 1] : results.findLast((result) => !result.failed);
  const firstBad = stats.in_a_row > 0 ? (first?.column ?? null) : null;
  return {
    index,
    name: row.name,
    kind: context.kind,
    class: judged.class,
    confidence: Math.round(100 * judged.confidence) / 100,
    reasons: [
      judged.reason,
      ...(judged.class === 'stale' ? [] : silenceWords(missedBy(results, context))),
      ...(green.is ? [`${green.n} of its newest ${green.of} failures are in runs that passed as a whole`] : []),
      ...(inEvent > 0 ? [`failed in ${inEvent} of the newest runs, with many tests at once: a mass failure`] : []),
    ],
    stats,
    turns_red: !green.is,
    in_event: inEvent,
    first_bad: firstBad && ref(firstBad),
    best_guess: position?.best ?? null,
    set: position?.set ?? [],
    last_good: lastGood ? ref(lastGood.column) : null,
    changes: changesBetween(context.grid, lastGood?.column ?? null, firstBad),
  };
}

/** How many of the newest runs that count have no result of the row. */
const missedBy = (results: readonly Result[], { columns }: RowContext): number =>
  columns.length - 1 - (results.at(-1)?.at ?? columns.length - 1);

/** Says that a row has had no result for some runs: what it says of now may be of then. */
const silenceWords = (runs: number): string[] => (runs >= STREAK ? [`no result in the newest ${runs} runs`] : []);

/** A test that failed and has not reported for some runs is not known to fail now: it is not run any more. */
function ifReported(judged: Judged, results: readonly Result[], context: RowContext): Judged {
  const missed = missedBy(results, context);
  if (!FAILING_NOW.has(judged.class) || missed < STREAK) return judged;
  const until = context.columns.length - missed - (results[0]?.at ?? 0);
  return {
    class: 'stale',
    confidence: Math.min(0.98, 1 - chanceOfNone(results.length, until, missed)),
    reason: `no result in the newest ${missed} runs; ${judged.class} until then: ${judged.reason}`,
  };
}

interface OutcomeCounts {
  readonly pass: number;
  readonly fail: number;
  readonly flaky: number;
}

function countOutcomes(statuses: Uint8Array): OutcomeCounts {
  let pass = 0;
  let fail = 0;
  let flaky = 0;
  for (let c = 0; c < statuses.length; c += 1) {
    const kind = KINDS[statuses[c] ?? 0] ?? 0;
    if (kind === KIND.pass) pass += 1;
    else if (kind === KIND.fail) fail += 1;
    else if (kind === KIND.flaky) flaky += 1;
  }
  return { pass, fail, flaky };
}

const NO_CHANGES: RowFinding['changes'] = new Map();

/** A row that has never failed: nine in ten, so the short way. */
function passingRow({ name, statuses, codes }: Row, index: number, { kind, columns }: RowContext): RowFinding {
  const isFull = codes === (codes & PASSED);
  let runs = isFull ? columns.length : 0;
  let newest = runs - 1;
  // Index loops: a closure a cell would cost more than the cell.
  for (let at = 0; at < columns.length && !isFull; at += 1) {
    if (KINDS[statuses[columns[at]?.index ?? 0] ?? 0] !== KIND.pass) continue;
    runs += 1;
    newest = at;
  }
  const last = columns[newest];
  const missed = columns.length - 1 - newest;
  const { low, high } = shareOf(0, runs);
  const judged: Judged =
    runs > 0 && missed >= STALE_RUNS
      ? { class: 'stale', confidence: 0.98, reason: `no result in the newest ${missed} runs` }
      : runs < ENOUGH
        ? { class: 'too little data', confidence: 0.98, reason: `${runs} completed results` }
        : { class: 'passing', confidence: 1, reason: `passed in all ${runs} runs` };
  return {
    index,
    name,
    kind,
    class: judged.class,
    confidence: judged.confidence,
    reasons: [judged.reason],
    stats: {
      runs,
      passed: runs,
      failed: 0,
      flaky: 0,
      rate: { failures: 0, n: runs, low, high },
      flips: 0,
      in_a_row: 0,
      last_failed: null,
    },
    turns_red: true,
    in_event: 0,
    first_bad: null,
    best_guess: null,
    set: [],
    last_good: last ? ref(last) : null,
    changes: NO_CHANGES,
  };
}

function statsOf(results: readonly Result[]): RowStats {
  const failed = results.filter((result) => result.failed).length;
  const flaky = results.filter((result) => result.flaky).length;
  const lastPass = results.findLastIndex((result) => !result.failed);
  const { low, high } = shareOf(failed + flaky, results.length);
  const last = results.findLast((result) => result.failed || result.flaky);
  let flips = flaky;
  results.forEach((result, i) => {
    const before = results[i - 1];
    if (before && before.failed !== result.failed) flips += 1;
  });
  return {
    runs: results.length,
    passed: results.length - failed - flaky,
    failed,
    flaky,
    rate: { failures: failed + flaky, n: results.length, low, high },
    flips,
    in_a_row: results.length - 1 - lastPass,
    last_failed: last ? ref(last.column) : null,
  };
}

/**
 * A test that reports only when it fails: told from all runs, since these are often the very runs that are events, and
 * not of one that reports in each of the newest runs, which is broken now.
 */
function judgeSparse({ statuses }: Row, { pass, fail, flaky }: OutcomeCounts, { columns }: RowContext): Judged | null {
  const since = statuses.findLastIndex((code) => code !== 0) + 1;
  if (pass > 0 || flaky > 0 || fail === 0 || fail >= SPARSE * since || since < ENOUGH) return null;
  if (columns.length >= STREAK && columns.slice(-STREAK).every(({ index }) => statuses[index] !== 0)) return null;
  const reason = `reported in ${fail} of the ${since} runs since it first appeared, failed in each`;
  return { class: 'only reported on failure', confidence: 0.95, reason };
}

/** The first rule that holds, from "nothing can be said" to "nothing is wrong". */
function judge(results: readonly Result[], failed: readonly boolean[], stats: RowStats, context: RowContext): Judged {
  const { runs, in_a_row: streak } = stats;
  const first = results[0];
  const last = results.at(-1);
  if (!first || !last) return { class: 'too little data', confidence: 1, reason: 'no completed result' };
  const neverPassed = stats.failed === runs;
  if (context.columns.length - 1 - last.at >= STALE_RUNS)
    return {
      class: 'stale',
      confidence: 0.98,
      reason: `no result in the newest ${context.columns.length - 1 - last.at} runs`,
    };
  const age = context.columns.length - first.at;
  if (neverPassed && runs >= STREAK && age <= NEW_RUNS && runsBefore(first, context) >= ENOUGH)
    return {
      class: 'new test failing',
      confidence: Math.min(0.98, 0.85 + 0.02 * runs),
      reason: `first reported ${age} runs ago, and failed in all ${runs} results since`,
    };
  if (runs < ENOUGH) return { class: 'too little data', confidence: 0.98, reason: `${runs} completed results` };
  if (neverPassed)
    return {
      class: 'never passed',
      confidence: Math.min(0.99, 0.85 + 0.02 * runs),
      reason: `failed in all ${runs} completed runs of the window`,
    };
  if (stats.failed === 0 && stats.flaky === 0)
    return { class: 'passing', confidence: 1, reason: `passed in all ${runs} runs that are no event` };
  return judgeMixed(failed, stats, streak) ?? judgeFlaky(results, stats);
}

/** Runs before the first result of a row that ran about as much as that one: others are no sign that it is new. */
const runsBefore = (first: Result, { columns }: RowContext): number =>
  columns.slice(0, first.at).filter(({ tests }) => tests.ran >= AS_MUCH * first.column.tests.ran).length;

/** A row that has both passed and failed, and broke, recovered or failed once; null for one that fails now and then. */
function judgeMixed(failed: readonly boolean[], stats: RowStats, streak: number): Judged | null {
  const { runs } = stats;
  const segments = segmentsOf(failed, LIKELY);
  const last = segments.at(-1);
  const before = segments.at(-2);
  const isRaised =
    last && before && last.failures / (last.to - last.from) > before.failures / (before.to - before.from);
  if (last && before && isRaised && isFailingNow(failed, last.from) && isBroken(failed)) {
    const share = `${last.failures} of the newest ${last.to - last.from} runs failed, ${before.failures} of the ${before.to - before.from} before`;
    const isClean = before.failures === 0 && before.to - before.from >= LONG_GREEN && last.failures === streak;
    return last.score > CLAIMED || (isClean && last.to - last.from === streak)
      ? { class: 'regression', confidence: confidenceOf(last.score), reason: share, soughtFrom: before.from }
      : {
          class: 'likely regression',
          confidence: 0.6 + 0.1 * (last.score - LIKELY),
          reason: share,
          soughtFrom: before.from,
        };
  }
  if (streak >= STREAK) {
    const reason = `${streak} failures in a row now, and ${stats.failed} of ${runs} runs failed in all`;
    return { class: 'consistently failing', confidence: 0.93, reason };
  }
  if (isBroken(failed) && isFailingNow(failed, 0)) {
    const reason = `fails more often than it did: ${stats.failed} of ${runs} runs`;
    return { class: 'likely regression', confidence: 0.6, reason, soughtFrom: last?.from ?? 0 };
  }
  const episode = longestEpisode(failed);
  const after = failed.length - episode.to;
  if (episode.length >= STREAK && after >= 1 && episode.length >= MOST * (stats.failed + stats.flaky))
    return {
      class: 'recovered',
      confidence: Math.min(0.98, 0.9 + 0.01 * after),
      reason: `passes in ${after} run${after === 1 ? '' : 's'} since ${episode.length} failures in a row`,
    };
  if (stats.failed + stats.flaky === 1)
    return {
      class: 'one-off',
      confidence: failed.at(-1) === true ? 0.8 : 0.94,
      reason: `one bad run of ${runs}${failed.at(-1) === true ? ', the newest: it may be the first of more' : ''}`,
    };
  return null;
}

/**
 * A row that is bad now and then, or with every run. It is flaky no more once it has passed so often in a row that a
 * test as bad as it was, k of the n results up to its last bad one, would do so with a chance under 3 %: the posterior
 * predictive B(a, b + passes) / B(a, b) with a = k + ½, b = n - k + ½ ({@link chanceOfNone}).
 */
function judgeFlaky(results: readonly Result[], stats: RowStats): Judged {
  const { runs, passed, failed, flaky } = stats;
  const { low, high } = stats.rate;
  const until = results.findLastIndex((result) => result.failed || result.flaky) + 1;
  const chance = chanceOfNone(failed + flaky, until, runs - until);
  if (chance < ENDED)
    return {
      class: 'recovered',
      confidence: 0.8,
      reason: `passes in ${runs - until} runs since ${failed + flaky} of ${until} were bad; at that rate so many passes had a chance of ${(100 * chance).toFixed(1)} %`,
    };
  if (passed === 0 && 2 * failed >= runs) {
    const reason = `no clean pass in ${runs} runs: failed in ${failed}, passed on a retry in ${flaky}`;
    return { class: 'consistently failing', confidence: 0.8, reason };
  }
  if (passed === 0 && failed > 0) {
    const reason = `bad in each of ${runs} runs: passed on a retry in ${flaky}, failed in ${failed}`;
    return { class: 'green but flaky', confidence: 0.8, reason };
  }
  const rate = `${failed + flaky} of ${runs} runs, 95 % interval ${percent(low)} to ${percent(high)} %`;
  if (failed === 0)
    return { class: 'green but flaky', confidence: 0.97, reason: `failed and passed within a run in ${rate}` };
  return {
    class: 'flaky',
    confidence: flakyConfidence(stats),
    reason: `failed or flaky in ${rate}, ${stats.flips} flip${stats.flips === 1 ? '' : 's'}`,
  };
}

/** The longest unbroken series of failures: its length and the index after it. */
function longestEpisode(failed: readonly boolean[]): { length: number; to: number } {
  let best = { length: 0, to: 0 };
  let length = 0;
  failed.forEach((bad, i) => {
    length = bad ? length + 1 : 0;
    if (length > best.length) best = { length, to: i + 1 };
  });
  return best;
}

/** At least half of the newest results since the rise failed, and one of the last two did. */
function isFailingNow(failed: readonly boolean[], from: number): boolean {
  const now = failed.slice(Math.max(from, failed.length - 4));
  return now.filter(Boolean).length * 2 >= now.length && (failed.at(-1) === true || failed.at(-2) === true);
}

const confidenceOf = (score: number): number => Math.min(0.99, 0.85 + 0.03 * Math.max(0, score));
const flakyConfidence = ({ failed, flaky }: RowStats): number => Math.min(0.97, 0.85 + 0.02 * (failed + flaky));
const percent = (share: number): number => Math.round(100 * share);

function locate(
  failed: readonly boolean[],
  results: readonly Result[],
  from: number,
): { best: RunRef | null; set: RunRef[] } | null {
  const position = locateRise(failed.slice(from));
  if (!position) return null;
  const at = (i: number): RunRef | null => {
    const result = results[from + i];
    return result ? ref(result.column) : null;
  };
  return {
    best: at(position.best),
    set: position.set
      .map(at)
      .filter((run) => run !== null)
      .toReversed(),
  };
}

const ref = ({ build, time }: RunRef): RunRef => ({ build, time });

/** Custom headers (commits, payloads) that differ between the last good and the first bad run. */
function changesBetween(
  { columns }: Grid,
  good: ColumnFinding | null,
  bad: ColumnFinding | null,
): ReadonlyMap<string, readonly [string, string]> {
  const from = good && columns[good.index]?.headers;
  const to = bad && columns[bad.index]?.headers;
  const changes = new Map<string, readonly [string, string]>();
  if (from && to)
    for (const [name, value] of to) {
      const old = from.get(name);
      if (old !== undefined && old !== value) changes.set(name, [old, value]);
    }
  return changes;
}
