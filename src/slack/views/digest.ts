// A summary in Slack: the first message fits a screen, the thread has each item with its proof.
import { clip, safeText } from '../../ci/text.ts';
import { SECTIONS, type Digest, type DigestItem, type Section } from '../../digest/digest.ts';
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
} from '../../digest/words.ts';
import { bold, bullets, escaped, link, quote, richText, section, text, type Inline } from '../rich-text.ts';
import { context, type MessageView } from './view.ts';

const FIRST_ITEMS = 6;
const TITLE_CHARS = 150;
const JOBS = 3;
const ITEMS_A_MESSAGE = 10;
const MESSAGES = 5;
const GAPS = 3;

/** What a person must see: how things stand, and what needs somebody. */
export function digestView(digest: Digest): MessageView {
  const urgent = digest.items.filter((item) => URGENT.has(item.section));
  const shown = urgent.slice(0, FIRST_ITEMS);
  const more = urgent.length - shown.length;
  const handover = handoverWords(digest);
  const title = `Daily summary of ${safeText(digest.of)}`;
  return {
    text: escaped(clip(`${title}: ${openingWords(digest)}`, 600)),
    blocks: [
      richText(
        section(bold(clip(title, TITLE_CHARS)), text(`\n${openingWords(digest)}`)),
        ...(shown.length === 0 ? [] : [bullets(shown.map((item) => firstLine(item)))]),
      ),
      ...(handover === '' ? [] : [context(handover)]),
      context(
        [
          ...(more > 0 ? [`${more} more in the thread`] : []),
          ...(digest.gaps.length > 0 ? [`${digest.gaps.length} things could not be read`] : []),
          windowWords(digest),
        ].join(' · '),
      ),
    ],
  };
}

function firstLine(item: DigestItem): Inline[] {
  const [job, ...others] = item.jobs;
  return [
    bold(`${SECTION_TITLES[item.section]}: `),
    text(clip(safeText(item.title), TITLE_CHARS)),
    text(' in '),
    ...(job ? [link(job.url, clip(safeText(job.name), 120))] : []),
    text(others.length === 0 ? '' : ` and ${others.length} more`),
  ];
}

/** The messages of the thread, a section after the other; what does not fit is counted. */
export function digestDetails(digest: Digest): MessageView[] {
  const views = SECTIONS.flatMap((name) => {
    const items = digest.items.filter((item) => item.section === name);
    return chunks(items, ITEMS_A_MESSAGE).map((part, i) => sectionView(name, part, i === 0, digest));
  });
  const left = views.length - MESSAGES;
  const shown = views.slice(0, MESSAGES);
  return [...shown, ...(left > 0 || digest.gaps.length > 0 ? [restView(digest, Math.max(0, left))] : [])];
}

function sectionView(name: Section, items: readonly DigestItem[], isFirst: boolean, digest: Digest): MessageView {
  const title = isFirst ? SECTION_TITLES[name] : `${SECTION_TITLES[name]}, continued`;
  return {
    text: escaped(`${title}: ${items.length}`),
    blocks: [richText(section(bold(title))), ...items.map((item) => itemBlock(item, digest))],
  };
}

function itemBlock(item: DigestItem, digest: Digest): object {
  const facts = [kindWords(item), rateWords(item), item.note ?? ''].filter((part) => part !== '').join(' · ');
  const jobs = item.jobs
    .slice(0, JOBS)
    .map((job): Inline[] => [
      link(job.url, clip(safeText(job.name), 120)),
      text(` ${sinceWords(item, job, digest.window.to)}`),
    ]);
  const more = item.jobs.length - jobs.length;
  const proof = proofOf(item, digest);
  const said = messageOf(item);
  return richText(
    section(bold(clip(safeText(item.title), TITLE_CHARS)), text(facts === '' ? '' : `\n${facts}`)),
    bullets([...jobs, ...(more > 0 ? [[text(`and ${more} more jobs`)]] : [])]),
    ...(URGENT.has(item.section) && said !== null ? [quote([clip(safeText(said), 300)])] : []),
    ...(proof && URGENT.has(item.section) ? [section(link(proof.url, clip(safeText(proof.title), 200)))] : []),
  );
}

function restView({ gaps }: Digest, left: number): MessageView {
  const lines = gaps.slice(0, GAPS).map(({ what, why, effect }) => `${what}: ${why}; ${effect}`);
  const rest = gaps.length - lines.length;
  const said = [
    ...(left > 0 ? [`${left} more messages’ worth is in whyred digest --format html`] : []),
    ...lines,
    ...(rest > 0 ? [`and ${rest} more that could not be read`] : []),
  ];
  return {
    text: escaped('Not known'),
    blocks: [richText(section(bold('Not known')), bullets(said.map((line) => [text(clip(safeText(line), 300))])))],
  };
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
