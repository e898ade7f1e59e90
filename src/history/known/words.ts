// The words that failures are compared by: of a test's name, and of an error text with its numbers and ids masked.
import { mask } from '../../logs/shape.ts';
import { isCommon } from './common.ts';

/** So much of a text is read: its first lines say what failed. */
const TEXT_CHARS = 16_000;
const NAME_CHARS = 1_000;
const MOST_WORDS = 600;
/** A masked line with so many words that tell something is a word of its own: few lines are alike by chance. */
const LINE_WORDS = 3;
const LINE_MARK = '= ';
const WORD = /[a-z_][a-z0-9_]{2,59}/g;
/** A place in the source: the line shifts with time, and tells much while it does not. */
const PLACE = /\b[A-Za-z0-9_-]{2,60}\.(?:go|py|sh|ts|js|java|rs):\d{1,6}\b/g;

/** The words of an error text, its lines that say something, and the places in sources it names, each once. */
export function textWords(text: string): Set<string> {
  const words = new Set<string>();
  for (const line of text.slice(0, TEXT_CHARS).split('\n')) {
    const masked = mask(line).toLowerCase();
    const own = masked.match(WORD) ?? [];
    for (const word of own) words.add(word);
    for (const [place] of line.matchAll(PLACE)) words.add(place);
    if (own.filter((word) => !isCommon(word)).length >= LINE_WORDS) words.add(LINE_MARK + masked);
    if (words.size >= MOST_WORDS) break;
  }
  return words;
}

/** True for a whole line among the words of a text. */
export const isLine = (word: string): boolean => word.startsWith(LINE_MARK);

/** A word as people read it. */
export const wordShown = (word: string): string => (isLine(word) ? word.slice(LINE_MARK.length) : word);

const SUITE = /^.{0,200}?\[It\]/;
const TAG = /\[[^\]]{0,200}\]/g;
/** What Spyglass shows behind a name that was copied from it. */
const COPIED = /\bexpand_(?:less|more)\b.{0,40}$/;

/** The words of a test's name in order, without suite and tags. */
export function nameWords(name: string): string[] {
  const own = name.slice(0, NAME_CHARS).replace(SUITE, ' ').replace(COPIED, ' ').replace(TAG, ' ').toLowerCase();
  return own.match(/[a-z0-9_]+/g) ?? [];
}

const GO_TEST = /^\s{0,20}--- FAIL: (\S{1,300})/;
const GO_RUN = /=== (?:RUN|FAIL:?) {1,4}(Test\S{1,300})/;
const GINKGO = /^(?:.{0,200}?\[It\] )(.{8,400})$/;
const NAMES = 5;

/** Names of failed tests that stand in an error text: of Ginkgo (`[It] …`) and of Go. */
export function namesIn(text: string): string[] {
  const names = new Set<string>();
  for (const line of text.slice(0, TEXT_CHARS).split('\n')) {
    const go = GO_TEST.exec(line) ?? GO_RUN.exec(line);
    const found = go?.[1] ?? (/\bIn \[It\]|\bin \[It\]/.test(line) ? undefined : GINKGO.exec(line)?.[0]);
    if (found !== undefined) names.add(found.trim());
    if (names.size >= NAMES) break;
  }
  return [...names];
}

type Words = ReadonlySet<string>;

export const both = (a: Words, b: Words): Set<string> => new Set([...a].filter((word) => b.has(word)));
export const either = (a: Words, b: Words): Set<string> => new Set([...a, ...b]);
