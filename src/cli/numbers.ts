// Numbers as options give them.
import { UsageError } from './exit.ts';

/** The whole number of an option within its bounds; undefined when it was not given. @throws UsageError */
export function numberOf(
  text: string | undefined,
  option: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (number < least || number > most)
    throw new UsageError(`--${option} takes a whole number from ${least} to ${most}`);
  return number;
}
