// Finds values that are assigned to a name which says secret: in code, YAML, JSON, XML, shells and headers.
import { ASSIGNED } from './assigned.ts';
import { isPlaceholder, isSecretValue, STRONG_NAMES, WEAK_NAMES } from './generic.ts';
import { entropyOf, type AssignedRule, type Span } from './rule.ts';
import { patternOf } from './shape.ts';

interface Compiled extends AssignedRule {
  readonly pattern: RegExp;
}

/** The rules of each word. */
const RULES = new Map<string, Compiled[]>();
for (const rule of ASSIGNED) {
  const compiled = { ...rule, pattern: new RegExp(`^${patternOf(rule.shape)}$`) };
  for (const word of rule.words) RULES.set(word, [...(RULES.get(word) ?? []), compiled]);
}

/** Every word that may stand in such a name, in lower case. */
export const NAME_WORDS: readonly string[] = [...new Set([...RULES.keys(), ...STRONG_NAMES, ...WEAK_NAMES])];

const WORD = new RegExp(NAME_WORDS.join('|'), 'gi');
/** Behind the word: the rest of the name, an operator, and what may stand before the value. */
const OPERATION =
  /(?<rest>[\w .\t-]{0,24}(?:(?:["'`\\]{1,4}|&(?:quot|apos|#3[49]);)[ \t]{0,5})?)(?<operator>[:?+.<]{0,3}=>?|:|>|,|\(|\|{1,2})["'`\\\s=>|]{0,8}(?:&(?:quot|apos|#3[49]);)?/y;
const NAME_REACH = 30;
/** So much of a value decides what it is. */
const DECIDED_BY = 260;
/** Codes of what ends a value, and of what ends a sentence and no value. */
const ENDS = new Set(Array.from(' \t\n\r"\'`\\,;<>(){}[]&', (char) => char.charCodeAt(0)));
const STOPS = new Set(Array.from('.:?!', (char) => char.charCodeAt(0)));

/** The secrets that names in `text` tell; a value may stand on the line after its name. */
export function assignedSecrets(text: string): Span[] {
  const spans: Span[] = [];
  WORD.lastIndex = 0;
  for (let word = WORD.exec(text); word; word = WORD.exec(text)) {
    OPERATION.lastIndex = WORD.lastIndex;
    const found = OPERATION.exec(text);
    if (!found) continue;
    const { rest = '', operator = '' } = found.groups ?? {};
    const start = OPERATION.lastIndex;
    const value = text.slice(start, valueEnd(text, start, start + DECIDED_BY));
    const name = `${text.slice(Math.max(0, word.index - NAME_REACH), word.index).match(/[\w.-]{0,30}$/)?.[0] ?? ''}${word[0]}${rest}`;
    const rule = ruleOf(word[0].toLowerCase(), name, value, /[=:]/.test(operator));
    // A value that is no secret may itself hold a name: the search goes on behind this one's word.
    if (rule === null) continue;
    const end = valueEnd(text, start, text.length);
    spans.push({ start, end, rule });
    WORD.lastIndex = end;
  }
  return spans;
}

/** Where the value that begins at `from` ends, looked for up to `limit`. */
function valueEnd(text: string, from: number, limit: number): number {
  const most = Math.min(limit, text.length);
  let end = from;
  while (end < most && !ENDS.has(text.charCodeAt(end))) end += 1;
  return end > from && STOPS.has(text.charCodeAt(end - 1)) ? end - 1 : end;
}

function ruleOf(word: string, name: string, value: string, isSet: boolean): string | null {
  if (value.length < 6 || isPlaceholder(value)) return null;
  const known = RULES.get(word)?.find(
    ({ pattern, entropy = 2 }) => pattern.test(value) && /\d|[a-z][A-Z]/.test(value) && entropyOf(value) >= entropy,
  );
  if (known) return known.rule;
  return isSecretValue(name, value, isSet) ? 'generic-secret' : null;
}
