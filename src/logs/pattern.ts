// Patterns people and programs search logs with, on an engine whose time is linear in the text (RE2's syntax).
import { RE2JS, RE2JSException } from 're2js';

/** A pattern that cannot be used, and why, in words that help to mend it. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}

export interface Pattern {
  readonly source: string;
  readonly ignoreCase: boolean;
  /** Work the engine does for a character, at most: the size of the compiled program. */
  readonly cost: number;
  /** True when the pattern matches somewhere in `line`. */
  test(line: string): boolean;
}

const MAX_LENGTH = 512;
const MAX_PROGRAM = 5_000;

/** What RE2 leaves out because it cannot be matched in linear time, and what to write instead. */
const LEFT_OUT: readonly [RegExp, string][] = [
  [/\(\?<?[=!]/, 'look-ahead and look-behind are not supported: search for the line and read around it'],
  [/\\[1-9]/, 'back-references are not supported: write the repeated text out'],
  [/\(\?>|[*+?}]\+/, 'atomic groups and possessive repeats are not supported, and not needed: no pattern is slow here'],
];

/**
 * Compiles a pattern of RE2's syntax; a line is matched alone, `^` and `$` are its ends.
 * @throws InvalidPattern
 */
export function compilePattern(source: string, options: { ignoreCase?: boolean } = {}): Pattern {
  if (source === '') throw new InvalidPattern('an empty pattern matches everything: give some text to look for');
  if (source.length > MAX_LENGTH)
    throw new InvalidPattern(`the pattern has ${source.length} characters, at most ${MAX_LENGTH} are taken`);
  const ignoreCase = options.ignoreCase === true;
  const compiled = compile(source, ignoreCase);
  const cost = compiled.programSize();
  if (cost > MAX_PROGRAM)
    throw new InvalidPattern('the pattern repeats too much: fewer or smaller {counts}, or * in their place');
  return { source, ignoreCase, cost, test: (line) => compiled.test(line) };
}

function compile(source: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const known = LEFT_OUT.find(([sign]) => sign.test(source))?.[1];
    throw new InvalidPattern(
      `${known ?? error.message}. The syntax is RE2's (https://github.com/google/re2/wiki/Syntax); \\ makes a sign stand for itself, as in \\( or \\.`,
    );
  }
}
