// whyred history [<job>|<signature>]
import { jsonText } from '../../answer/json.ts';
import { durationWords, timeWords } from '../../answer/words.ts';
import { runUrl } from '../../ci/links.ts';
import { safeText } from '../../ci/text.ts';
import { findJob } from '../../diagnose/find-job.ts';
import { Gaps } from '../../diagnose/gaps.ts';
import { readQuestion } from '../../diagnose/question.ts';
import { readHistory } from '../../diagnose/read-history.ts';
import { jobResults } from '../../diagnose/series.ts';
import { keptOfJob } from '../../diagnose/kept.ts';
import { sinceOf as sinceRun } from '../../history/since.ts';
import type { HistoryStore } from '../../store/history.ts';
import type { Run } from '../../ci/run.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { paintFor, type Io } from '../io.ts';
import { openSources } from '../options.ts';
import { openPast } from '../past.ts';
import { sinceOf } from '../since.ts';
import { keptLines, writeClusters, writeSignature } from './kept-history.ts';

export const history: Command = {
  name: 'history',
  usage: 'history [<job>|<signature>]',
  summary: 'the runs of a job, newest first; of a store: how it fails, who else fails so, what comes again in all jobs',
  run: async ({ words, values }, io) => {
    const since = sinceOf(values.since ?? '90d', io.clock()) ?? 0;
    const { history: kept, close } = await openPast(values, io);
    try {
      const [first = ''] = words;
      const isOfStore = words.length === 0 || SIGNATURE.test(first);
      if (!isOfStore) return await writeJob(words.join(' '), values, kept && { history: kept, since }, io);
      if (!kept)
        throw new UsageError(
          'without a store there is only the history of a job: its name, some of its words, or a URL',
        );
      return words.length === 0
        ? await writeClusters(kept, since, io, values.json === true)
        : await writeSignature(kept, first, io, values.json === true);
    } finally {
      await close();
    }
  },
};

const SIGNATURE = /^v\d+:[0-9a-f]{32}$/;

interface Kept {
  readonly history: HistoryStore;
  readonly since: number;
}

async function writeJob(name: string, values: Call['values'], kept: Kept | undefined, io: Io): Promise<number> {
  const sources = openSources(values, io);
  try {
    const gaps = new Gaps();
    const systems = sources.systems.map(({ system }) => system);
    const found = await findJob(readQuestion(name, systems), sources, gaps);
    if (found.kind === 'unclear') {
      if (values.json === true) io.stdout.write(jsonText({ job: null, candidates: found.candidates }));
      io.stderr.write(`whyred: ${safeText(found.message)}\n`);
      for (const { job } of found.candidates) io.stderr.write(`  ${safeText(job)}\n`);
      return EXIT.notFound;
    }
    const { runs } = await readHistory(found, gaps);
    const { sites } = found.ci.system;
    if (values.json === true) {
      const since = sinceRun(jobResults(runs, sites));
      const listed = runs.map((run) => ({ ...facts(run), url: runUrl(sites, run) }));
      const { name: job, system } = found.job;
      const past = kept ? { kept: await keptOfJob(kept.history, found.job, kept.since) } : {};
      io.stdout.write(jsonText({ job, system, since, runs: listed, ...past, gaps: gaps.items }));
    } else {
      io.stdout.write(`${found.job.name}\n`);
      for (const run of runs) io.stdout.write(`${line(run, io)}  ${paintFor(io).dim(runUrl(sites, run))}\n`);
      if (kept) io.stdout.write((await keptLines(kept.history, found.job, kept.since, io)).join(''));
      for (const { what, why, effect } of gaps.items)
        io.stderr.write(`whyred: ${safeText(`${what}: ${why}; ${effect}`)}\n`);
    }
    return EXIT.answered;
  } finally {
    await sources.close();
  }
}

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
