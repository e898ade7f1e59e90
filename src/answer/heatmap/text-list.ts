// The findings as a list below the map: what each claims, since which build, and what moved.
import type { GridFindings, RowFinding, RunRef } from '../../grids/findings.ts';
import { oneLine } from '../../ci/text.ts';
import type { Paint } from '../paint.ts';
import { agoWords, plural } from '../words.ts';
import { figureWords, isoTime, runWords } from './figures.ts';
import { safeName } from './names.ts';
import { isBroken } from './order.ts';
import { EVENT_SYMBOL, groupMark } from './text-map.ts';
import type { View } from './view.ts';

export interface ListOptions {
  readonly paint: Paint;
  readonly width: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Tests told in full; the map shows more. */
const LISTED = 10;
const LISTED_BUILDS = 4;
const LISTED_CHANGES = 4;

/** The list of tests with their builds. */
export function testLines({ choice }: View, options: ListOptions): string[] {
  const { paint } = options;
  const told = choice.shown.filter(({ finding }) => finding.class !== 'passing');
  if (told.length === 0) return [];
  const rest = told.length - LISTED;
  return [
    paint.bold('Tests'),
    ...told.slice(0, LISTED).flatMap(({ finding }) => oneTest(finding, options)),
    ...(rest > 0 ? [paint.dim(`  and ${plural(rest, 'more test')} of the map; --json has them all`)] : []),
  ];
}

function oneTest(finding: RowFinding, { paint, width, now }: ListOptions): string[] {
  const facts = isBroken(finding) ? brokenFacts(finding, now) : otherFacts(finding, now);
  const [first = '', ...more] = wrapped(`${finding.class}: ${safeName(finding.name)}`, width - 4);
  const name = `${paint.bold(finding.class)}${first.slice(finding.class.length)}`;
  return [
    `  - ${name}`,
    ...more.map((line) => `    ${line}`),
    ...facts.flatMap(([label, text]) =>
      wrapped(text, width - 18).map((line, i) => `      ${paint.dim((i === 0 ? label : '').padEnd(10))}  ${line}`),
    ),
  ];
}

function brokenFacts(finding: RowFinding, now: number): [string, string][] {
  const { first_bad: since, last_good: good, set, best_guess: guess, changes, stats } = finding;
  const ago = (run: RunRef): string => agoWords(isoTime(run.time), now);
  const facts: [string, string][] = [];
  if (since) facts.push(['first bad', `${runWords(since)} (${ago(since)}, ${stats.in_a_row} in a row)`]);
  facts.push(['last good', good ? runWords(good) : 'none in this grid']);
  if (set.length > 0) {
    const names = set.slice(0, LISTED_BUILDS).map(({ build }) => oneLine(build, 40));
    const more = set.length > names.length ? `, and ${set.length - names.length} more` : '';
    const best = guess && set.length > 1 ? `; likeliest ${oneLine(guess.build, 40)}` : '';
    facts.push([
      'came in at',
      `${plural(set.length, 'run')} ${set.length === 1 ? 'holds' : 'hold'} the break with 95 %: ${names.join(', ')}${more}${best}`,
    ]);
  }
  for (const [header, [from, to]] of [...changes].slice(0, LISTED_CHANGES))
    facts.push(['changed', `${oneLine(header, 40)} ${oneLine(from, 60)} → ${oneLine(to, 60)}`]);
  return [...facts, ...whyFacts(finding)];
}

function otherFacts(finding: RowFinding, now: number): [string, string][] {
  const { stats } = finding;
  const last = stats.last_failed;
  const when = last
    ? [['last bad', `${runWords(last)} (${agoWords(isoTime(last.time), now)})`] as [string, string]]
    : [];
  const figure: [string, string][] = finding.reasons.length === 0 ? [['figure', figureWords(finding)]] : [];
  return [...when, ...figure, ...whyFacts(finding)];
}

const whyFacts = ({ reasons, confidence }: RowFinding): [string, string][] =>
  reasons.map((reason, i) => [
    i === 0 ? 'why' : '',
    `${oneLine(reason, 300)}${i === 0 ? ` (confidence ${Math.round(100 * confidence)} %)` : ''}`,
  ]);

/** Events of whole runs, those left of the map too, with their builds. */
export function eventLines({ columns: all }: GridFindings, { paint, width }: ListOptions): string[] {
  const events = all
    .toSorted((a, b) => b.index - a.index)
    .flatMap(({ class: name }) => (name === 'normal' ? [] : [name]));
  const lines = [...new Set(events)].flatMap((name) => {
    const columns = all.filter((column) => column.class === name).sort((a, b) => a.index - b.index);
    const [newest] = columns;
    if (!newest) return [];
    const builds = columns.slice(0, LISTED_BUILDS).map(({ build }) => oneLine(build, 40));
    const more = columns.length > builds.length ? `, and ${columns.length - builds.length} more` : '';
    const why = newest.reasons[0] === undefined ? '' : `; newest: ${oneLine(newest.reasons[0], 200)}`;
    const text = `${EVENT_SYMBOL[name]} ${name}: ${plural(columns.length, 'run')}: ${builds.join(', ')}${more}${why}`;
    return wrapped(text, width - 4).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`);
  });
  return lines.length === 0 ? [] : [paint.bold('Runs'), ...lines];
}

/** What the durations of the runs say. */
export function durationLines({ durations }: GridFindings, { paint, width }: ListOptions): string[] {
  const drift = durations?.drift ?? null;
  const limit = durations?.limit ?? null;
  const lines = [
    ...(drift === null
      ? []
      : [
          `the newest passing runs took ${drift.ratio.toFixed(2)} times as long as the ${drift.n} before (${drift.z.toFixed(1)} robust standard deviations)`,
        ]),
    ...(limit === null
      ? []
      : [
          `${plural(limit.runs.length, 'run')} of ${limit.n} ended at ${Math.round(limit.minutes)} minutes without passing, as at a time limit: ${limit.runs
            .slice(0, LISTED_BUILDS)
            .map(({ build }) => oneLine(build, 40))
            .join(', ')}${limit.runs.length > LISTED_BUILDS ? ', …' : ''}`,
        ]),
  ];
  const told = lines.flatMap((text) => wrapped(text, width - 4).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`));
  return told.length === 0 ? [] : [paint.bold('Durations'), ...told];
}

/** Groups of tests that fail in the same runs. */
export function groupLines({ groups }: GridFindings, view: View, { paint, width }: ListOptions): string[] {
  const shown = new Set(view.choice.shown.map(({ group }) => group));
  const lines = groups.flatMap((group, i) => {
    if (!shown.has(i)) return [];
    const p = group.p < 0.001 ? 'p < 0.001' : `p = ${group.p.toFixed(3)}`;
    const builds = group.runs.slice(0, LISTED_BUILDS).map(({ build }) => oneLine(build, 40));
    const more = group.runs.length > builds.length ? ', …' : '';
    const text = `${groupMark(i)} ${group.rows.length} tests in ${plural(group.runs.length, 'run')} (${builds.join(', ')}${more}), ${p}`;
    return wrapped(text, width - 4).map((line, n) => `${n === 0 ? '  ' : '    '}${line}`);
  });
  return lines.length === 0 ? [] : [paint.bold('Fail together'), ...lines];
}

/** Breaks at spaces so that lines stay within `width` where words allow. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
