// whyred jobs <words>
import { jsonText } from '../../answer/json.ts';
import { searchJobs } from '../../diagnose/search-jobs.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { safeText } from '../../ci/text.ts';
import { partsOf } from '../../diagnose/match.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor } from '../io.ts';
import { openSources } from '../options.ts';

const SHOWN = 30;

export const jobs: Command = {
  name: 'jobs',
  usage: 'jobs <words>',
  summary: 'find jobs by words of their names, best first',
  run: async ({ words, values }, io) => {
    const parts = words.flatMap(partsOf);
    if (parts.length === 0) throw new UsageError('jobs needs words of a job’s name, e.g. whyred jobs 4.22 aws serial');
    const sources = openSources(values, io);
    try {
      const gaps = new Gaps();
      const matches = await searchJobs(parts, sources, gaps, 0.4);
      const found = matches.slice(0, SHOWN).map(({ item }) => item.candidate);
      const more = matches.length - found.length;
      if (values.json === true) io.stdout.write(jsonText({ candidates: found, omitted: more, gaps: gaps.items }));
      else {
        const { dim } = paintFor(io);
        for (const { job, system, url } of found) io.stdout.write(`${safeText(job)}  ${dim(`${system}  ${url}`)}\n`);
        if (more > 0) io.stdout.write(dim(`${more} more: add words\n`));
        for (const { what, why, effect } of gaps.items)
          io.stderr.write(`whyred: ${safeText(`${what}: ${why}; ${effect}`)}\n`);
        if (found.length === 0) io.stderr.write('whyred: no job has a name like it\n');
      }
      return found.length > 0 ? EXIT.answered : EXIT.notFound;
    } finally {
      await sources.close();
    }
  },
};
