// The one pass that a line must stand before any rule is tried on it: it has a literal that some rule needs.
import { Literals } from './literals.ts';
import { RULES } from './rules/all.ts';
import { EXITS, STARTS } from './rules/exits.ts';
import { RED_NEEDS } from './score.ts';

/** All literals that rules need. */
export const NEEDS: readonly string[] = [
  ...new Set([...RULES, ...EXITS, ...STARTS].flatMap(({ needs }) => needs).concat(RED_NEEDS)),
];

export const PREFILTER = new Literals(NEEDS);
