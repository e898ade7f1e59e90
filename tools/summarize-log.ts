// summarize_log: the lines of a log that say why, and what was left out.
import { z } from 'zod';
import { cleanText } from '../src/ci/text.ts';
import { Gaps } from '../src/diagnose/gaps.ts';
import { Baseline } from '../src/logs/baseline.ts';
import { classOf } from '../src/logs/classes.ts';
import { signatureOf } from '../src/logs/signature.ts';
import { summarizeLog } from '../src/logs/summarize.ts';
import { EvidenceItem, evidenceItems } from '../src/tooling/evidence.ts';
import { openLog, quoteLines, quotesOf } from '../src/tooling/logs.ts';
import { log } from '../src/tooling/params.ts';
import { evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { logUri } from '../src/tooling/uris.ts';
import { defineTool } from '../src/tooling/tool.ts';

/** The budget has cut the quotes already. */
const WHOLE = { lines: 2_000, chars: 4_000 };

export default defineTool({
  name: 'summarize_log',
  title: 'Summarise a log',
  description:
    'The lines of a log that say why it failed: headline, verbatim excerpts with line numbers, classes, and counts of what was left out. Of a run: the log of the step that failed first.',
  input: z.strictObject({
    log,
    budget: z.number().int().min(100).max(4_000).default(800).describe('Tokens of excerpts'),
    baseline: log.describe('Passing log or run of the same step: what it says too counts less').optional(),
  }),
  output: z.strictObject({
    log: z.string(),
    lines: z.int(),
    cut: z.string().nullable().describe('why it is not the whole log'),
    headline: z.strictObject({ line: z.int(), text: z.string(), why: z.string() }).nullable(),
    classes: z.array(z.string()),
    signature: z.string().nullable(),
    excerpts: z.array(z.strictObject({ why: z.string(), evidence: z.string() })),
    omitted: z.array(z.strictObject({ family: z.string(), count: z.int(), first: z.int(), last: z.int() })),
    omitted_lines: z.int().describe('lines that say something too'),
    evidence: z.array(EvidenceItem),
    gaps: z.array(z.string()),
  }),
  run: async ({ log: text, budget, baseline }, context) => {
    const gaps = new Gaps();
    const found = await openLog(text, context, gaps);
    const passing = baseline === undefined ? null : await openLog(baseline, context, gaps);
    const known = new Baseline();
    if (passing) known.add(passing.lines);
    const isCut = found.cut !== null;
    const summary = summarizeLog(found.lines, { budget, isCut, ...(passing ? { baseline: known } : {}) });
    const { headline, excerpts, omitted, omittedLines } = summary;
    const quotes = quotesOf(found);
    const said = [...(headline ? [headline.line] : []), ...excerpts.flatMap(({ says }) => says)];
    const classes = said.flatMap((line) => classOf(cleanText(found.lines.text(line)))?.name ?? []);
    return {
      log: found.name,
      lines: summary.linesTotal,
      cut: found.cut ?? summary.cut,
      headline,
      classes: [...new Set(classes)],
      signature: headline && signatureOf(headline.text).key,
      excerpts: excerpts.map(({ start, end, why }) => ({ why, evidence: quoteLines(found, quotes, start, end) })),
      omitted: omitted.map(({ family, count, first, last }) => ({ family, count, first, last })),
      omitted_lines: omittedLines,
      evidence: evidenceItems(quotes.list, WHOLE),
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ log: name, lines, cut, headline, classes, evidence, omitted, omitted_lines: left, gaps }) =>
    paragraphs(
      `${name}: ${lines} lines${cut === null ? '' : `, not the whole log: ${cut}`}`,
      headline
        ? `Line ${headline.line}: ${headline.text} (${[headline.why, ...classes].join(', ')})`
        : 'It says nothing.',
      evidenceText(evidence),
      left > 0 ? `Not shown: ${left} lines that say something too.` : '',
      omitted.map(({ family, count, first, last }) => `  ${count} × ${family} (lines ${first} to ${last})`),
      gapsText(gaps),
    ),
  links: ({ log: name }) => [{ uri: logUri(name), name, mimeType: 'text/plain' }],
});
