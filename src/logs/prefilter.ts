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

/** What a line with certain literals may be. */
export interface Suspicion {
  /** The rules that may match it, the strongest first. */
  readonly rules: readonly Rule[];
  /** True when it may be a runner's word about a command. */
  readonly mayBeRunner: boolean;
}

/** Lines have few combinations of literals, over and over. */
const MAX_KNOWN = 10_000;
const known = new Map<string, Suspicion>();

/** What the line at `start` to `end` may be, by its literals. */
export function suspect(bytes: Uint8Array, start: number, end: number): Suspicion {
  const places = PREFILTER.in(bytes, start, end);
  const key = places.join();
  const before = known.get(key);
  if (before) return before;
  const literals = new Set(places.map((place) => NEEDS[place] ?? ''));
  const hasOne = ({ needs }: { needs: readonly string[] }): boolean => needs.some((need) => literals.has(need));
  const suspicion = { rules: RULES.filter(hasOne), mayBeRunner: [...EXITS, ...STARTS].some(hasOne) };
  if (known.size < MAX_KNOWN) known.set(key, suspicion);
  return suspicion;
}
