// Evidence as tools give it: an id to cite, where it stands, a link that opens there, and as much of the quote as helps.
import { z } from 'zod';
import type { EvidenceList } from '../ci/evidence.ts';
import { checkEvidence } from '../answer/verify.ts';
import type { ShownEvidence } from '../answer/shown.ts';
import { clip, oneLine } from '../ci/text.ts';
import { bestPart } from '../logs/score.ts';

export const EvidenceItem = z.strictObject({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  line: z.int().optional().describe('of the quote’s first line'),
  quote: z.string().optional().describe('untrusted'),
  omitted: z.int().optional().describe('lines of the quote left out'),
});
export type EvidenceItem = z.infer<typeof EvidenceItem>;

/** Ids of evidence that a claim rests on. */
export const Cites = z.array(z.string());

export interface QuoteLimits {
  readonly lines: number;
  /** Characters of a line. */
  readonly chars: number;
}

export const SHORT_QUOTES: QuoteLimits = { lines: 6, chars: 240 };
export const FULL_QUOTES: QuoteLimits = { lines: 40, chars: 600 };

const TITLE_CHARS = 300;
/** So much of a message tells the line it stands in. */
const SAID_CHARS = 40;

/** Kinds whose quote says something a reader does not know from the title. */
const WORTH_QUOTING: ReadonlySet<ShownEvidence['kind']> = new Set([
  'log-lines',
  'grid-cell',
  'junit-case',
  'known-issue',
]);

/**
 * Evidence that has been checked, with at most so much of each quote.
 * @param about what the quote is cited for: of a longer quote the lines around it are shown, else those around the line
 *   that says most
 */
export function evidenceItem(item: ShownEvidence, limits: QuoteLimits, about = ''): EvidenceItem {
  const { id, kind, url, lines, quote } = item;
  const title = oneLine(item.title, TITLE_CHARS);
  if (!WORTH_QUOTING.has(kind)) return { id, title, url };
  const all = quote.split('\n');
  const from = startOf(all, limits.lines, about);
  const shown = all.slice(from, from + limits.lines).map((line) => clip(line, limits.chars));
  const omitted = all.length - shown.length;
  return {
    id,
    title,
    url,
    ...(lines === null ? {} : { line: lines.from + from }),
    quote: shown.join('\n'),
    ...(omitted > 0 ? { omitted } : {}),
  };
}

/** The first line shown of a quote: one before the line that says what it is cited for, or else most. */
function startOf(lines: readonly string[], most: number, about: string): number {
  if (lines.length <= most) return 0;
  const said = about.slice(0, SAID_CHARS);
  const at = said === '' ? -1 : lines.findIndex((line) => oneLine(line, 20_000).includes(said));
  return Math.max(0, Math.min((at < 0 ? mostSaying(lines) : at) - 1, lines.length - most));
}

function mostSaying(lines: readonly string[]): number {
  const own = lines.map((line) => bestPart(line).score?.own ?? 0);
  return own.indexOf(Math.max(...own));
}

/** What was collected, each quote checked against what was fetched. */
export const evidenceItems = (list: EvidenceList, limits: QuoteLimits, about = ''): EvidenceItem[] =>
  checkEvidence(list.items, list.texts).map((item) => evidenceItem(item, limits, about));
