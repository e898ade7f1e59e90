// Two runs of a job, a failing and a passing one, side by side: what was tested, how long steps took, what the log says.
import type { RunPoint } from '../ci/failure.ts';
import type { Run } from '../ci/run.ts';
import type { Reason } from '../ci/verdict.ts';
import type { Comparison } from '../logs/compare.ts';
import { compareSteps, type StepPair } from '../logs/compare-steps.ts';
import { summarizeLog, type LogSummary } from '../logs/summarize.ts';
import { Baseline } from '../logs/baseline.ts';
import type { CiSystem } from '../sources/ports.ts';
import { changedSteps, compareWithGood } from './beside.ts';
import { changesBetween, commitsOf, type EndNames } from './commits.ts';
import type { Gaps } from './gaps.ts';
import type { Quotes } from './quote.ts';
import { readLog, readRun, type LogOfRun, type RunFacts } from './read-run.ts';
import { firstFailed } from './secondary.ts';

export interface RunComparison {
  readonly bad: RunPoint;
  readonly good: RunPoint;
  /** The step that failed first; null where none is known to have failed. */
  readonly step: string | null;
  /** Repositories that moved, the payload, steps that took markedly longer or shorter, new lines: each with its proof. */
  readonly claims: readonly Reason[];
  /** The steps that ran in both. */
  readonly steps: readonly StepPair[];
  /** The log of that step (or the run's own) beside the same log of the good run; null when one of them is missing. */
  readonly log: LogComparison | null;
}

export interface LogComparison {
  readonly bad: LogOfRun;
  readonly good: LogOfRun;
  readonly comparison: Comparison;
  /** The summary of the failing log; what is new counts more. */
  readonly summary: LogSummary;
}

export interface CompareOptions {
  readonly budget: number;
  readonly quotes: Quotes;
  readonly gaps: Gaps;
  /** What the runs are to each other: only the ends of a break are called so. */
  readonly names: EndNames;
}

/**
 * Compares two runs of a job; what cannot be read is a gap. Evidence is added to `quotes`.
 * @param budget tokens of the summary of the failing log
 */
export async function compareRuns(
  ci: CiSystem,
  runs: { readonly bad: Run; readonly good: Run },
  { budget, quotes, gaps, names }: CompareOptions,
): Promise<RunComparison> {
  const [bad, good, firstBad, lastGood] = await Promise.all([
    readRun(ci, runs.bad, gaps),
    readRun(ci, runs.good, gaps),
    commitsOf(ci, runs.bad, gaps),
    commitsOf(ci, runs.good, gaps),
  ]);
  const step = firstFailed(bad.steps);
  const [badLog, goodLog] = [ownLog(bad), ownLog(good)];
  const path = step?.log?.path;
  const [ours, theirs] =
    path === undefined
      ? [badLog, goodLog]
      : await Promise.all([logAt(ci, runs.bad, path, gaps), logAt(ci, runs.good, path, gaps)]);
  const told = ours && theirs && compareLog(ours, theirs, budget, quotes);
  return {
    bad: quotes.point(runs.bad),
    good: quotes.point(runs.good),
    step: step?.name ?? null,
    claims: [
      ...changesBetween({ firstBad, lastGood }, quotes, names),
      ...(badLog && goodLog ? [...payloadChange(bad, good, quotes), ...changedSteps(badLog, goodLog, quotes)] : []),
      ...(told?.reasons ?? []),
    ],
    steps: bad.ciOperator && good.ciOperator ? compareSteps(bad.ciOperator, good.ciOperator) : [],
    log: told && told.log,
  };
}

const ownLog = ({ run, log }: RunFacts): LogOfRun | null => log && { run, log };

async function logAt(ci: CiSystem, run: Run, path: string, gaps: Gaps): Promise<LogOfRun | null> {
  const log = await readLog(ci, run, `${run.path}/${path}`, gaps);
  return log && { run, log };
}

function compareLog(
  bad: LogOfRun,
  good: LogOfRun,
  budget: number,
  quotes: Quotes,
): { log: LogComparison; reasons: readonly Reason[] } {
  const isCut = bad.log.document.cut !== null;
  const summary = summarizeLog(bad.log.lines, { budget, isCut, baseline: Baseline.of([good.log.lines]) });
  const said = summary.excerpts.flatMap(({ start, end, says }) =>
    says.map((line) => ({ line, evidence: quotes.lines(bad.run, bad.log, start, end) })),
  );
  const { comparison, reasons } = compareWithGood(bad, good, said, quotes);
  return { log: { bad, good, comparison, summary }, reasons };
}

/** The release payloads, by ci-operator's own lines, where they differ. */
function payloadChange(bad: RunFacts, good: RunFacts, quotes: Quotes): Reason[] {
  const [now, then] = [bad.ciOperator?.payload, good.ciOperator?.payload];
  if (!now || !then || !bad.log || !good.log || now.text === then.text) return [];
  return [
    {
      text: `The payload moved from ${then.text} (good) to ${now.text} (bad)`,
      evidence: [
        quotes.lines(bad.run, bad.log, now.line, now.line),
        quotes.lines(good.run, good.log, then.line, then.line),
      ],
    },
  ];
}
