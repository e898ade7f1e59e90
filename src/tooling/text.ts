// The parts that the texts of tools have in common.
import type { Gap } from '../ci/evidence.ts';
import type { EvidenceItem } from './evidence.ts';

/** `[E1][E2]`, or nothing. */
export const cite = (ids: readonly string[]): string => ids.map((id) => `[${id}]`).join('');

/** The quotes, each under its title and link, its lines marked as what they are: data. Long filters of TestGrid are in the data alone. */
export function evidenceText(items: readonly EvidenceItem[]): string[] {
  return items.flatMap(({ id, title, url, line, quote, omitted }) =>
    quote === undefined
      ? [`[${id}] ${title}${url.includes('regex=') ? '' : ` ${url}`}`]
      : [
          `[${id}] ${title} ${url}`,
          ...quote.split('\n').map((text, i) => `  ${line === undefined ? '' : `${line + i} `}│ ${text}`),
          ...(omitted === undefined ? [] : [`  … ${omitted} more lines`]),
        ],
  );
}

export const gapWords = ({ what, why, effect }: Gap): string => `${what}: ${why}; ${effect}`;

export const gapsText = (gaps: readonly string[]): string[] => gaps.map((gap) => `Not known: ${gap}`);

/** Paragraphs, the empty ones left out. */
export const paragraphs = (...parts: readonly (readonly string[] | string)[]): string =>
  parts
    .map((part) => (typeof part === 'string' ? part : part.join('\n')))
    .filter((part) => part !== '')
    .join('\n');
