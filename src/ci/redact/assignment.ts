// Finds values that are assigned to a name which says secret: in code, YAML, JSON, XML, shells and headers.
import { ASSIGNED } from './assigned.ts';
import { isPlaceholder, isSecretValue, STRONG_NAMES, WEAK_NAMES } from './generic.ts';
import { entropyOf, type AssignedRule, type Span } from './rule.ts';
import { patternOf } from './shape.ts';

interface Compiled extends AssignedRule {
  readonly pattern: RegExp;
}

const COMPILED: readonly Compiled[] = ASSIGNED.map((rule) => ({
  ...rule,
  pattern: new RegExp(`^${patternOf(rule.shape)}$`),
}));

/** Every word that may stand in such a name, in lower case. */
export const NAME_WORDS: readonly string[] = [
  ...new Set([...ASSIGNED.flatMap(({ words }) => words), ...STRONG_NAMES, ...WEAK_NAMES]),
];

const QUOTE = String.raw`(?:\\{0,3}["'\x60]|&(?:quot|apos|#34|#39);)`;
const OPERATOR = String.raw`(?:[:?+.<]{0,3}=>?|:|>|,|\(|\|{1,2})`;
/** A name with a telling word, an operator, and what may stand before the value, which begins behind the match. */
const ASSIGNMENT = new RegExp(
  String.raw`(?<word>${NAME_WORDS.join('|')})(?<rest>[\w .\t-]{0,24}${QUOTE}{0,3}[ \t]{0,5})(?<operator>${OPERATOR})(?:${QUOTE}|[\s=>|]){0,8}(?=[^\s"'\x60])`,
  'gi',
);
const NAME_REACH = 30;
const VALUE_END = /[\s"'`\\,;<>(){}[\]&]/g;

/** The secrets that names in `text` tell; a value may stand on the line after its name. */
export function assignedSecrets(text: string): Span[] {
  const spans: Span[] = [];
  ASSIGNMENT.lastIndex = 0;
  for (let found = ASSIGNMENT.exec(text); found; found = ASSIGNMENT.exec(text)) {
    const { word = '', rest = '', operator = '' } = found.groups ?? {};
    const start = found.index + found[0].length;
    const end = valueEnd(text, start);
    const name = `${text.slice(Math.max(0, found.index - NAME_REACH), found.index).match(/[\w.-]*$/)?.[0] ?? ''}${word}${rest}`;
    const rule = ruleOf(name, text.slice(start, end), /[=:]/.test(operator));
    if (rule !== null) spans.push({ start, end, rule });
    // The value may itself hold a name: the search goes on behind this one's word.
    ASSIGNMENT.lastIndex = rule === null ? found.index + word.length : end;
  }
  return spans;
}

function valueEnd(text: string, from: number): number {
  VALUE_END.lastIndex = from;
  const end = VALUE_END.exec(text)?.index ?? text.length;
  // A full stop or a colon ends a sentence, not a value.
  return /[.:?!]/.test(text[end - 1] ?? '') ? end - 1 : end;
}

function ruleOf(name: string, value: string, isSet: boolean): string | null {
  if (value.length < 6 || isPlaceholder(value)) return null;
  const lower = name.toLowerCase();
  const known = COMPILED.find(
    ({ words, pattern, entropy = 2 }) =>
      words.some((word) => lower.includes(word)) &&
      pattern.test(value) &&
      /\d|[a-z][A-Z]/.test(value) &&
      entropyOf(value) >= entropy,
  );
  if (known) return known.rule;
  return isSecretValue(name, value, isSet) ? 'generic-secret' : null;
}
