// Checks a posted answer against what the tools really gave, without any code of the product's own check.
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import type { RecordedCall } from './rig.ts';

/** What an id may be cited for: all that a result says, or a piece of its evidence and what is said with it. */
type Cited = readonly string[];

/** A result as the model was shown it: its id and its text. */
export interface ShownResult {
  readonly id: string;
  readonly text: string;
}

/**
 * The posted claims that do not hold: ids that no result has, quotes that are not in what is cited, builds and other
 * long numbers that are not, links in the words.
 * @param shown results by the ids that the model was told, from the requests it really got
 */
export function unverifiedClaims(
  answer: Pick<AssistantAnswer, 'claims' | 'by'>,
  calls: readonly RecordedCall[],
  shown: readonly ShownResult[],
): string[] {
  // What code itself says of a question it cannot answer rests on nothing that could be cited.
  const claims = answer.claims.filter(({ evidence }) => answer.by === 'model' || evidence.length > 0);
  return claims.flatMap(({ text, evidence }) => {
    const cited = evidence.map((id) => citedBy(id, calls, shown));
    if (cited.length === 0) return [`cites nothing: ${text}`];
    if (cited.includes(null)) return [`cites ${evidence.join(', ')}, which is not there: ${text}`];
    const there = cited.flatMap((one) => one ?? []);
    const missing = partsOf(text).find((part) => !there.some((words) => folded(words).includes(folded(part))));
    return missing === undefined ? [] : [`“${missing}” is not in ${evidence.join(', ')}: ${text}`];
  });
}

/** What must stand in the evidence letter for letter: quotes, long numbers, links. */
const partsOf = (text: string): string[] => [
  ...Array.from(text.matchAll(/"[^"]+"|“[^”]+”|`[^`]+`|«[^»]+»/g), ([quote]) => quote.slice(1, -1)),
  ...Array.from(text.matchAll(/\d{4,}/g), ([number]) => number),
  ...Array.from(text.matchAll(/\w+:\/\/\S+/g), ([url]) => url),
];

/** Links, mentions and markup that were taken apart for a reader, put together again. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('[:]', ':')
    .replace(/hxxp/gi, 'http')
    .replaceAll('www[.]', 'www.')
    .replaceAll('[at]', '@')
    .replaceAll('‹', '<')
    .replaceAll('] (', '](')
    .replaceAll("'''", '```');

function citedBy(id: string, calls: readonly RecordedCall[], shown: readonly ShownResult[]): Cited | null {
  const [, result = '', piece] = /^(R\d+)(?:\.(E\d+))?$/.exec(id) ?? [];
  const text = shown.find((one) => one.id === result)?.text;
  // A result may have been cut before the model was shown it: what is left of it is the beginning.
  const cut = text?.replace(/\n… cut: ask for less$/, '');
  const call = calls.find(({ called }) => called !== null && cut !== undefined && called.text.startsWith(cut));
  if (text === undefined || !call?.called) return null;
  if (piece === undefined) return [call.called.text];
  const { evidence } = call.called.output;
  const item = (Array.isArray(evidence) ? evidence : []).find((one) => (one as { id?: unknown }).id === piece) as
    { title?: string; quote?: string } | undefined;
  return item ? [item.title ?? '', item.quote ?? '', ...saidWith(piece, call.called.output)] : null;
}

/** Strings of every object in the output that cites the piece. */
function saidWith(piece: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.values(value);
  const cites = fields.some((field) => field === piece || (Array.isArray(field) && field.includes(piece)));
  return [
    ...(cites && !Array.isArray(value) ? fields.filter((field) => typeof field === 'string') : []),
    ...fields.flatMap((field) => saidWith(piece, field)),
  ];
}

/** Every link that the tools made: the only ones that an answer may show. */
export function linksOf(calls: readonly RecordedCall[]): Set<string> {
  const links = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'url' && typeof inner === 'string') links.add(inner);
      collect(inner);
    }
  };
  for (const { called } of calls) collect(called?.output);
  return links;
}
