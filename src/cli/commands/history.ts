// whyred history <job>
import { jsonText } from '../../answer/json.ts';
import { durationWords, timeWords } from '../../answer/words.ts';
import { runUrl } from '../../ci/links.ts';
import { safeText } from '../../ci/text.ts';
import { findJob } from '../../diagnose/find-job.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { readQuestion } from '../../diagnose/question.ts';
import { readHistory } from '../../diagnose/read-history.ts';
import { jobResults } from '../../diagnose/series.ts';
import { sinceOf } from '../../history/since.ts';
import type { Run } from '../../ci/run.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, type Io } from '../io.ts';
import { openSources } from '../options.ts';

export const history: Command = {
  name: 'history',
  usage: 'history <job>',
  summary: 'the runs of a job, newest first',
  run: async ({ words, values }, io) => {
    if (words.length === 0) throw new UsageError('history of which job? Give its name, some of its words, or a URL.');
    const sources = openSources(values, io);
    try {
      const gaps = new Gaps();
      const systems = sources.systems.map(({ system }) => system);
      const found = await findJob(readQuestion(words.join(' '), systems), sources, gaps);
      if (found.kind === 'unclear') {
        if (values.json === true) io.stdout.write(jsonText({ job: null, candidates: found.candidates }));
        io.stderr.write(`whyred: ${safeText(found.message)}\n`);
        for (const { job } of found.candidates) io.stderr.write(`  ${safeText(job)}\n`);
        return EXIT.notFound;
      }
      const { runs } = await readHistory(found, gaps);
      const { sites } = found.ci.system;
      if (values.json === true) {
        const since = sinceOf(jobResults(runs, sites));
        const listed = runs.map((run) => ({ ...facts(run), url: runUrl(sites, run) }));
        const { name: job, system } = found.job;
        io.stdout.write(jsonText({ job, system, since, runs: listed, gaps: gaps.items }));
      } else {
        io.stdout.write(`${found.job.name}\n`);
        for (const run of runs) io.stdout.write(`${line(run, io)}  ${paintFor(io).dim(runUrl(sites, run))}\n`);
        for (const { what, why, effect } of gaps.items)
          io.stderr.write(`whyred: ${safeText(`${what}: ${why}; ${effect}`)}\n`);
      }
      return EXIT.answered;
    } finally {
      await sources.close();
    }
  },
};

const facts = ({ build, state, started, durationMs }: Run): object => ({
  build,
  state,
  started: started === null ? null : new Date(started).toISOString(),
  duration_s: durationMs === null ? null : Math.round(durationMs / 1000),
});

function line({ build, state, started, durationMs }: Run, io: Io): string {
  const paint = paintFor(io);
  const colour = state === 'passed' ? paint.green : state === 'failed' || state === 'error' ? paint.red : paint.dim;
  const time = timeWords(started === null ? null : new Date(started).toISOString());
  return `  ${colour(state.padEnd(8))} ${time}  ${(durationMs === null ? '' : durationWords(durationMs)).padEnd(11)} ${build}`;
}
