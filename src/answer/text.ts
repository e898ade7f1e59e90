// The answer as text for a terminal: the verdict first, then the cause with its proof, then what is not known.
import type { Failure, RunPoint, Since } from '../ci/failure.ts';
import { cleanText, clip, oneLine } from '../ci/text.ts';
import type { Verdict } from '../ci/verdict.ts';
import type { Paint } from './paint.ts';
import type { CheckedInvestigation as Investigation, Verified } from './verify.ts';
import { agoWords, bytesWords, durationWords, percentWords, plural, timeWords } from './words.ts';
import type { Answer } from './schema.ts';
import type { ShownEvidence } from './shown.ts';

export interface TextOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Milliseconds since the epoch, for "3 hours ago". */
  readonly now: number;
}

const SHOWN_FAILURES = 6;
const QUOTES_OF_CAUSE = 2;
const SHOWN_IDS = 6;
const SHOWN_FAMILIES = 2;
const COUNT_CHARS = 8;
const SHOWN_LINES = 12;
const SHOWN_CANDIDATES = 8;

/** The whole answer. Every untrusted string in it is cleaned of control and invisible characters. */
export function answerText(
  { investigation, claims, verified }: Verified,
  cost: Answer['cost'],
  options: TextOptions,
): string {
  const { verdict, subject } = investigation;
  const parts =
    verdict && subject.job !== null
      ? [
          head(investigation, verdict, options),
          sinceText(investigation.since, options),
          failuresText(investigation, options),
          reasonsText(verdict, options),
          gapsText(investigation, options),
          sourcesText(investigation, options),
          candidatesText(investigation, 'Other jobs that fit', options),
          options.paint.dim(footer(claims, verified, cost)),
        ]
      : [
          gapsText(investigation, options),
          candidatesText(investigation, 'Did you mean', options),
          options.paint.dim(costText(cost)),
        ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What the job does now; where that is not failing, which run the rest is about. */
function head({ subject, failures }: Investigation, verdict: Verdict, { paint, width }: TextOptions): string {
  const mark = markOf(verdict, paint);
  const of = subject.pull === null ? '' : ` on ${subject.pull}`;
  const kind = [verdict.locus, verdict.recurrence].map((word) => paint.bold(word)).join(' · ');
  const isQuiet = verdict.confidence === 0 && verdict.state === 'passing';
  const sure =
    verdict.confidence > 0
      ? `confidence ${percentWords(verdict.confidence)}`
      : 'no confidence: the evidence is too thin';
  const explained =
    verdict.state !== 'failing' && subject.build !== null && failures.length > 0
      ? paint.dim(`; explained: run ${subject.build}, which failed`)
      : '';
  return [
    `${mark}  ${paint.bold(subject.job ?? '')}${of}${explained}`,
    ...wrap(cleanText(verdict.summary), width - 2).map((line) => `  ${line}`),
    ...(isQuiet ? [] : [`  ${kind}   ${paint.dim(sure)}`]),
  ].join('\n');
}

const markOf = ({ state }: Verdict, paint: Paint): string =>
  state === 'passing'
    ? paint.green('GREEN')
    : state === 'failing'
      ? paint.red('RED')
      : paint.yellow(state.toUpperCase());

function sinceText(since: Since | null, { paint, now }: TextOptions): string {
  if (!since) return '';
  const run = (point: RunPoint): string => `${timeWords(point.time)}, run ${point.build}`;
  const rows: [string, string][] = [];
  if (since.first_failing)
    rows.push([
      'first red',
      `${run(since.first_failing)} ${paint.dim(`(${[agoWords(since.first_failing.time, now), plural(since.in_a_row, 'failed run')].filter((part) => part !== '').join(', ')})`)}`,
    ]);
  rows.push([
    'last green',
    since.last_passing ? run(since.last_passing) : `none in the ${plural(since.of_runs, 'run')} that were read`,
  ]);
  if (since.recovered) rows.push(['green again', run(since.recovered)]);
  rows.push(['history', `${since.failing_runs} of ${plural(since.of_runs, 'completed run')} failed`]);
  return rows.map(([name, text]) => `  ${paint.dim(name.padEnd(11))}  ${text}`).join('\n');
}

function failuresText({ failures, evidence, verdict }: Investigation, options: TextOptions): string {
  const { paint, width } = options;
  const cause = failures.filter(({ secondary }) => !secondary);
  const later = failures.filter(({ secondary }) => secondary);
  const isFlaky = verdict?.recurrence === 'known flake' && verdict.state === 'passing';
  const shown = cause.slice(0, SHOWN_FAILURES);
  const lines = shown.flatMap((failure, i) => failureText(failure, i === 0 ? QUOTES_OF_CAUSE : 1, evidence, options));
  if (cause.length > shown.length) lines.push(paint.dim(`    and ${cause.length - shown.length} more`));
  const after = later
    .slice(0, SHOWN_FAILURES)
    .map((failure) => `  ${paint.dim('·')} ${clip(nameOf(failure), width - 24)}  ${cite(failure.evidence, paint)}`);
  return [
    ...(lines.length > 0 ? [paint.bold(isFlaky ? 'Flaky' : 'Cause'), ...lines] : []),
    ...(after.length > 0 ? ['', paint.bold('Not the cause'), ...after] : []),
  ].join('\n');
}

/** The failure with the quotes that show it; its message only where no quote holds it. */
function failureText(
  failure: Failure,
  quotes: number,
  evidence: readonly ShownEvidence[],
  options: TextOptions,
): string[] {
  const { width } = options;
  const own = evidence
    .filter(({ id, kind }) => failure.evidence.includes(id) && SHOWN_KINDS.has(kind))
    .slice(0, quotes);
  return [
    ...nameText(failure, options),
    ...(own.length > 0 ? [] : wrap(clip(failure.message, 2 * (width - 4)), width - 4).map((line) => `    ${line}`)),
    ...own.flatMap((item) => quoteText(item, failure.message, options)),
    ...unquotedText(failure, options),
  ];
}

/** What else the log says, in a line. */
function unquotedText({ unquoted = [] }: Failure, { paint, width }: TextOptions): string[] {
  if (unquoted.length === 0) return [];
  const intro = 'also in this log, not quoted:';
  const shown = unquoted.slice(0, SHOWN_FAMILIES);
  const room = Math.max(20, Math.floor((width - 4 - intro.length) / shown.length) - COUNT_CHARS);
  const said = shown.map(({ count, family }) => `${count} × ${oneLine(family, room)}`).join(' · ');
  return [paint.dim(`    ${clip(`${intro} ${said}`, width - 4)}`)];
}

/** The name over as many lines as it needs, its evidence behind it. */
function nameText(failure: Failure, { paint, width }: TextOptions): string[] {
  const [first = '', ...rest] = wrap(nameOf(failure), width - 4);
  const lines = [`  ${paint.red('✗')} ${paint.bold(first)}`, ...rest.map((line) => `    ${paint.bold(line)}`)];
  const last = lines.pop() ?? '';
  return [...lines, `${last}  ${cite(failure.evidence.slice(0, SHOWN_IDS), paint)}`];
}

/** Kinds whose quote a person wants to read in place; the rest stand in the list of sources. */
const SHOWN_KINDS: ReadonlySet<ShownEvidence['kind']> = new Set(['log-lines', 'grid-cell']);

function nameOf({ step, test }: Failure): string {
  if (test !== null) return oneLine(`test ${test}`, 1_000);
  return step === null ? 'the run as a whole' : oneLine(`step ${step}`, 300);
}

const cite = (ids: readonly string[], paint: Paint): string => paint.cyan(ids.map((id) => `[${id}]`).join(''));

/** The quoted lines with their numbers, the one that says it in bold. */
function quoteText(item: ShownEvidence, message: string, { paint, width }: TextOptions): string[] {
  const quoted = item.quote.split('\n');
  const first = item.lines?.from ?? null;
  const margin = first === null ? 0 : String(first + quoted.length - 1).length;
  const room = Math.max(40, width - 9 - margin);
  const shown = quoted.slice(0, SHOWN_LINES);
  const lines = shown.flatMap((line, i) => {
    const number = first === null ? '' : `${String(first + i).padStart(margin)} `;
    const text = cleanText(line).replaceAll('\t', '    ');
    const says = message !== '' && oneLine(line, 20_000).includes(message);
    // The line that says it is shown whole; what stands around it is cut to the width.
    const parts = says ? wrap(text, room).map(paint.bold) : [clip(text, room)];
    return parts.map((part, n) => `      ${paint.dim(`${n === 0 ? number : ' '.repeat(number.length)}│`)} ${part}`);
  });
  const more = quoted.length - shown.length;
  return [
    `    ${paint.cyan(`[${item.id}]`)} ${paint.dim(clip(cleanText(item.title), width - 10))}`,
    ...lines,
    ...(more > 0 ? [paint.dim(`      … ${plural(more, 'more line')}`)] : []),
    ...(item.redactions.length > 0 ? [paint.dim(`      ${plural(item.redactions.length, 'secret')} not shown`)] : []),
  ];
}

function sourcesText({ evidence }: Investigation, { paint, width }: TextOptions): string {
  if (evidence.length === 0) return '';
  const lines = evidence.flatMap(({ id, title, url }) => [
    `  ${paint.cyan(`[${id}]`)} ${clip(cleanText(title), width - 8)}`,
    `       ${paint.dim(url)}`,
  ]);
  return [paint.bold('Sources'), ...lines].join('\n');
}

function reasonsText({ reasons }: Verdict, { paint, width }: TextOptions): string {
  if (reasons.length === 0) return '';
  const lines = reasons.flatMap(({ text, evidence }) => {
    const [first = '', ...rest] = wrap(`${cleanText(text)} ${evidence.map((id) => `[${id}]`).join('')}`, width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [paint.bold('Why this verdict'), ...lines].join('\n');
}

function gapsText({ gaps, verdict }: Investigation, { paint, width }: TextOptions): string {
  if (gaps.length === 0) return '';
  if (!verdict) return gaps.flatMap(({ why }) => wrap(cleanText(why), width)).join('\n');
  const lines = gaps.flatMap(({ what, why, effect }) => {
    const [first = '', ...rest] = wrap(cleanText(`${what}: ${why}; ${effect}`), width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [paint.yellow('Not known'), ...lines].join('\n');
}

function candidatesText({ candidates }: Investigation, title: string, { paint }: TextOptions): string {
  if (candidates.length === 0) return '';
  const lines = candidates
    .slice(0, SHOWN_CANDIDATES)
    .map(
      ({ job, system, state }) =>
        `  ${cleanText(job)} ${paint.dim(`(${system}${state === null ? '' : `, ${state}`})`)}`,
    );
  return [paint.bold(title), ...lines].join('\n');
}

const footer = (claims: number, verified: number, cost: Answer['cost']): string =>
  `${verified} of ${plural(claims, 'claim')} verified · ${costText(cost)}`;

const costText = ({ requests, waves, bytes, ms }: Answer['cost']): string =>
  `${plural(requests, 'request')} in ${plural(waves, 'wave')}, ${bytesWords(bytes)}, ${durationWords(ms)}`;

/** Breaks a text at spaces so that no line is longer than `width`, where words allow. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
