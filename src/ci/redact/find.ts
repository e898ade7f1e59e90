// Finds the secrets in a text: one pass for the literals of all rules, then only the rules whose literals are there.
import { assignedSecrets, NAME_WORDS } from './assignment.ts';
import { lineEnd, privateKeys, yamlSecrets } from './blocks.ts';
import { CI_TOKENS } from './ci-tokens.ts';
import { CONTEXTS, type ContextRule } from './contexts.ts';
import { isPlaceholder } from './generic.ts';
import { Literals } from './literals.ts';
import { entropyOf, type Span, type TokenRule } from './rule.ts';
import { SERVICE_TOKENS } from './service-tokens.ts';
import { patternOf, prefixesOf } from './shape.ts';

/** Finds secrets in a line and the one below it. */
interface Finder {
  readonly literals: readonly string[];
  readonly find: (lines: string) => readonly Span[];
}

/** A prefix that ends in a letter or digit may stand inside a word: the token must not. `\n` as text is no word. */
const WORD_START = String.raw`(?:(?<![0-9A-Za-z])|(?<=\\[nrt]))`;

function tokenFinder({ rule, shape, keyword, entropy }: TokenRule): Finder {
  const literals = keyword === undefined ? prefixesOf(shape) : [keyword];
  const isWordy = keyword !== undefined || literals.some((text) => /[0-9A-Za-z]$/.test(text) || text.length < 4);
  const end = shape.endsWith('+>') ? '' : '(?![0-9A-Za-z])';
  const pattern = new RegExp(`${isWordy ? WORD_START : ''}(?<secret>${patternOf(shape)})${end}`, 'g');
  return { literals, find: (lines) => matches(lines, pattern, rule, entropy) };
}

function contextFinder({ rule, keywords, pattern, entropy }: ContextRule): Finder {
  return {
    literals: keywords.flatMap(spellings),
    find: (lines) =>
      matches(lines, pattern, rule, entropy).filter(({ start, end }) => !isPlaceholder(lines.slice(start, end))),
  };
}

function matches(text: string, pattern: RegExp, rule: string, entropy = 0): Span[] {
  return Array.from(text.matchAll(pattern), (found): Span => {
    const secret = found.groups?.['secret'] ?? '';
    const start = found.index + found[0].lastIndexOf(secret);
    return { start, end: start + secret.length, rule };
  }).filter(({ start, end }) => entropyOf(text.slice(start, end)) >= entropy);
}

/** A word as names spell it, `token`, `Token`, `TOKEN`; a literal with capitals stands for itself. */
function spellings(word: string): string[] {
  if (/[A-Z]/.test(word)) return [word];
  return [...new Set([word, word.slice(0, 1).toUpperCase() + word.slice(1), word.toUpperCase()])];
}

const FINDERS: readonly Finder[] = [
  { literals: NAME_WORDS.flatMap(spellings), find: assignedSecrets },
  ...[...CI_TOKENS, ...SERVICE_TOKENS].map(tokenFinder),
  ...CONTEXTS.map(contextFinder),
];
const LITERALS = new Literals(FINDERS.flatMap(({ literals }) => literals));
/** The finder of each literal. */
const OWNERS: readonly Finder[] = FINDERS.flatMap((finder) => finder.literals.map(() => finder));

/** What was taken out may have stood in the way of telling its neighbour: the search is repeated so often. */
const PASSES = 8;

/** The secrets of a text without control characters, in order, none over another or over the end of a line. */
export function findIn(text: string): Span[] {
  const found: Span[] = [];
  let rest = text;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const spans = withoutOverlaps(findOnce(rest), marksIn(rest));
    if (spans.length === 0) break;
    found.push(...spans);
    rest = withoutSpans(rest, spans);
  }
  return withoutOverlaps(found, []);
}

function findOnce(text: string): Span[] {
  const spans: Span[] = [];
  if (text.includes('PRIVATE KEY')) spans.push(...privateKeys(text));
  if (text.includes('kind:')) spans.push(...yamlSecrets(text));
  LITERALS.scan(text, (start, end, found) => {
    const lines = text.slice(start, lineEnd(text, end + 1));
    for (const finder of new Set(Array.from(found, (id) => OWNERS[id])))
      for (const span of finder?.find(lines) ?? [])
        spans.push({ ...span, start: start + span.start, end: start + span.end });
  });
  return spans;
}

/** The text with as many characters, each span as empty as the mark that will stand there is to the rules. */
function withoutSpans(text: string, spans: readonly Span[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of spans) {
    out += `${text.slice(at, start)}[${' '.repeat(Math.max(0, end - start - 2))}]`.slice(0, end);
    at = end;
  }
  return out + text.slice(at);
}

const MARK = /\[redacted: [\w-]{1,60}\]/g;

const marksIn = (text: string): Span[] =>
  text.includes('[redacted: ')
    ? Array.from(text.matchAll(MARK), ({ 0: mark, index }) => ({ start: index, end: index + mark.length, rule: '' }))
    : [];

/** Of spans that overlap the first and longest names all; what was redacted before stays as it is. */
function withoutOverlaps(spans: readonly Span[], marks: readonly Span[]): Span[] {
  const merged: Span[] = [];
  let next = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    while ((marks[next]?.end ?? Infinity) <= span.start) next += 1;
    if ((marks[next]?.start ?? Infinity) < span.end) continue;
    if (!last || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}
