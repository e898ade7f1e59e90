// A failing run beside the last good one: what is new in its log, what it never reached, what took longer.
import type { Run } from '../ci/run.ts';
import type { Reason } from '../ci/verdict.ts';
import { isQuotable } from '../logs/choose.ts';
import { readCiOperator } from '../logs/ci-operator.ts';
import { compareLogs, lineLike, type Comparison } from '../logs/compare.ts';
import { changeOf, compareSteps, hasChangedMarkedly } from '../logs/compare-steps.ts';
import { Lines } from '../logs/lines.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import type { Quotes } from './quote.ts';
import { readObject, type LogOfRun } from './read-run.ts';

/** Larger logs are not compared: to read another one would cost more than it tells. */
const COMPARED_BYTES = 8 * 1024 * 1024;
const MIN_NEVER_REACHED = 10;
const SHOWN_STEPS = 3;

/**
 * The log of the last good run that stands where the failing run's log does; null when there is none, or not all of it.
 * @param place where the failing run has its log, below the run's folder, and its size
 */
export async function readBeside(
  ci: CiSystem,
  good: Run,
  place: { readonly path: string; readonly size: number },
  gaps: Gaps,
): Promise<LogOfRun | null> {
  if (place.size > COMPARED_BYTES) return null;
  const effect = 'what is new beside the last good run is not known';
  const options = { effect, maxBytes: COMPARED_BYTES, optional: true };
  const document = await readObject(ci, good, `${good.path}/${place.path}`, gaps, options);
  return document?.cut === null ? { run: good, log: { document, lines: new Lines(document.bytes) } } : null;
}

/** True for logs that stand at the same place of two runs. */
export const isSamePlace = (a: LogOfRun, b: LogOfRun): boolean => placeOf(a) === placeOf(b);

const placeOf = ({ run, log }: LogOfRun): string => log.document.source.object.slice(run.path.length);

/** A line that is quoted, and the evidence that quotes it. */
export interface QuotedLine {
  readonly line: number;
  readonly evidence: string;
}

/**
 * Whether what is quoted of a failing log is new beside a good one, and what the failing one never reached.
 * @param said the quoted lines that say something, the one that says most first
 */
export function compareWithGood(
  bad: LogOfRun,
  good: LogOfRun,
  said: readonly QuotedLine[],
  quotes: Quotes,
): { readonly comparison: Comparison; readonly reasons: readonly Reason[] } {
  const comparison = compareLogs(bad.log.lines, [good.log.lines]);
  const reasons = [noveltyOf(bad, good, said, comparison, quotes), restOf(good, said, comparison, quotes)];
  return { comparison, reasons: reasons.filter((reason) => reason !== null) };
}

function noveltyOf(
  bad: LogOfRun,
  good: LogOfRun,
  said: readonly QuotedLine[],
  { added }: Comparison,
  quotes: Quotes,
): Reason | null {
  const isNew = ({ line }: QuotedLine): boolean => added.some(({ from, to }) => from <= line && line <= to);
  const told = said.find(isNew) ?? said[0];
  if (!told) return null;
  const { line, evidence } = told;
  const { build } = good.run;
  if (isNew(told))
    return {
      text: `Line ${line} is new: the same log of passing run ${build} has none like it`,
      evidence: [evidence, quotes.run(good.run)],
    };
  const like = lineLike(bad.log.lines, line, good.log.lines);
  if (like === null || !isQuotable(good.log.lines, like)) return null;
  return {
    text: `Line ${line} is not new: passing run ${build} says the like, so it may not be the cause`,
    evidence: [evidence, quotes.lines(good.run, good.log, like, like)],
  };
}

/** What the good run went on with where the failing one says what went wrong. */
function restOf(
  good: LogOfRun,
  [told]: readonly QuotedLine[],
  { neverReached }: Comparison,
  quotes: Quotes,
): Reason | null {
  if (!told || !neverReached || neverReached.to - neverReached.from < MIN_NEVER_REACHED) return null;
  const { from, to, after, before } = neverReached;
  const first = firstSaying(good, from, to);
  if (first === null || told.line <= after || told.line >= before) return null;
  return {
    text: `Where line ${told.line} stands passing run ${good.run.build} went on with lines ${from} to ${to} of its log, which this run never reached`,
    evidence: [told.evidence, quotes.lines(good.run, good.log, first, first)],
  };
}

/** The first line of a range that can be quoted and is not blank. */
function firstSaying({ log: { lines } }: LogOfRun, from: number, to: number): number | null {
  for (let line = from; line <= to; line += 1)
    if (isQuotable(lines, line) && lines.text(line).trim() !== '') return line;
  return null;
}

/** The steps that took markedly longer or shorter than in a good run of the job, by ci-operator's logs of both. */
export function changedSteps(bad: LogOfRun, good: LogOfRun, quotes: Quotes): Reason[] {
  const [ours, theirs] = [readCiOperator(bad.log.lines), readCiOperator(good.log.lines)];
  if (!ours || !theirs) return [];
  return compareSteps(ours, theirs)
    .filter(hasChangedMarkedly)
    .sort((a, b) => changeOf(b) - changeOf(a))
    .slice(0, SHOWN_STEPS)
    .map(({ step, before }) => ({
      text: `Step ${step.name} took ${step.took}, against ${before.took} in passing run ${good.run.build}`,
      evidence: [
        quotes.lines(bad.run, bad.log, step.line, step.line),
        quotes.lines(good.run, good.log, before.line, before.line),
      ],
    }));
}
