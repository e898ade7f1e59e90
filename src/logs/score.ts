// How much a line says, by itself, of why a build failed.
import { cleanText } from '../ci/text.ts';
import { withoutPrefix } from './prefix.ts';
import { AGAINST } from './rules/against.ts';
import { RULES } from './rules/all.ts';
import { EXITS, STARTS } from './rules/exits.ts';
import type { Rule } from './rules/rule.ts';

export interface Score {
  readonly own: number;
  readonly why: string;
  /** True when the strongest rule only sums up. */
  readonly sumsUp: boolean;
}

/** Programs print what went wrong in red. */
const RED = /\u001b\[(?:\d{1,2};){0,3}(?:31|91)(?:;\d{1,2}){0,3}m/;
/** Literals, one of which stands in a line with red in it, but for red between two other codes. */
export const RED_NEEDS = ['[31', '31m', '[91', '91m'];
const RED_WEIGHT = 4;
/** A level that a build tool puts before what went wrong: what stands after it says what. */
const LEVEL = /^\s{0,8}(?:##)?\[(?:ERROR|error)\]\s?/;
const LEVEL_WEIGHT = 8;
/** From this weight on a rule knows a tool's own words; up to the other one it tells little by itself. */
const STRONG = 7;
const SAYS_LITTLE = 5;
const SECOND_SHARE = 0.25;

/**
 * The strongest rule, a share of the second one, and what speaks against the line; null when no rule knows it.
 * @param rules those that may match, the strongest first
 */
export function scoreLine(whole: string, raw: string, rules: readonly Rule[] = RULES): Score | null {
  const text = LEVEL.test(whole) ? whole.replace(LEVEL, '') : whole;
  let best = 0;
  let second = text === whole ? 0 : LEVEL_WEIGHT;
  let why = '';
  let sumsUp = false;
  for (const rule of rules) {
    const { weight, pattern, tool, name } = rule;
    if (!pattern.test(text) && !(text !== whole && pattern.test(whole))) continue;
    if (best === 0) {
      best = weight;
      sumsUp = rule.sumsUp === true;
      why = `${tool}: ${name}`;
    } else {
      second = Math.max(second, weight);
      sumsUp ||= rule.sumsUp === true && weight > SAYS_LITTLE;
      break;
    }
  }
  if (raw.includes('\u001b') && RED.test(raw) && /\w/.test(text)) {
    if (best === 0) why = 'printed in red';
    second = Math.max(second, Math.min(best, RED_WEIGHT) * 2);
    best = Math.max(best, RED_WEIGHT);
  }
  if (best === 0) return null;
  let against = 0;
  for (const { pattern, weight, onlyVague } of AGAINST)
    if ((onlyVague !== true || best < STRONG) && pattern.test(whole)) against += weight;
  return { own: best + second * SECOND_SHARE + against, why, sumsUp };
}

/** A line that overwrites itself with carriage returns has this many parts that are looked at, the last ones. */
const MAX_PARTS = 20;

/** The part of a line that says most, cleaned, and what it says: a carriage return begins a new part. */
export function bestPart(raw: string, rules: readonly Rule[] = RULES): { text: string; score: Score | null } {
  const parts = raw.includes('\r')
    ? raw
        .split('\r')
        .filter((part) => part.trim() !== '')
        .slice(-MAX_PARTS)
    : [raw];
  const [last = { text: '', score: null }, ...others] = parts.reverse().map((part) => {
    const text = withoutPrefix(cleanText(part));
    return { text, score: scoreLine(text, part, rules) };
  });
  return others.reduce((best, part) => ((part.score?.own ?? 0) > (best.score?.own ?? 0) ? part : best), last);
}

/** True for a line that something speaks against: it passes on, or tells that nothing failed. */
export const speaksAgainst = (text: string): boolean => AGAINST.some(({ pattern }) => pattern.test(text));

/** True for a line by which a runner says that a command failed. */
export const isExit = (text: string): boolean => EXITS.some(({ pattern }) => pattern.test(text));

/** True for a line by which a runner begins a command. */
export const isStart = (text: string): boolean => STARTS.some(({ pattern }) => pattern.test(text));
