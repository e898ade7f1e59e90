// The summary as Markdown: for an issue, a hand-over note, a mail.
import { safeText } from '../ci/text.ts';
import { SECTIONS, type Digest, type DigestItem } from './digest.ts';
import {
  handoverWords,
  kindWords,
  messageOf,
  openingWords,
  proofOf,
  rateWords,
  SECTION_TITLES,
  sinceWords,
  windowWords,
} from './words.ts';

/** Text of others means nothing in it: what Markdown or HTML would read as its own is taken out of effect. */
const text = (said: string): string =>
  safeText(said)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&@]/g, (mark) =>
      /[-.()#+!]/.test(mark)
        ? mark
        : mark === '@'
          ? '@\u200b'
          : mark === '<'
            ? '&lt;'
            : mark === '&'
              ? '&amp;'
              : `\\${mark}`,
    );

/** A link to an address of ours; round brackets would end it. */
const link = (said: string, url: string): string =>
  url.startsWith('https://') ? `[${text(said)}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})` : text(said);

/** All text of others in it is cleaned, without secrets, and marks up nothing. */
export function digestMarkdown(digest: Digest): string {
  const handover = handoverWords(digest);
  return [
    `# ${text(digest.of)}`,
    '',
    `${windowWords(digest)}. ${text(openingWords(digest))}.`,
    ...(handover === '' ? [] : ['', text(handover)]),
    ...SECTIONS.flatMap((section) => {
      const items = digest.items.filter((item) => item.section === section);
      return items.length === 0
        ? []
        : ['', `## ${SECTION_TITLES[section]}`, '', ...items.flatMap((item) => itemLines(item, digest))];
    }),
    ...(digest.gaps.length === 0
      ? []
      : [
          '',
          '## Not known',
          '',
          ...digest.gaps.map(({ what, why, effect }) => `- ${text(`${what}: ${why}; ${effect}`)}`),
        ]),
    '',
  ].join('\n');
}

function itemLines(item: DigestItem, digest: Digest): string[] {
  const facts = [kindWords(item), rateWords(item), item.note ?? ''].filter((part) => part !== '').join(' · ');
  const proof = proofOf(item, digest);
  const message = messageOf(item);
  return [
    `- **${text(item.title)}**${facts === '' ? '' : ` ${text(facts)}`}`,
    ...item.jobs.map((job) => `  - ${link(job.name, job.url)}: ${text(sinceWords(item, job, digest.window.to))}`),
    ...(message === null ? [] : [`  - says: ${text(message)}`]),
    ...(proof === null ? [] : [`  - proof: ${link(proof.title, proof.url)}`]),
  ];
}
