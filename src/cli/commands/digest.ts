// whyred digest <dashboard|job|pattern>...
import { digestText } from '../../digest/text.ts';
import { gather, type Gathered } from '../../digest/gather.ts';
import { digestMarkdown } from '../../digest/markdown.ts';
import { digestPage } from '../../digest/html/page.ts';
import { UnknownSubject } from '../../digest/subject.ts';
import { jsonText } from '../../answer/json.ts';
import { safeText } from '../../ci/text.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, progressOn, widthOf, type Io } from '../io.ts';
import { numberOf } from '../numbers.ts';
import { openSources } from '../options.ts';
import { openPast } from '../past.ts';
import { sinceOf } from '../since.ts';

const FORMATS = ['text', 'markdown', 'html', 'json'] as const;
const LIMIT = 40;
const MOST = 500;

export const digest: Command = {
  name: 'digest',
  usage: 'digest <dashboard|job|pattern>...',
  summary: 'what broke, still fails, recovered or is only flaky, each thing once',
  run: async ({ words, values }, io) => {
    if (words.length === 0)
      throw new UsageError('digest of what? Give a dashboard, jobs, or a pattern such as sig-release-*');
    const format = formatOf(values.json === true ? 'json' : values.format);
    const to = timeOf(values.until) ?? io.clock();
    const from = sinceOf(values.since ?? '24h', to) ?? to;
    if (from >= to) throw new UsageError('--since is after --until');
    const limit = numberOf(values.limit, 'limit', { least: 0, most: MOST }) ?? LIMIT;
    const sources = openSources(values, io);
    const { past, close } = await openPast(values, io);
    const progress = progressOn(io);
    try {
      const draw = format === 'html';
      const window = { from, to };
      const found = await gather(words, {
        sources,
        clock: io.clock,
        window,
        limit,
        draw,
        past,
        progress: progress.say,
      });
      progress.end();
      io.stdout.write(written(found, format, io));
      return found.digest.jobs.some(({ state }) => state !== 'unknown') ? EXIT.answered : EXIT.unreachable;
    } catch (error) {
      progress.end();
      if (!(error instanceof UnknownSubject)) throw error;
      io.stderr.write(`whyred: ${safeText(error.message)}; whyred jobs finds jobs by words of their names\n`);
      return EXIT.notFound;
    } finally {
      await sources.close();
      await close();
    }
  },
};

function written({ digest: summary, pictures }: Gathered, format: Format, io: Io): string {
  switch (format) {
    case 'text':
      return digestText(summary, { paint: paintFor(io), width: widthOf(io) });
    case 'markdown':
      return digestMarkdown(summary);
    case 'html':
      return digestPage(summary, pictures);
    case 'json':
      return jsonText(summary);
  }
}

type Format = (typeof FORMATS)[number];

function formatOf(text = 'text'): Format {
  const format = FORMATS.find((known) => known === text);
  if (!format) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`);
  return format;
}

/** @throws UsageError */
function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UsageError('--until is a time such as 2026-11-20T08:00:00Z');
  return time;
}
