// whyred search <pattern> <path|url>...
import { jsonText } from '../../answer/json.ts';
import { searchDocument } from '../../answer/lines-document.ts';
import { foundText } from '../../answer/log-text.ts';
import { compilePattern, InvalidPattern } from '../../logs/pattern.ts';
import { searchAll } from '../../logs/search-all.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, widthOf } from '../io.ts';
import { openLogs, sayCut } from '../logs.ts';
import { numberOf } from '../numbers.ts';

const SHOWN_BYTES = 64 * 1024;
/** Seconds, at what the slowest pattern costs. */
const STEPS = 20e9;

export const search: Command = {
  name: 'search',
  usage: 'search <pattern> <path|url>...',
  summary: 'search logs, or all logs of a run, for a pattern of RE2; --context N, --max N, --ignore-case',
  run: async ({ words, values }, io) => {
    const [source = '', ...places] = words;
    if (places.length === 0) throw new UsageError('search takes a pattern, then files, artifact URLs or run URLs');
    const limits = {
      context: numberOf(values.context, 'context', { least: 0, most: 100 }) ?? 0,
      matches: numberOf(values.max, 'max', { least: 1, most: 10_000 }) ?? 50,
      bytes: SHOWN_BYTES,
      steps: STEPS,
    };
    const pattern = usable(() => compilePattern(source, { ignoreCase: values['ignore-case'] === true }));
    const logs = await openLogs(places, values, io);
    const found = usable(() => searchAll(logs, pattern, limits, values.cursor ?? null));
    io.stdout.write(
      values.json === true
        ? jsonText(searchDocument(pattern, logs, found))
        : foundText(found, { paint: paintFor(io), width: widthOf(io) }),
    );
    sayCut(logs, io);
    return found.logs.some(({ matches }) => matches > 0) ? EXIT.answered : EXIT.notFound;
  },
};

function usable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidPattern) throw new UsageError(error.message);
    throw error;
  }
}
