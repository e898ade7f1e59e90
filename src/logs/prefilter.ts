// The one pass that a line must stand before any rule is tried on it: it has a literal that some rule needs.
import { Literals } from './literals.ts';
import { RULES } from './rules/all.ts';
import type { Rule } from './rules/rule.ts';
import { EXITS, STARTS } from './rules/exits.ts';
import { RED_NEEDS } from './score.ts';

/** All literals that rules need. */
export const NEEDS: readonly string[] = [
  ...new Set([...RULES, ...EXITS, ...STARTS].flatMap(({ needs }) => needs).concat(RED_NEEDS)),
];

export const PREFILTER = new Literals(NEEDS);

const rulesOf: readonly (readonly number[])[] = NEEDS.map((literal) =>
  RULES.flatMap(({ needs }, i) => (needs.includes(literal) ? [i] : [])),
);
/** Lines have few combinations of literals, over and over. */
const MAX_KNOWN = 10_000;
const known = new Map<string, readonly Rule[]>();

/** The rules that may match the line at `start` to `end`, the strongest first. */
export function rulesFor(bytes: Uint8Array, start: number, end: number): readonly Rule[] {
  const literals = PREFILTER.in(bytes, start, end);
  const key = literals.join();
  const before = known.get(key);
  if (before) return before;
  const found = new Set(literals.flatMap((literal) => rulesOf[literal] ?? []));
  const rules = RULES.filter((_, i) => found.has(i));
  if (known.size < MAX_KNOWN) known.set(key, rules);
  return rules;
}
