// search_logs: a pattern in one log, or in all logs of a run.
import { z } from 'zod';
import { Gaps } from '../src/diagnose/gaps.ts';
import { LINE_BYTES } from '../src/logs/safe-lines.ts';
import { compilePattern } from '../src/logs/pattern.ts';
import { searchAll } from '../src/logs/search-all.ts';
import { EvidenceItem, evidenceItems } from '../src/tooling/evidence.ts';
import { openLogs, quoteLines, quotesOf } from '../src/tooling/logs.ts';
import { cursor, limit, log } from '../src/tooling/params.ts';
import { gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const SHOWN_BYTES = 10_000;
/** Under two seconds, at what the slowest pattern costs. */
const STEPS = 4e9;
const CITED = 5;
const NO_QUOTES = { lines: 0, chars: 0 };

export default defineTool({
  name: 'search_logs',
  title: 'Search logs',
  description:
    'Lines that match an RE2 pattern, in one log or in all logs of a run, with context and counts of what is not shown.',
  input: z.strictObject({
    log,
    pattern: z.string().min(1).max(512).describe('RE2: no look-around, no back-references'),
    ignore_case: z.boolean().default(false),
    context: z.number().int().min(0).max(10).default(0).describe('Lines around a match'),
    limit: limit(20, 200),
    cursor,
  }),
  output: z.strictObject({
    logs: z.array(
      z.strictObject({
        log: z.string(),
        matches: z.int(),
        omitted: z.int().describe('matches not shown'),
        lines: z.array(z.strictObject({ line: z.int(), text: z.string(), match: z.boolean() })),
      }),
    ),
    logs_without_match: z.int().describe('searched to their end'),
    searched_in_part: z.array(z.strictObject({ log: z.string(), to: z.int(), lines: z.int() })),
    not_searched: z.array(z.string()),
    cursor: z.string().nullable(),
    evidence: z.array(EvidenceItem).describe('the first matches'),
    gaps: z.array(z.string()),
  }),
  run: async ({ log: text, pattern: source, ignore_case: ignoreCase, context, limit, cursor }, toolContext) => {
    const gaps = new Gaps();
    const pattern = compilePattern(source, { ignoreCase });
    const logs = await openLogs(text, toolContext, gaps);
    const limits = { context, matches: limit, bytes: SHOWN_BYTES, steps: STEPS };
    const found = searchAll(logs, pattern, limits, cursor ?? null);
    const hits = found.logs.filter(({ matches, omitted }) => matches + omitted > 0);
    const parts = found.logs.flatMap(({ name, read }) => {
      const lines = logs.find((known) => known.name === name)?.lines.count ?? 0;
      return read < lines ? [{ log: name, to: read, lines }] : [];
    });
    const [first] = logs;
    const quotes = first ? quotesOf(first) : null;
    const cited = hits.flatMap(({ name, lines }) =>
      lines.filter(({ match }) => match).map(({ line }) => ({ name, line })),
    );
    for (const { name, line } of cited.slice(0, CITED)) {
      const log = logs.find((known) => known.name === name);
      if (log && quotes) quoteLines(log, quotes, line, line);
    }
    for (const { name, lines } of logs)
      if (lines.longest > LINE_BYTES)
        gaps.add({
          what: name,
          why: `it has lines of more than ${LINE_BYTES} bytes`,
          effect: 'of those only the beginning is searched',
        });
    for (const { name, cut } of logs)
      if (cut !== null) gaps.add({ what: name, why: cut, effect: 'matches in the rest are not found' });
    return {
      logs: hits.map(({ name, matches, omitted, lines }) => ({
        log: name,
        matches,
        omitted,
        lines: lines.map(({ line, text: shown, match }) => ({ line, text: shown, match })),
      })),
      logs_without_match: found.logs.filter(
        (one) => !hits.includes(one) && !parts.some(({ log: name }) => name === one.name),
      ).length,
      searched_in_part: parts,
      not_searched: [...found.unread],
      cursor: found.cursor,
      evidence: quotes
        ? evidenceItems(quotes.list, NO_QUOTES).map(({ id, title, url, line }) => ({
            id,
            title,
            url,
            ...(line === undefined ? {} : { line }),
          }))
        : [],
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({
    logs,
    searched_in_part: parts,
    logs_without_match: without,
    not_searched: unread,
    cursor: next,
    gaps,
    evidence,
  }) =>
    paragraphs(
      logs.length > 0
        ? ''
        : parts.length + unread.length > 0
          ? 'No line matches in what was searched so far.'
          : 'No line matches.',
      parts.map(({ log: name, to, lines }) => `Searched to line ${to} of ${lines}: ${name}`),
      logs.flatMap(({ log: name, matches, omitted, lines }) => [
        `${name}: ${matches} shown${omitted > 0 ? `, ${omitted} more` : ''}`,
        ...lines.map(({ line, text, match }) => `  ${line}${match ? ':' : '-'}│ ${text}`),
      ]),
      without > 0 ? `${without} logs without a match.` : '',
      unread.length > 0 ? `Not searched yet: ${unread.length} logs.` : '',
      next === null ? '' : `More: cursor ${next}`,
      evidence.map(({ id, url }) => `[${id}] ${url}`),
      gapsText(gaps),
    ),
});
