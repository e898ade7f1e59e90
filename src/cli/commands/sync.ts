// whyred sync <dashboard|job|pattern>...
import { jsonText } from '../../answer/json.ts';
import { bytesWords, plural } from '../../answer/words.ts';
import { safeText } from '../../ci/text.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { UnknownSubject } from '../../digest/subject.ts';
import { findSubject } from '../../sync/subject.ts';
import { sync as syncHistory } from '../../sync/sync.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { progressOn } from '../io.ts';
import { numberOf } from '../numbers.ts';
import { openSources } from '../options.ts';
import { sinceOf } from '../since.ts';
import { openStore } from '../store.ts';

const LIMIT = 50;
const MOST = 10_000;
const MAX_BYTES = 4 * 1024 ** 3;

export const sync: Command = {
  name: 'sync',
  usage: 'sync <dashboard|job|pattern>...',
  summary: 'keeps runs and what they failed with in the store; goes on where the last one ended',
  run: async ({ words, values }, io) => {
    if (words.length === 0)
      throw new UsageError('sync what? Give a dashboard, jobs, or a pattern such as sig-release-*');
    const since = sinceOf(values.since ?? '14d', io.clock()) ?? 0;
    const keepSince = sinceOf(values.keep, io.clock());
    if (keepSince !== null && keepSince > since) throw new UsageError('--keep is shorter than --since');
    const limit = numberOf(values.limit, 'limit', { least: 0, most: MOST }) ?? LIMIT;
    const store = await openStore(values, io);
    const sources = openSources(values, io);
    const progress = progressOn(io);
    const gaps = new Gaps();
    try {
      progress.say('finding the jobs');
      const subject = await findSubject(words, sources, gaps);
      const options = { sources, history: store.history, since, limit, maxBytes: MAX_BYTES, progress: progress.say };
      const synced = await syncHistory(subject, gaps, options);
      if (keepSince !== null) await store.history.forgetBefore(keepSince);
      progress.end();
      const { requests, bytes } = sources.usage();
      const { jobs, runs, lookedInto, left } = synced;
      io.stdout.write(
        values.json === true
          ? jsonText({ ...synced, gaps: gaps.items, cost: { requests, bytes } })
          : `${plural(jobs, 'job')}: ${plural(runs, 'run')} kept, ${lookedInto} failed ones looked into` +
              `${left > 0 ? `, ${left} left for the next time` : ''} (${plural(requests, 'request')}, ${bytesWords(bytes)})\n`,
      );
      return jobs > 0 ? EXIT.answered : EXIT.unreachable;
    } catch (error) {
      progress.end();
      if (!(error instanceof UnknownSubject)) throw error;
      io.stderr.write(`whyred: ${safeText(error.message)}; whyred jobs finds jobs by words of their names\n`);
      return EXIT.notFound;
    } finally {
      for (const { what, why, effect } of gaps.items)
        io.stderr.write(`whyred: ${safeText(`${what}: ${why}; ${effect}`)}\n`);
      await sources.close();
      await store.close();
    }
  },
};
