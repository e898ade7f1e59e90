// Layer a, annotated root causes: do the lines that prove a cause come through, is it not called what it must not be?
import { describe, expect, it } from 'vitest';
import { classOf } from '../../src/logs/classes.ts';
import { Lines } from '../../src/logs/lines.ts';
import { summarizeLog } from '../../src/logs/summarize.ts';
import { recordedData } from '../mirror.ts';
import { count, share, tell } from './figures.ts';
import { annotatedCases, logOf } from './rca-data.ts';

/** What an investigation takes of a log. */
const TAKEN = { budget: 1_001, most: 3 };

const shared = recordedData();
if (shared === null) console.log('skipped: annotated root causes (no recorded data beside the project)');

describe.runIf(shared !== null)('annotated root causes', () => {
  it('come through the log, and are not called what they must not be', (context) => {
    const cases = annotatedCases(shared ?? '');
    let [kept, some, keys, headlines, right, abstained, forbidden] = [0, 0, 0, 0, 0, 0, 0];
    for (const one of cases) {
      const log = logOf(one);
      const lines = new Lines(Buffer.from(log.join('\n')));
      keys += one.key.length;
      const { excerpts, headline } = summarizeLog(lines, TAKEN);
      const shown = excerpts.map(({ start, end }) => log.slice(start - 1, end).join('\n')).join('\n');
      const found = one.key.filter((line) => shown.includes(line)).length;
      kept += found;
      some += Number(found > 0);
      const said = headline ? (log[headline.line - 1] ?? '') : '';
      const locus = classOf(said)?.locus ?? 'unknown';
      const isKey = one.key.some((line) => said.includes(line));
      headlines += Number(isKey);
      right += Number(one.right.includes(locus));
      abstained += Number(locus === 'unknown');
      forbidden += Number(one.mustNot.includes(locus));
      if (!isKey || one.mustNot.includes(locus)) console.log(`${one.id}: “${said.slice(0, 160)}” (${locus})`);
    }
    const n = cases.length;
    tell(context, [
      share('recorded-rca-some', 'annotated causes: a proving line in what an investigation takes', some, n),
      share('recorded-rca-key', 'annotated causes: proving lines in what an investigation takes', kept, keys),
      share('recorded-rca-headline', 'annotated causes: the headline is a proving line', headlines, n),
      share('recorded-rca-class', 'annotated causes: class right, of those that it names', right, n - abstained),
      count('recorded-rca-must-not', 'annotated causes: called what they must not be', forbidden, n, null),
    ]);
    expect(n).toBeGreaterThan(10);
  });
});
