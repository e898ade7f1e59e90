// The one pass that a line must stand before any rule is tried on it: it has a literal that some rule needs.
import { Literals, type Found } from './literals.ts';
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

/** Lines have few combinations of literals, over and over; most have one. */
const MAX_KNOWN = 10_000;
const known = new Map<string, Suspicion>();
const ofOne: (Suspicion | undefined)[] = [];

/** What a line that ends at `end` may be, by its literals, the first of which was found. */
export function suspect(bytes: Uint8Array, end: number, found: Found): Suspicion {
  const places = PREFILTER.in(bytes, end, found);
  const [only = 0] = places;
  if (places.length === 1) return (ofOne[only] ??= suspicionOf(places));
  const key = places.join();
  const before = known.get(key);
  if (before) return before;
  const suspicion = suspicionOf(places);
  if (known.size < MAX_KNOWN) known.set(key, suspicion);
  return suspicion;
}

function suspicionOf(places: readonly number[]): Suspicion {
  const literals = new Set(places.map((place) => NEEDS[place] ?? ''));
  const hasOne = ({ needs }: { needs: readonly string[] }): boolean => needs.some((need) => literals.has(need));
  return { rules: RULES.filter(hasOne), mayBeRunner: [...EXITS, ...STARTS].some(hasOne) };
}
