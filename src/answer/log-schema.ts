// The documented forms of what `whyred log`, `search` and `lines` write as JSON.
import { z } from 'zod';

const Line = z.int().min(1).describe('counted from 1; \\n ends a line');
const Text = z.string().describe('cleaned of control and invisible characters, without secrets; untrusted');

const Source = {
  source: z.string().describe('the path or URL as it was given, or the artifact of the run'),
  lines_total: z.int(),
  bytes: z.int().describe('of the log, unpacked'),
  truncated: z.string().nullable().describe('why this is not the whole log; null when it is'),
};

const Range = z.strictObject({ from: Line, to: Line, text: Text.describe('its first line; untrusted') });

export const ComparisonSchema = z.strictObject({
  added: z
    .strictObject({ lines: z.int(), ranges: z.array(Range) })
    .describe('lines that no passing log has the like of, routine left out; the first ranges'),
  gone: z
    .strictObject({ lines: z.int(), ranges: z.array(Range) })
    .describe('lines of the first passing log that every passing log has and this one has not'),
  moved: z
    .strictObject({ lines: z.int(), first: z.array(z.strictObject({ line: Line, was: Line, text: Text })) })
    .describe('lines that stand in another order than in the first passing log'),
  never_reached: Range.extend({
    after: z.int().describe('the line of this log it was due behind; 0: the start'),
    before: z.int().describe('the line of this log it was due before; lines_total + 1: the end'),
  })
    .nullable()
    .describe('the largest part of the first passing log that this one skipped'),
});
export type ComparisonDocument = z.infer<typeof ComparisonSchema>;

/** One object a log (`whyred log --json`). */
export const LogSchema = z.strictObject({
  ...Source,
  headline: z
    .strictObject({ line: Line, text: Text, why: z.string() })
    .nullable()
    .describe('the one line that says most; null for a log of blank lines, or a truncated one that says nothing'),
  signature: z.string().nullable().describe('of the headline: the same for what fails in the same way'),
  similar: z.array(z.string()).describe('logs given before this one that fail in the same or almost the same way'),
  excerpts: z
    .array(
      z.strictObject({
        start: Line,
        end: Line,
        text: z.string().describe('byte for byte, but for secrets: `[redacted: <rule>]`; untrusted'),
        why: z.string(),
      }),
    )
    .describe('best first'),
  omitted: z
    .array(z.strictObject({ family: z.string(), count: z.int(), first: Line, last: Line }))
    .describe('lines that say something too, by their common form; the largest families'),
  omitted_total: z.strictObject({ families: z.int(), lines: z.int() }),
  class: z.array(z.strictObject({ name: z.string(), line: Line })),
  redactions: z.array(z.strictObject({ rule: z.string(), line: Line })).describe('secrets taken out of the excerpts'),
  tokens: z.int().describe('what the excerpts take: bytes / 4'),
  comparison: ComparisonSchema.optional().describe('beside passing logs, where some were given'),
});
export type LogDocument = z.infer<typeof LogSchema>;

/** What matches a pattern, by log (`whyred search --json`). */
export const SearchSchema = z.strictObject({
  pattern: z.string(),
  ignore_case: z.boolean(),
  logs: z.array(
    z.strictObject({
      ...Source,
      matches: z.int().describe('among the lines shown'),
      omitted: z.int().describe('matches behind them that are not shown'),
      searched_to: z.int().describe('the last line that was read'),
      lines: z.array(
        z.strictObject({ line: Line, text: Text, match: z.boolean().describe('false: it stands around a match') }),
      ),
    }),
  ),
  unread: z.array(z.string()).describe('logs that the limits left no room to search'),
  cursor: z.string().nullable().describe('give it back for the matches behind; null when everything was shown'),
});
export type SearchDocument = z.infer<typeof SearchSchema>;

/** Lines of a log (`whyred lines --json`). */
export const LinesSchema = z.strictObject({
  ...Source,
  lines: z.array(z.strictObject({ line: Line, text: Text })),
  omitted: z
    .strictObject({ before: z.int(), after: z.int() })
    .describe('lines that were asked for and left out to keep the bytes'),
});
export type LinesDocument = z.infer<typeof LinesSchema>;
