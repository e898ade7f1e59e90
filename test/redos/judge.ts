// Judges a regular expression: linear by its form, or by what the ReDoS checker recheck finds.
import { RegExpParser, type AST } from '@eslint-community/regexpp';
import { checkSync } from 'recheck';

/** Steps a character of the text may cost at most where every repeat is bounded. */
const STEPS = 5_000;
/** The checker unrolls counted repeats; that they are bounded is enough for it, whatever the count. */
const COUNTED = 2;

const parser = new RegExpParser();

/** What is wrong with a regular expression; null when its time is linear in the text. */
export function problemOf(source: string, flags: string): string | null {
  const pattern = parser.parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  const steps = stepsOf(pattern);
  if (steps <= STEPS) return null;
  // Unbounded repeats are judged with small counts in place of large ones; bounded ones by their real cost.
  const judged = steps === Infinity ? withSmallCounts(source, pattern) : source;
  const found = checkSync(judged, flags, { timeout: 60_000 });
  if (found.status === 'safe') return null;
  return found.status === 'vulnerable' ? found.complexity.summary : `not decided: ${found.error.kind}`;
}

/** Ways the engine may try at one place of the text, at most; infinite with an unbounded repeat. */
function stepsOf(node: AST.Pattern | AST.Alternative | AST.Element): number {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.reduce((sum, way) => sum + stepsOf(way), 0);
    case 'Assertion':
      return 'alternatives' in node ? node.alternatives.reduce((sum, way) => sum + stepsOf(way), 0) : 1;
    case 'Alternative':
      return node.elements.reduce((product, element) => product * stepsOf(element), 1);
    case 'Quantifier': {
      const inner = stepsOf(node.element);
      return node.max === Infinity ? Infinity : (node.max - node.min + 1) * inner ** (inner === 1 ? 1 : node.max);
    }
    default:
      return 1;
  }
}

function withSmallCounts(source: string, pattern: AST.Pattern): string {
  const quantifiers: AST.Quantifier[] = [];
  const visit = (node: AST.Node): void => {
    if (node.type === 'Quantifier') quantifiers.push(node);
    const inner = 'alternatives' in node ? node.alternatives : 'elements' in node ? node.elements : [];
    for (const child of node.type === 'Quantifier' ? [node.element] : inner) visit(child);
  };
  visit(pattern);
  let text = source;
  // From the last to the first: what stands before a place is still as it was.
  for (const { element, end, min, max, greedy } of quantifiers.sort((a, b) => b.element.end - a.element.end)) {
    if (!source.slice(element.end, end).startsWith('{')) continue;
    const [least, most] = [Math.min(min, COUNTED), Math.min(max, COUNTED)];
    const counts = max === Infinity ? `{${least},}` : `{${least},${most}}`;
    text = `${text.slice(0, element.end)}${counts}${greedy ? '' : '?'}${text.slice(end)}`;
  }
  return text;
}
