// Arguments that a tool cannot take, in words a model can act on; values are not repeated, they may be anything.
import type { z } from 'zod';
import { isSlug } from '../ci/names.ts';

/** The arguments of a call do not fit its schema. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments';
  readonly tool: string;
  readonly problems: readonly string[];

  constructor(tool: string, problems: readonly string[]) {
    super(`the arguments of ${tool} do not fit`);
    this.tool = tool;
    this.problems = problems;
  }
}

const MAX_PROBLEMS = 5;

/** One sentence for each problem, with the name of the argument. */
export function problemsOf(error: z.ZodError, input: z.ZodObject): string[] {
  const takes = Object.keys(input.shape).join(', ');
  return error.issues.slice(0, MAX_PROBLEMS).map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `there is no argument ${issue.keys.slice(0, 3).map(shownKey).join(', ')}; it takes: ${takes}`;
    const name = issue.path.map(String).join('.');
    return name === '' ? `arguments are an object with: ${takes}` : `${shownKey(name)}: ${issue.message}`;
  });
}

const shownKey = (key: string): string => (isSlug(key) ? key : '(a name that is none)');
