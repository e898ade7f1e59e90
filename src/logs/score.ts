// How much a line says, by itself, of why a build failed.
import { AGAINST } from './rules/against.ts';
import { RULES } from './rules/all.ts';
import { EXITS } from './rules/exits.ts';

export interface Score {
  readonly own: number;
  readonly why: string;
}

/** Programs print what went wrong in red. */
const RED = /\u001b\[(?:\d{1,2};){0,3}(?:31|91)(?:;\d{1,2}){0,3}m/;
const RED_WEIGHT = 4;
const SECOND_SHARE = 0.25;

/** The strongest rule, a share of the second one, and what speaks against the line; null when no rule knows it. */
export function scoreLine(text: string, raw: string): Score | null {
  let best = 0;
  let second = 0;
  let why = '';
  for (const { weight, pattern, tool, name } of RULES) {
    if (!pattern.test(text)) continue;
    if (best === 0) {
      best = weight;
      why = `${tool}: ${name}`;
    } else {
      second = weight;
      break;
    }
  }
  if (RED.test(raw) && /\w/.test(text)) {
    if (best === 0) why = 'printed in red';
    second = Math.max(second, Math.min(best, RED_WEIGHT) * 2);
    best = Math.max(best, RED_WEIGHT);
  }
  if (best === 0) return null;
  const against = AGAINST.reduce((sum, rule) => sum + (rule.pattern.test(text) ? rule.weight : 0), 0);
  return { own: best + second * SECOND_SHARE + against, why };
}

/** True for a line by which a runner says that a command failed. */
export const isExit = (text: string): boolean => EXITS.some(({ pattern }) => pattern.test(text));
