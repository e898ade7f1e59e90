// npm run eval:known: is the right issue found from the error text of one occurrence, and is none told for a failure
// that has none? `-- --tuning` prints the part to tune on; what is scored is the rest.
import type { KnownIssue } from '../src/ci/known-issue.ts';
import { shareOf } from '../src/grids/beta.ts';
import type { Queried } from '../src/history/known/issue-index.ts';
import { Random } from '../src/sources/demo/random.ts';
import {
  isForTuning,
  isSameTest,
  issueOf,
  readForeignLogs,
  readForeignTests,
  readIssues,
  type Recorded,
} from './known/data.ts';
import { METHODS, type Method } from './known/methods.ts';
import { recordedData } from './mirror.ts';

const isTuning = process.argv.includes('--tuning');
const isVerbose = process.argv.includes('--told');
const SEED = 1;

/** A failure, the issues that are there to find, and which of them are right. */
interface Question {
  readonly issues: readonly KnownIssue[];
  readonly failure: Queried;
  readonly right: ReadonlySet<string>;
}

function evaluate(shared: string): void {
  const all = readIssues(shared);
  const asked = all.filter((issue) => issue.error_blocks.length > 0 && isForTuning(issue) === isTuning);
  const whole = all.map((issue) => issueOf(issue, issue.error_blocks));
  const leftOut = asked.map((issue) => leaveOut(issue, all));
  const again = asked.flatMap((issue) => filedAgain(issue, all));
  const made = asked.map((issue) => ({
    issues: whole,
    failure: { test: null, text: anew(first(issue), new Random(SEED, String(issue.number))) },
    right: rightOf(issue, all),
  }));
  console.log('An issue of the same test, as far as its title tells, is right too.');
  console.log(
    `${isTuning ? 'tuning' : 'scored'} part: ${asked.length} of ${all.length} issues (by hash of the number)`,
  );
  printFound('an occurrence that its issue does not quote: title and other quotes are left', leftOut);
  printFound(
    'the same, of issues with another quote',
    leftOut.filter((_, i) => (asked[i]?.error_blocks.length ?? 0) > 1),
  );
  printFound('filed again: the issue is away, another of the same test is right', again);
  printFound('made: the quoted occurrence with numbers, times and ids made anew', made);
  const none = asked.map((issue) => takenAway(issue, all));
  printFalse('its issue, and all of the same test, are away', none);
  const foreign = (failures: readonly Queried[]): Question[] =>
    failures.map((failure) => ({ issues: whole, failure, right: new Set<string>() }));
  printFalse(
    'reasons in build logs of other projects',
    foreign(readForeignLogs(shared).map((text) => ({ test: null, text }))),
  );
  printFalse('failed tests and steps of OpenShift nightlies', foreign(readForeignTests(shared)));
}

const first = ({ error_blocks: blocks }: Recorded): string => blocks[0] ?? '';
const idOf = ({ number }: Recorded): string => String(number);

const rightOf = (issue: Recorded, all: readonly Recorded[]): Set<string> =>
  new Set(all.filter((one) => one === issue || isSameTest(one, issue)).map(idOf));

function leaveOut(issue: Recorded, all: readonly Recorded[]): Question {
  const issues = all.map((one) => issueOf(one, one === issue ? one.error_blocks.slice(1) : one.error_blocks));
  return { issues, failure: { test: null, text: first(issue) }, right: rightOf(issue, all) };
}

function takenAway(issue: Recorded, all: readonly Recorded[]): Question {
  const others = all.filter((one) => one !== issue && !isSameTest(one, issue));
  const issues = others.map((one) => issueOf(one, one.error_blocks));
  return { issues, failure: { test: null, text: first(issue) }, right: new Set() };
}

function filedAgain(issue: Recorded, all: readonly Recorded[]): Question[] {
  const others = all.filter((one) => one !== issue);
  const right = new Set(others.filter((one) => isSameTest(one, issue)).map(idOf));
  const issues = others.map((one) => issueOf(one, one.error_blocks));
  return right.size === 0 ? [] : [{ issues, failure: { test: null, text: first(issue) }, right }];
}

/** The text as another run would say it: lines of sources stay where they are. */
const anew = (text: string, random: Random): string =>
  text.replace(/\.go:\d+|\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/g, (number) =>
    number.startsWith('.go:') ? number : number.replace(/(?<!^)\d|^[1-9]/g, () => String(random.int(1, 9))),
  );

interface Asked {
  readonly question: Question;
  readonly ranked: readonly string[];
  readonly told: string | null;
}

/** Most questions share their issues: the index is made once for these. */
function ask(method: Method, questions: readonly Question[]): Asked[] {
  const prepared = new Map<readonly KnownIssue[], ReturnType<Method['over']>>();
  return questions.map((question) => {
    const find = prepared.get(question.issues) ?? method.over(question.issues);
    prepared.set(question.issues, find);
    return { question, ...find(question.failure) };
  });
}

function printFound(title: string, questions: readonly Question[]): void {
  console.log(`\n${title}: ${questions.length} failures`);
  console.log(row('', ['right at 1', 'right in 5', 'right told', 'wrong told']));
  for (const method of METHODS) {
    const asked = ask(method, questions);
    const within = (most: number): number =>
      asked.filter(({ ranked, question: { right } }) => ranked.slice(0, most).some((id) => right.has(id))).length;
    const told = asked.filter((one) => one.told !== null);
    const well = told.filter((one) => one.question.right.has(one.told ?? '')).length;
    const cells = [within(1), within(5), well, told.length - well].map((count) => percents(count, questions.length));
    console.log(row(method.name, cells));
    if (isVerbose && method.name === 'whyred') told.forEach(printTold);
  }
}

function printFalse(title: string, questions: readonly Question[]): void {
  console.log(`\nfailures without an issue (${title}): ${questions.length}; an issue is told for`);
  for (const method of METHODS) {
    const told = ask(method, questions).filter((one) => one.told !== null);
    console.log(row(method.name, [`${told.length}: ${percents(told.length, questions.length)}`]));
    if (isVerbose && method.name === 'whyred') told.forEach(printTold);
  }
}

function printTold({ question: { issues, failure, right }, told }: Asked): void {
  if (right.has(told ?? '')) return;
  const title = issues.find(({ id }) => id === told)?.title ?? '';
  console.log(`    wrong: #${told} ${title}\n      for ${JSON.stringify(failure.text.slice(0, 200))}`);
}

const percents = (count: number, of: number): string => {
  const { rate, low, high } = shareOf(count, of);
  return `${[rate, low, high].map((share) => (100 * share).toFixed(1)).reduce((text, share, i) => `${text}${['', ' (', ' to '][i] ?? ''}${share}`, '')})`;
};

const row = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(18)}${cells.map((cell) => cell.padEnd(22)).join('')}`.trimEnd();

const shared = recordedData();
if (shared === null) console.log('eval:known skipped: no recorded data beside the project');
else evaluate(shared);
