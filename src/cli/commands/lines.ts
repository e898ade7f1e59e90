// whyred lines <path|url>
import { jsonText } from '../../answer/json.ts';
import { linesDocument } from '../../answer/lines-document.ts';
import { linesText } from '../../answer/log-text.ts';
import { readLines, type Part } from '../../logs/read-lines.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, widthOf } from '../io.ts';
import { openLogs, sayCut } from '../logs.ts';
import { numberOf } from '../numbers.ts';

const SHOWN_BYTES = 256 * 1024;
const CONTEXT = 20;
const LAST = 1e9;

export const lines: Command = {
  name: 'lines',
  usage: 'lines <path|url>',
  summary: 'lines of a log: --from N --to M, --tail N, or --around N with --context N',
  run: async ({ words, values }, io) => {
    const part = partOf(values);
    const [log, ...others] = words.length === 1 ? await openLogs(words, values, io) : [];
    if (!log || others.length > 0) {
      const names = others.length > 0 ? `, e.g. ${log?.name ?? ''} or ${others[0]?.name ?? ''}` : '';
      throw new UsageError(`lines takes one log: a file or the URL of an artifact${names}`);
    }
    const read = readLines(log.lines, part, SHOWN_BYTES);
    io.stdout.write(
      values.json === true
        ? jsonText(linesDocument(log, read))
        : linesText(read, { paint: paintFor(io), width: widthOf(io) }),
    );
    sayCut([log], io);
    if (read.lines.length === 0) io.stderr.write(`whyred: ${log.name} has ${log.lines.count} lines, none of those\n`);
    return read.lines.length > 0 ? EXIT.answered : EXIT.notFound;
  },
};

function partOf(values: Call['values']): Part {
  const line = { least: 1, most: LAST };
  const [from, to] = [numberOf(values.from, 'from', line), numberOf(values.to, 'to', line)];
  const tail = numberOf(values.tail, 'tail', line);
  const around = numberOf(values.around, 'around', line);
  const isRange = from !== undefined || to !== undefined;
  if ([isRange, tail !== undefined, around !== undefined].filter(Boolean).length !== 1)
    throw new UsageError('lines takes --from N and --to M, --tail N, or --around N');
  if (tail !== undefined) return { tail };
  if (around === undefined) return { from: from ?? 1, to: to ?? LAST };
  return { around, context: numberOf(values.context, 'context', { least: 0, most: 10_000 }) ?? CONTEXT };
}
