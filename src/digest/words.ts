// What is said of an item in every form: since when, in which jobs, how often, and figures over all.
import { agoWords, percentWords, plural, timeWords } from '../answer/words.ts';
import type { ShownEvidence } from '../answer/shown.ts';
import type { Digest, DigestItem, ItemJob, RunCounts, Section } from './digest.ts';

export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  broke: 'Broke',
  infrastructure: 'Infrastructure',
  'new test failing': 'New tests failing',
  'still failing': 'Still failing',
  flaky: 'Only flaky',
  recovered: 'Recovered',
  stale: 'Not running any more',
};

/** Sections in which somebody has something to do. */
export const URGENT: ReadonlySet<Section> = new Set<Section>([
  'broke',
  'infrastructure',
  'new test failing',
  'still failing',
]);

/** The state of things in one sentence: `2 things broke, 1 still fails, 1 recovered; 41 of 48 testable runs passed`. */
export function openingWords(digest: Digest): string {
  const count = (section: Section): number => digest.items.filter((item) => item.section === section).length;
  const of = (section: Section, one: string, many: string): string[] => {
    const n = count(section);
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];
  };
  const parts = [
    ...of('broke', 'failure is new', 'failures are new'),
    ...of('infrastructure', 'infrastructure event', 'infrastructure events'),
    ...of('new test failing', 'new test fails', 'groups of new tests fail'),
    ...of('still failing', 'failure goes on', 'failures go on'),
    ...of('recovered', 'recovered', 'recovered'),
    ...of('flaky', 'is only flaky', 'are only flaky'),
  ];
  const quiet = digest.jobs.length === 0 ? 'nothing was read' : 'nothing is broken';
  return `${parts.length === 0 ? quiet : parts.join(', ')}; ${runsWords(digest)}`;
}

/** `41 of 48 testable runs passed (85 %; the week before 91 % of 322)`. */
export function runsWords({ runs, health: { before } }: Digest): string {
  const n = runs.passed + runs.failed;
  const apart = [
    runs.infrastructure > 0 ? `${runs.infrastructure} infrastructure` : '',
    runs.aborted > 0 ? `${runs.aborted} aborted` : '',
    runs.running > 0 ? `${runs.running} running` : '',
  ].filter((part) => part !== '');
  const earlier = before === null ? '' : `; the week before ${percentWords(before.failures / before.n)} of ${before.n}`;
  const counted =
    n === 0
      ? 'no testable run ended'
      : `${runs.passed} of ${plural(n, 'testable run')} passed (${percentWords(runs.passed / n)}${earlier})`;
  return apart.length === 0 ? counted : `${counted}, beside them ${apart.join(', ')}`;
}

export const windowWords = ({ window: { from, to } }: Digest): string =>
  `${timeWords(new Date(from).toISOString())} to ${timeWords(new Date(to).toISOString())}`;

/** Since when, and in how many runs; for what is over, until when. */
export function sinceWords({ section, rate }: DigestItem, job: ItemJob, now: number): string {
  const start =
    job.since === null
      ? 'since before the grid begins'
      : `since ${timeWords(job.since.time)} (${agoWords(job.since.time, now)})`;
  const runs = plural(job.failed, 'run');
  if (section === 'stale') return job.since === null ? '' : `last run ${timeWords(job.since.time)}`;
  if (section === 'flaky')
    return rate === null
      ? `last failed ${timeWords(job.since?.time ?? null)}`
      : `failed in ${runs} of the window, last ${timeWords(job.since?.time ?? null)}`;
  if (job.recovered !== null)
    return `green again since ${timeWords(job.recovered.time)}, after ${plural(job.failed, 'failed run')}`;
  return job.failed > 0 ? `${start}, ${runs} in a row` : start;
}

/** `3 of 28 runs, 95 % interval 3 to 26 %`. */
export const rateWords = ({ rate }: DigestItem): string =>
  rate === null
    ? ''
    : `${rate.failures} of ${rate.n} runs, 95 % interval ${Math.round(rate.low * 100)} to ${Math.round(rate.high * 100)} %`;

/** Locus, recurrence and how sure; empty where the grid alone tells of it. */
export const kindWords = ({
  locus,
  recurrence,
  confidence,
}: Pick<DigestItem, 'locus' | 'recurrence' | 'confidence'>): string =>
  locus === null || recurrence === null
    ? ''
    : `${locus} · ${recurrence} (${confidence > 0 ? percentWords(confidence) : 'not decided'})`;

/** What a summary owes to the one before it. */
export function handoverWords({ handover }: Digest): string {
  if (handover === null) return '';
  const { since, added, kept, gone } = handover;
  const names = gone.slice(0, 5).join('; ');
  const more = gone.length > 5 ? ` and ${gone.length - 5} more` : '';
  return `Since the summary of ${timeWords(new Date(since).toISOString())}: ${added} new, ${kept} carried over, ${gone.length} gone${gone.length > 0 ? ` (${names}${more})` : ''}`;
}

export const countWords = ({ passed, failed, infrastructure, aborted }: RunCounts): string =>
  [
    `${passed} passed`,
    `${failed} failed`,
    ...(infrastructure > 0 ? [`${infrastructure} infrastructure`] : []),
    ...(aborted > 0 ? [`${aborted} aborted`] : []),
  ].join(', ');

/** The piece of evidence that says most: a line or a cell before the name of a row. */
export function proofOf(item: DigestItem, { evidence }: Digest): ShownEvidence | null {
  const cited = item.evidence.flatMap((id) => evidence.find((known) => known.id === id) ?? []);
  return cited.find(({ kind }) => kind !== 'grid-row') ?? cited[0] ?? null;
}

/** What a failure says of itself, where its title does not say it already. */
export const messageOf = ({ message, title }: DigestItem): string | null =>
  message?.endsWith(title) === true ? null : message;
