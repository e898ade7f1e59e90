// whyred history with a store: how a job fails and how long until it is fixed, where a signature was seen, what comes again.
import { durationWords, plural } from '../../answer/words.ts';
import { jsonText } from '../../answer/json.ts';
import type { Job } from '../../ci/job.ts';
import { clip, safeText } from '../../ci/text.ts';
import { keptOfJob, keptOfSignature } from '../../diagnose/kept.ts';
import type { FixTimes } from '../../history/fixes.ts';
import type { HistoryStore } from '../../store/history.ts';
import { EXIT } from '../exit.ts';
import { widthOf, type Io } from '../io.ts';

const SHOWN = 20;
const WAYS = 10;
const DAY_MS = 86_400_000;

/** The ways of failing that most runs of all jobs share. */
export async function writeClusters(history: HistoryStore, since: number, io: Io, asJson: boolean): Promise<number> {
  const clusters = await history.clusters(since, SHOWN);
  if (asJson) io.stdout.write(jsonText({ since: day(since), clusters }));
  else if (clusters.length === 0)
    io.stdout.write(`nothing that failed since ${day(since)} is kept; whyred sync keeps it\n`);
  for (const { signature, runs, jobs, first, last, headline } of asJson ? [] : clusters)
    io.stdout.write(
      `${plural(runs, 'run')} in ${plural(jobs, 'job')}, ${day(first)} to ${day(last)}  ${signature.key}\n${indented(headline, io)}`,
    );
  return clusters.length > 0 ? EXIT.answered : EXIT.notFound;
}

/** Where one way of failing was seen. */
export async function writeSignature(history: HistoryStore, key: string, io: Io, asJson: boolean): Promise<number> {
  const { newest, since, jobs, fixes } = await keptOfSignature(history, key);
  if (asJson) io.stdout.write(jsonText({ signature: key, since, fixes, runs: newest }));
  else if (since === null) io.stdout.write('no run that is kept failed like this\n');
  else {
    io.stdout.write(`${plural(newest.length, 'run')} in ${plural(jobs.length, 'job')} since ${day(since)}\n`);
    io.stdout.write(`${fixWords(fixes)}\n${indented(newest[0]?.headline ?? '', io)}`);
    for (const { job, build, started } of newest.slice(0, SHOWN))
      io.stdout.write(`  ${day(started)}  ${job.name}/${build}\n`);
  }
  return newest.length > 0 ? EXIT.answered : EXIT.notFound;
}

/** What is kept of a job, as lines behind the list of its runs; nothing where nothing is. */
export async function keptLines(history: HistoryStore, job: Job, since: number, io: Io): Promise<string[]> {
  const { runs, fixes, ways } = await keptOfJob(history, job, since);
  if (runs.length === 0) return [];
  const failed = runs.filter(({ result }) => result === 'failed' || result === 'error').length;
  return [
    `\nKept since ${day(runs.at(-1)?.started ?? 0)}: ${failed} of ${plural(runs.length, 'run')} failed; ${fixWords(fixes)}\n`,
    ...ways
      .slice(0, WAYS)
      .map(
        (way) =>
          `  ${plural(way.runs, 'run')}, ${day(way.first)} to ${day(way.last)}; ${fixWords(way.fixes)}  ${way.signature}\n${indented(way.headline, io)}`,
      ),
    ...(ways.length > WAYS ? [`  and ${ways.length - WAYS} more ways of failing\n`] : []),
  ];
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

const indented = (text: string, io: Io): string => `    ${clip(safeText(text), widthOf(io) - 4)}\n`;

/** `fixed 3 times, after 5 h 2 min on average (median 4 h 10 min); not fixed yet`. */
function fixWords({ fixed, open, meanMs, medianMs }: FixTimes): string {
  const now = open > 0 ? 'not fixed yet' : 'it does not fail now';
  if (meanMs === null || medianMs === null) return now;
  const median = fixed === 1 ? '' : ` on average (median ${longWords(medianMs)})`;
  return `fixed ${plural(fixed, 'time')}, after ${longWords(meanMs)}${median}${open > 0 ? `; ${now}` : ''}`;
}

const longWords = (ms: number): string => (ms < 2 * DAY_MS ? durationWords(ms) : `${(ms / DAY_MS).toFixed(1)} days`);
