// What is written on standard error as JSON, a record a line, for those who collect logs: `WHYRED_LOG=json`.
import { jsonLine } from '../answer/json.ts';
import type { Io, Stream } from './io.ts';

type Level = 'info' | 'error';

/** What lines for people begin with. */
const PREFIX = 'whyred: ';

/** Standard error as the environment wants it. @param level of what is plain text */
export function logStream({ env, stderr, clock }: Pick<Io, 'env' | 'stderr' | 'clock'>, level: Level): Stream {
  if (env['WHYRED_LOG'] !== 'json') return stderr;
  return {
    write: (text) => stderr.write(jsonLine({ time: new Date(clock()).toISOString(), ...recordOf(text, level) })),
  };
}

/** What was written as a record already, or plain text as one. */
function recordOf(text: string, level: Level): object {
  if (text.startsWith('{'))
    try {
      return JSON.parse(text) as object;
    } catch {
      // Text after all.
    }
  return { level, what: (text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text).trimEnd() };
}
