// What went wrong in a run, in order: the cause, what failed with it, what failed because of it, each with its proof.
import { isUtf8 } from 'node:buffer';
import type { Failure, Unquoted } from '../ci/failure.ts';
import { oneLine } from '../ci/text.ts';
import { classOf, isUnanswered, type LogClass } from '../logs/classes.ts';
import { signatureOf } from '../logs/signature.ts';
import { MAX_QUOTED_LINE } from '../logs/choose.ts';
import { Baseline } from '../logs/baseline.ts';
import { safeLine } from '../logs/safe-lines.ts';
import { summarizeLog } from '../logs/summarize.ts';
import type { Run } from '../ci/run.ts';
import type { Reason } from '../ci/verdict.ts';
import { changedSteps, compareWithGood, isSamePlace, readBeside } from './beside.ts';
import type { CiSystem } from '../sources/ports.ts';
import type { Gaps } from './gaps.ts';
import type { Quotes } from './quote.ts';
import { readLog, readObject, type Log, type LogOfRun, type RunFacts, type StepResult } from './read-run.ts';
import { readPodInfo } from '../logs/podinfo.ts';
import { tryJson } from '../sources/json.ts';
import { readTests, type FailedTest, type TestResults } from './read-tests.ts';
import { firstFailed } from './secondary.ts';

/** A class that a quoted line shows. */
export interface SeenClass {
  readonly class: LogClass;
  readonly evidence: string;
}

export interface Diagnosis {
  /** The step that failed first; null when the run has no steps or none failed. */
  readonly cause: StepResult | null;
  readonly failures: readonly Failure[];
  readonly tests: TestResults;
  readonly classes: readonly SeenClass[];
  /** ci-operator's own reason and verdict, with the evidence that quotes them. */
  readonly reason: { readonly text: string; readonly evidence: string } | null;
  /** What is new, missing or slower beside the last good run. */
  readonly beside: readonly Reason[];
}

/** Enough for the longest line that is quoted. */
const EXCERPT_TOKENS = 1_001;
const MAX_EXCERPTS = 3;
const MAX_TESTS = 20;
/** This many tests with one message have one cause. */
const SHARED_BY = 5;
const SHARED_SHARE = 0.2;
const LAST_LINES = 4;
/** So many lines after a trouble it was over: what it kept from going on would not have said more. */
const GONE_ON = 300;
const MESSAGE_CHARS = 300;
/** Prow's word that a step was stopped: then what took longer matters, and not what is new. */
const TIME_LIMIT = 'Process did not finish before';

/**
 * What failed, the cause first.
 * @param good the last passing run before the failure: one log of it is read too, where that is cheap
 */
export async function findFailures(
  ci: CiSystem,
  facts: RunFacts,
  quotes: Quotes,
  gaps: Gaps,
  good: Run | null = null,
): Promise<Diagnosis> {
  const { run } = facts;
  const cause = firstFailed(facts.steps);
  const folder = cause && cause.target !== '' ? `artifacts/${cause.target}/${cause.name}` : null;
  const [stepLog, ofGood, tests] = await Promise.all([
    cause?.log ? readLog(ci, run, cause.log.object, gaps) : null,
    good && readBeside(ci, good, comparedLog(facts, cause), gaps),
    cause && folder === null ? noTests : readTests(ci, run, facts.artifacts, folder, gaps),
  ]);
  if (cause && !cause.log)
    gaps.add({
      what: `the log of step ${cause.name}`,
      why: 'the run left none',
      effect: 'the cause is quoted from the run’s own log',
    });
  const isOfPod = !cause && tests.failed.length === 0 && !facts.ciOperator;
  const ofPod = isOfPod ? await quotePod(ci, facts, quotes, gaps) : null;
  const why = ofPod ?? quoteLog(facts, cause, { stepLog, ofGood }, quotes, gaps);
  const reason = quoteReason(facts, quotes);
  if (tests.failed.length > MAX_TESTS)
    gaps.add({
      what: `${tests.failed.length - MAX_TESTS} of ${tests.failed.length} failed tests`,
      why: 'they are too many to list',
      effect: 'only the first ones are named; all are counted',
    });
  const inTests = testFailures(facts, cause, tests, quotes);
  const first = cause ? causeOf(facts, cause, why, tests, quotes) : withLog(inTests.shift(), why);
  const failures = [
    first ?? wholeRun(why, reason?.evidence ?? null),
    ...inTests,
    ...(cause ? laterSteps(facts, cause, quotes) : []),
  ];
  const slower = facts.log && ofGood ? changedSteps({ run, log: facts.log }, ofGood, quotes) : [];
  const beside = [...(why?.beside ?? []), ...slower];
  return { cause, failures, tests, classes: classesIn(why, reason, facts), reason, beside };
}

/** The log that is read of the good run too: the step's own, or the run's, which tells how long steps take. */
function comparedLog({ log }: RunFacts, cause: StepResult | null): { path: string; size: number } {
  const ofRun = { path: 'build-log.txt', size: log?.document.bytes.length ?? 0 };
  return cause?.log && log?.document.bytes.includes(TIME_LIMIT) !== true ? cause.log : ofRun;
}

const noTests: TestResults = { failed: [], stages: [], total: 0, known: false };

/** The lines that say why, from the first log that has any; else the end of the first log, with no headline. */
interface Why {
  readonly headline: Quoted | null;
  readonly evidence: readonly string[];
  /** The quoted lines that say something, in order. */
  readonly lines: readonly Quoted[];
  /** What else the log says, the largest families. */
  readonly unquoted?: readonly Unquoted[];
  /** What the same log of the last good run tells of them. */
  readonly beside?: readonly Reason[];
}

/** A line, cleaned and without secrets, and the evidence that quotes it. */
interface Quoted {
  readonly text: string;
  readonly evidence: string;
}

interface NumberedLine extends Quoted {
  readonly line: number;
}

function quoteLog(
  facts: RunFacts,
  cause: StepResult | null,
  { stepLog, ofGood }: { stepLog: Log | null; ofGood: LogOfRun | null },
  quotes: Quotes,
  gaps: Gaps,
): Why | null {
  const { run } = facts;
  const places: { log: Log; range?: { from: number; to: number } }[] = [];
  if (stepLog) places.push({ log: stepLog });
  if (facts.log) {
    const section = cause && sectionOf(facts, cause);
    if (section) places.push({ log: facts.log, range: section });
    // The whole log speaks for the cause only while no later step failed: their output stands in it too.
    if (facts.steps.filter((step) => step.passed === false).length <= 1) places.push({ log: facts.log });
  }
  for (const { log, range } of places) {
    const good = !range && ofGood && isSamePlace({ run, log }, ofGood) ? ofGood : null;
    const summary = summarizeLog(log.lines, {
      budget: EXCERPT_TOKENS,
      withEnds: false,
      most: MAX_EXCERPTS,
      isCut: log.document.cut !== null,
      ...(range ? { range } : {}),
      ...(good ? { baseline: Baseline.of([good.log.lines]) } : {}),
    });
    const chosen = summary.excerpts.filter(({ says }) => says.length > 0);
    if (chosen.length === 0) continue;
    const evidence = chosen.map(({ start, end }) => quotes.lines(run, log, start, end));
    const said = chosen.flatMap(({ says }, i) =>
      says.map((line) => ({ line, text: safeLine(log.lines, line), evidence: evidence[i] ?? '' })),
    );
    const lines = said.filter((one) => !isOvercome(one, said));
    const { headline: best, omitted } = summary;
    const isBestLeft = lines.some(({ line }) => line === best?.line) || lines.length === 0;
    const headline =
      tellingLine(lines) ?? (isBestLeft ? { text: best?.text ?? '', evidence: evidence[0] ?? '' } : (lines[0] ?? null));
    const first = lines.filter(({ text }) => text === headline?.text);
    const beside = good ? compareWithGood({ run, log }, good, [...first, ...lines], quotes).reasons : [];
    return { headline, evidence, lines, unquoted: omitted, beside };
  }
  return places[0] ? quoteEnd(facts, places[0].log, quotes, gaps) : null;
}

/**
 * True for a line of a definite class after which the log went on for long, to an end of its own: what was lacking was
 * got in the end.
 */
function isOvercome({ line, text }: NumberedLine, said: readonly NumberedLine[]): boolean {
  const found = classOf(text);
  if (found === null || found.general === true) return false;
  return said.some((later) => later.line > line + GONE_ON && classOf(later.text)?.general === true);
}

/** Among lines that say something one of a definite class (a quota, a lease …) tells more than a general one. */
function tellingLine(lines: Why['lines']): Quoted | null {
  const isDefinite = ({ text }: Quoted): boolean => {
    const found = classOf(text);
    return found !== null && found.general !== true && !(found.name === 'missing reference' && hasNetworkLine(lines));
  };
  return lines.find(isDefinite) ?? null;
}

const hasNetworkLine = (lines: Why['lines']): boolean =>
  lines.some(({ text }) => {
    const found = classOf(text);
    return found !== null && isUnanswered(found);
  });

/** What Kubernetes says of the pod, for a run that left neither steps nor tests; null when it says nothing bad. */
async function quotePod(ci: CiSystem, { run, artifacts }: RunFacts, quotes: Quotes, gaps: Gaps): Promise<Why | null> {
  const artifact = artifacts.find(({ path }) => path === 'podinfo.json');
  const document =
    artifact && (await readObject(ci, run, artifact.object, gaps, { effect: 'the state of the pod is unknown' }));
  if (!document) return null;
  const text = document.bytes.toString();
  const found = readPodInfo(tryJson(document.bytes), text);
  const [first] = found;
  if (!first) return null;
  const lines = found.map((fact) => ({
    text: `${fact.reason} ${fact.message}`,
    evidence: quotes.pod(run, document, fact),
  }));
  const evidence = lines.map((line) => line.evidence);
  return { headline: { text: `${first.reason}: ${first.message}`, evidence: evidence[0] ?? '' }, evidence, lines };
}

function quoteEnd(facts: RunFacts, log: Log, quotes: Quotes, gaps: Gaps): Why | null {
  if (log.lines.stopsMidLine)
    gaps.add({
      what: `the end of ${log.document.source.object.split('/').slice(-2).join('/')}`,
      why: 'the log stops in the middle of a line',
      effect: 'the lines that say why are likely missing',
    });
  const isQuotable = (line: number): boolean =>
    log.lines.length(line) <= MAX_QUOTED_LINE && isUtf8(log.lines.raw(line)) && log.lines.text(line).trim() !== '';
  let to = log.lines.count;
  while (to > 0 && !isQuotable(to)) to -= 1;
  if (to === 0) return null;
  let from = to;
  while (from > 1 && to - from < LAST_LINES - 1 && isQuotable(from - 1)) from -= 1;
  return { headline: null, evidence: [quotes.lines(facts.run, log, from, to)], lines: [] };
}

const unquotedIn = (why: Why | null): { unquoted?: readonly Unquoted[] } =>
  why?.unquoted && why.unquoted.length > 0 ? { unquoted: why.unquoted } : {};

const signedBy = (text: string | null | undefined): { signature?: string } =>
  text ? { signature: signatureOf(text).key } : {};

const headlineOf = (why: Why | null): string | null =>
  why?.headline ? oneLine(why.headline.text, MESSAGE_CHARS) : null;

/** The part of ci-operator's log that repeats the step's own output: from its end line to the next step. */
function sectionOf(facts: RunFacts, cause: StepResult): { from: number; to: number } | null {
  const logged = facts.ciOperator?.steps ?? [];
  const own = logged.find(({ name }) => name === `${cause.target}-${cause.name}` || name === cause.name);
  if (!own || !facts.log) return null;
  const next = logged.find(({ line }) => line > own.line);
  return { from: own.line, to: next ? next.line - 1 : facts.log.lines.count };
}

function quoteReason(facts: RunFacts, quotes: Quotes): Diagnosis['reason'] {
  const { log, ciOperator } = facts;
  if (!log || !ciOperator?.reason) return null;
  const { text, line } = ciOperator.reason;
  if (log.lines.length(line) > MAX_QUOTED_LINE) return null;
  return { text, evidence: quotes.lines(facts.run, log, line, line) };
}

function causeOf(facts: RunFacts, cause: StepResult, why: Why | null, tests: TestResults, quotes: Quotes): Failure {
  const shared = sharedMessage(facts, tests, quotes);
  const said = shared?.text ?? headlineOf(why);
  return {
    step: cause.name,
    test: null,
    message: said ?? `step ${cause.name} failed; no line that was read says why in a form known here`,
    ...signedBy(shared?.said ?? why?.headline?.text),
    evidence: [...(shared ? [shared.evidence] : []), ...(why?.evidence ?? []), ...stepEvidence(facts, cause, quotes)],
    ...unquotedIn(why),
    secondary: false,
    since: null,
  };
}

/** What many failed tests say alike: then that is the cause, not any one of them. */
function sharedMessage(
  { run }: RunFacts,
  { failed }: TestResults,
  quotes: Quotes,
): { text: string; said: string; evidence: string } | null {
  const saying = failed.filter((test) => firstLineOf(test) !== '');
  const groups = Object.values(Object.groupBy(saying, (test) => signatureOf(firstLineOf(test)).key));
  const largest = groups.sort((a = [], b = []) => b.length - a.length)[0] ?? [];
  const [first] = largest;
  if (!first || largest.length < SHARED_BY || largest.length < SHARED_SHARE * failed.length) return null;
  const said = firstLineOf(first);
  const text = `${failed.length} tests failed; ${largest.length} of them say: ${said}`;
  return { text, said, evidence: quotes.test(run, first) };
}

const firstLineOf = (test: FailedTest): string => oneLine(test.case.message.trim().split('\n')[0] ?? '', MESSAGE_CHARS);

/** The step's own result, and the line of ci-operator's log that says it failed. */
function stepEvidence(facts: RunFacts, step: StepResult, quotes: Quotes): string[] {
  const ids = step.document ? [quotes.step(facts.run, step, step.document)] : [];
  const line = facts.ciOperator?.steps.find(
    ({ name, passed }) => !passed && (name === `${step.target}-${step.name}` || name === step.name),
  )?.line;
  if (line !== undefined && facts.log && facts.log.lines.length(line) <= MAX_QUOTED_LINE)
    ids.push(quotes.lines(facts.run, facts.log, line, line));
  return ids;
}

/** Failed tests; those that also passed in the run come last and are not the cause. */
function testFailures(facts: RunFacts, cause: StepResult | null, tests: TestResults, quotes: Quotes): Failure[] {
  const ordered = tests.failed.toSorted((a, b) => Number(a.alsoPassed) - Number(b.alsoPassed));
  const onlyRetried = ordered.every(({ alsoPassed }) => alsoPassed);
  return ordered.slice(0, MAX_TESTS).map((test) => ({
    step: cause?.name ?? null,
    test: oneLine(test.case.name, 500),
    message: oneLine(test.case.message, MESSAGE_CHARS) || 'failed',
    ...signedBy(firstLineOf(test)),
    evidence: [quotes.test(facts.run, test)],
    secondary: test.alsoPassed && !onlyRetried,
    since: null,
  }));
}

/** A failed test of a run without steps, with the lines of the run's log that say why. */
const withLog = (failure: Failure | undefined, why: Why | null): Failure | null =>
  failure ? { ...failure, evidence: [...failure.evidence, ...(why?.evidence ?? [])] } : null;

function laterSteps(facts: RunFacts, cause: StepResult, quotes: Quotes): Failure[] {
  return facts.steps
    .filter((step) => step.passed === false && step !== cause)
    .map((step) => ({
      step: step.name,
      test: null,
      message: `step ${step.name} failed ${isLater(step, cause) ? 'after the cause' : 'too'}`,
      evidence: stepEvidence(facts, step, quotes).slice(0, 1),
      secondary: true,
      since: null,
    }));
}

const isLater = (step: StepResult, cause: StepResult): boolean =>
  step.ended !== null && cause.ended !== null && step.ended >= cause.ended;

function wholeRun(why: Why | null, reason: string | null): Failure {
  return {
    step: null,
    test: null,
    message: headlineOf(why) ?? 'the run failed, and nothing that was read says why',
    ...signedBy(why?.headline?.text),
    evidence: [...(why?.evidence ?? []), ...(reason === null ? [] : [reason])],
    ...unquotedIn(why),
    secondary: false,
    since: null,
  };
}

/** Classes of the quoted lines: the headline's first, general ones last. */
function classesIn(why: Why | null, reason: Diagnosis['reason'], facts: RunFacts): SeenClass[] {
  const seen = new Map<string, SeenClass>();
  const add = (text: string, evidence: string): void => {
    const found = classOf(text);
    if (found && !seen.has(found.name)) seen.set(found.name, { class: found, evidence });
  };
  if (why?.headline) add(why.headline.text, why.headline.evidence);
  for (const { text, evidence } of why?.lines ?? []) add(text, evidence);
  const verdict = facts.ciOperator?.verdict;
  if (verdict && reason) add(verdict.text, reason.evidence);
  // A name that came out empty because something did not answer is no mistake in the configuration.
  if ([...seen.values()].some((one) => isUnanswered(one.class))) seen.delete('missing reference');
  return [...seen.values()].sort((a, b) => Number(a.class.general ?? false) - Number(b.class.general ?? false));
}
