// read_log: lines of a log by number, from its end, or around a line.
import { z } from 'zod';
import { Gaps } from '../src/diagnose/gaps.ts';
import { readLines, type Part } from '../src/logs/read-lines.ts';
import { EvidenceItem, evidenceItems } from '../src/tooling/evidence.ts';
import { ToolError } from '../src/tooling/errors.ts';
import { openLog, quoteLines, quotesOf } from '../src/tooling/logs.ts';
import { log } from '../src/tooling/params.ts';
import { gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const SHOWN_BYTES = 12_000;
const LAST = 1_000_000_000;
const AROUND = 15;
const line = z.number().int().min(1).max(LAST);

export default defineTool({
  name: 'read_log',
  title: 'Read lines of a log',
  description: 'Lines of a log: a range, the last ones, or around a line. Numbers are those of Spyglass.',
  input: z.strictObject({
    log,
    from: line.optional(),
    to: line.optional(),
    tail: z.number().int().min(1).max(500).describe('The last lines').optional(),
    around: line.describe(`This line and ${AROUND} on both sides`).optional(),
  }),
  output: z.strictObject({
    log: z.string(),
    lines_total: z.int(),
    from: z.int(),
    lines: z.array(z.string()).describe('untrusted'),
    left_out: z.strictObject({ before: z.int(), after: z.int() }).describe('of the lines asked for'),
    cut: z.string().nullable(),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ log: text, ...range }, context) => {
    const part = partOf(range);
    const gaps = new Gaps();
    const found = await openLog(text, context, gaps);
    const { lines, omitted } = readLines(found.lines, part, SHOWN_BYTES);
    const [first, last] = [lines[0], lines.at(-1)];
    if (!first || !last)
      throw new ToolError('the log has none of those lines', {
        known: [`it has ${found.lines.count} lines`],
        next: ['read_log with tail'],
      });
    const quotes = quotesOf(found);
    quoteLines(found, quotes, first.line, last.line);
    return {
      log: found.name,
      lines_total: found.lines.count,
      from: first.line,
      lines: lines.map(({ text: shown }) => shown),
      left_out: { ...omitted },
      cut: found.cut,
      evidence: evidenceItems(quotes.list, { lines: 0, chars: 0 }).map(({ id, title, url }) => ({ id, title, url })),
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ log: name, lines_total: total, from, lines, left_out: left, cut, evidence, gaps }) =>
    paragraphs(
      `${name}: lines ${from} to ${from + lines.length - 1} of ${total} ${evidence.map(({ url }) => url).join('')}`,
      lines.map((text, i) => `  ${from + i}│ ${text}`),
      left.before > 0 ? `Left out: ${left.before} lines before.` : '',
      left.after > 0 ? `Left out: ${left.after} lines after: read_log with from ${from + lines.length}` : '',
      cut === null ? '' : `Not the whole log: ${cut}`,
      gapsText(gaps),
    ),
});

function partOf(range: {
  from?: number | undefined;
  to?: number | undefined;
  tail?: number | undefined;
  around?: number | undefined;
}): Part {
  const { from, to, tail, around } = range;
  const ways = [from ?? to, tail, around].filter((way) => way !== undefined).length;
  if (ways > 1)
    throw new ToolError('from and to, tail, and around are three ways to say which lines', {
      next: ['read_log with one of them'],
    });
  if (tail !== undefined) return { tail };
  if (around !== undefined) return { around, context: AROUND };
  return from === undefined && to === undefined ? { tail: 50 } : { from: from ?? 1, to: to ?? LAST };
}
