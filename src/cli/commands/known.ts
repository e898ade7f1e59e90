// whyred known "<error text or test>"
import { jsonText } from '../../answer/json.ts';
import { oneLine } from '../../ci/text.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { readKnown, shownMatch } from '../../diagnose/known.ts';
import { matchIssues } from '../../history/known/match.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor } from '../io.ts';
import { openSources } from '../options.ts';

const MOST = 5;
const CHARS = 200;

export const known: Command = {
  name: 'known',
  usage: 'known "<error text or test>"',
  summary: 'is there an issue for this failure? Among those of the repositories and the list that are configured',
  run: async ({ words, values }, io) => {
    const text = words.join(' ').trim();
    if (text === '') throw new UsageError('known what? Give the error text, or the name of the test');
    const sources = openSources(values, io);
    try {
      if (sources.known.length === 0)
        throw new UsageError('no known issues are configured: name repositories in the config file, or a list');
      const gaps = new Gaps();
      const indexes = await readKnown(sources.known, gaps);
      const issues = indexes.reduce((sum, { size }) => sum + size, 0);
      const byText = matchIssues(indexes, { test: null, text }, { most: MOST });
      const found = byText.length > 0 ? byText : matchIssues(indexes, { test: text, text: '' }, { most: MOST });
      const document = { issues, known: found.map(shownMatch), gaps: gaps.items };
      const { bold, dim } = paintFor(io);
      if (values.json === true) io.stdout.write(jsonText(document));
      else
        io.stdout.write(
          [
            ...document.known.flatMap(({ issue, state, title, url, by, words: said }) => [
              `${bold(issue)} (${state}): ${title}`,
              `  ${dim(`matched by its ${by === 'test' ? 'test' : 'text'}: ${said.join(', ')}`)}`,
              `  ${dim(url)}`,
            ]),
            ...(found.length === 0 ? [`None of ${issues} known issues fits.`] : []),
            ...gaps.items.map(({ what, why }) => `Not known: ${oneLine(`${what}: ${why}`, CHARS)}`),
            '',
          ].join('\n'),
        );
      return found.length > 0 ? EXIT.answered : gaps.items.length > 0 ? EXIT.unreachable : EXIT.notFound;
    } finally {
      await sources.close();
    }
  },
};
