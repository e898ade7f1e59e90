// The summary for a terminal: what needs a person on the first screen, the rest by name.
import { clip, safeText } from '../ci/text.ts';
import { wrapped } from '../answer/heatmap/text-list.ts';
import type { Paint } from '../answer/paint.ts';
import { plural } from '../answer/words.ts';
import { SECTIONS, type Digest, type DigestItem, type Section } from './digest.ts';
import {
  handoverWords,
  kindWords,
  messageOf,
  openingWords,
  proofOf,
  rateWords,
  SECTION_TITLES,
  sinceWords,
  URGENT,
  windowWords,
} from './words.ts';

export interface DigestTextOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
}

const JOBS = 4;
const QUIET = 8;

/** All text of others in it is cleaned and without secrets. */
export function digestText(digest: Digest, options: DigestTextOptions): string {
  const { paint, width } = options;
  const line = (text: string): string[] => wrapped(safeText(text), width - 2).map((part) => `  ${part}`);
  return [
    `${paint.bold(safeText(digest.of))}  ${paint.dim(windowWords(digest))}`,
    ...line(openingWords(digest)),
    ...(digest.handover === null ? [] : line(handoverWords(digest))),
    ...SECTIONS.flatMap((section) => sectionLines(section, digest, options)),
    ...gapLines(digest, options),
    '',
  ].join('\n');
}

function sectionLines(section: Section, digest: Digest, options: DigestTextOptions): string[] {
  const items = digest.items.filter((item) => item.section === section);
  if (items.length === 0) return [];
  const { paint } = options;
  const title = `${SECTION_TITLES[section]} (${items.length})`;
  const shown = URGENT.has(section) ? items : items.slice(0, QUIET);
  const rest = items.length - shown.length;
  return [
    '',
    URGENT.has(section) ? paint.red(paint.bold(title)) : paint.bold(title),
    ...shown.flatMap((item) => itemLines(item, digest, options)),
    ...(rest > 0 ? [paint.dim(`  and ${rest} more; --format html or json has them all`)] : []),
  ];
}

function itemLines(item: DigestItem, digest: Digest, { paint, width }: DigestTextOptions): string[] {
  const facts = [
    kindWords(item),
    rateWords(item),
    item.isOver && URGENT.has(item.section) ? 'over' : '',
    item.note ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  const isUrgent = URGENT.has(item.section);
  const jobs = item.jobs.slice(0, JOBS);
  const detail = (text: string): string[] => wrapped(safeText(text), width - 4).map((part) => `    ${part}`);
  return [
    `  ${paint.bold(clip(safeText(item.title), width - 2))}`,
    ...(facts === '' ? [] : detail(facts).map(paint.dim)),
    ...jobs.flatMap((job) => detail(`${job.name}: ${sinceWords(item, job, digest.window.to)}`)),
    ...(item.jobs.length > jobs.length ? [`    and ${item.jobs.length - jobs.length} more jobs`] : []),
    ...item.changes.slice(0, 2).flatMap(([of, from, to]) => detail(`${of}: ${from} → ${to}`).map(paint.dim)),
    ...(isUrgent ? proofLines(item, digest, { paint, width }) : []),
  ];
}

/** What the failure says of itself, and where that stands. */
function proofLines(item: DigestItem, digest: Digest, { paint, width }: DigestTextOptions): string[] {
  const proof = proofOf(item, digest);
  const message = messageOf(item);
  return [
    ...(message === null ? [] : [`    │ ${clip(safeText(message), width - 6)}`]),
    ...(proof
      ? [`    ${paint.dim(clip(`[${proof.id}] ${safeText(proof.title)}`, width))}`, `    ${paint.dim(proof.url)}`]
      : []),
  ];
}

function gapLines({ gaps, jobs }: Digest, { paint, width }: DigestTextOptions): string[] {
  const unread = jobs.filter(({ state }) => state === 'unknown').length;
  const lines = gaps.map(({ what, why, effect }) => `${what}: ${why}; ${effect}`);
  if (lines.length === 0 && unread === 0) return [];
  return [
    '',
    paint.bold('Not known'),
    ...(unread > 0 ? [`  ${plural(unread, 'job')} could not be read`] : []),
    ...lines.flatMap((text) => wrapped(safeText(text), width - 2).map((part) => `  ${part}`)),
  ];
}
