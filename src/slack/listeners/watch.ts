// Links in a watched channel: a failing run is answered without being asked, in one thread for each failure of a job.
import { verify } from '../../answer/verify.ts';
import { parseAddress } from '../../ci/address.ts';
import { runUrl } from '../../ci/links.ts';
import { buildTime } from '../../ci/run.ts';
import { systemOfBucket } from '../../ci/system.ts';
import { investigate } from '../../diagnose/investigate.ts';
import { failureKey, WATCH, type SeenFailure } from '../failures/failures.ts';
import { linksIn } from '../said.ts';
import { giveAnswer, isOverLimit, type Asked } from './ask.ts';
import type { Bot, Work } from './bot.ts';

/** What a link shows: a failure, none, or nothing that could be told from here. */
type Shown = SeenFailure | 'no failure' | 'unclear';

/** A message that asks nothing: of its links to runs the first one is looked at, and only where that is wanted. */
export async function watchLinks(asked: Asked, said: string, work: Work, bot: Bot): Promise<void> {
  const systems = bot.sources.systems.map(({ system }) => system);
  const link = linksIn(said).find((url) => parseAddress(url, systems)?.kind === 'run');
  if (link === undefined || (await bot.store.setting(`channel:${asked.channel}`, WATCH)) === null) return;
  if (await isOverLimit(asked, work, bot)) return;
  // Two links to one failure at the same moment are one thread too.
  await bot.inTurn(asked.channel, () => tell({ ...asked, words: link }, work, bot));
}

async function tell(asked: Asked, work: Work, bot: Bot): Promise<void> {
  const shown = await failureBehind(asked.words, work.signal, bot);
  if (shown === 'no failure') return;
  if (shown === 'unclear') await giveAnswer(asked, work, bot);
  else await tellFailure(shown, asked, work, bot);
}

async function tellFailure(seen: SeenFailure, asked: Asked, work: Work, bot: Bot): Promise<void> {
  const { channel, thread, user } = asked;
  const known = await bot.failures.find(channel, seen.key);
  if (known && known.thread.ts !== thread) {
    const isTold = await bot.failures.again(known.thread, seen, work.id, work.signal);
    if (!isTold) return;
    const url = await bot.web.permalink(channel, known.head.ts);
    await bot.web.whisper(channel, user, thread, `The same failure is answered in <${url}|its thread>.`);
    return;
  }
  const answered = await giveAnswer(asked, work, bot, (view) => bot.failures.firstView(seen, view));
  if (answered && !known) await bot.failures.open(seen, { channel, thread, ts: answered.ts, view: answered.plain });
}

async function failureBehind(link: string, signal: AbortSignal, bot: Bot): Promise<Shown> {
  const { sources, clock, health } = bot;
  const systems = sources.systems.map(({ system }) => system);
  const address = parseAddress(link, systems);
  if (address?.kind !== 'run') return 'unclear';
  const { job, build, path } = address;
  const sites = systemOfBucket(systems, job.bucket)?.sites;
  try {
    const { investigation } = verify(await investigate(link, { sources: sources.fork(signal), clock }));
    const cause = investigation.failures.find(({ secondary }) => !secondary);
    if (!investigation.verdict || !sites) return 'unclear';
    if (!cause) return 'no failure';
    const signature = cause.signature ?? `${cause.step ?? ''}\n${cause.test ?? ''}`;
    const run = { build, url: runUrl(sites, { job, path }), at: buildTime(build) };
    return { job: job.name, key: failureKey(job.name, signature), run };
  } catch (error) {
    health.failed(error, clock());
    return 'unclear';
  }
}
