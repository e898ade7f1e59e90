// The bot as commands run it, until they are told to stop: one that receives, one that works, or both in one.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { jsonLine } from '../answer/json.ts';
import { modelMetrics } from '../assistant/metrics.ts';
import { safeText } from '../ci/text.ts';
import { pastOf } from '../diagnose/past.ts';
import { createRegistry } from '../ops/registry.ts';
import { startBot } from '../slack/bot.ts';
import { BadSlackConfig, slackConfig, type SlackConfig } from '../slack/config.ts';
import type { Log } from '../slack/logger.ts';
import { botMetrics } from '../slack/metrics.ts';
import { BadOwners, parseOwners, type Owners } from '../slack/owners.ts';
import { Readiness } from '../slack/readiness.ts';
import { receiverOf } from '../slack/receivers.ts';
import { SlackTrouble } from '../slack/trouble.ts';
import { assistantOver, modelOf } from './assistant.ts';
import type { Call } from './command.ts';
import { EXIT, ServiceConfigError, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { numberOf } from './numbers.ts';
import { openOps } from './ops.ts';
import { openLastingSources } from './options.ts';
import { openStoreWithQueue } from './store.ts';

const PORT = 3000;
/** Kubernetes gives thirty seconds in all. */
const GRACE_MS = 22_000;

/** @param receives false for a worker, which takes from the queue alone */
export async function runBot({ values }: Call, io: Io, receives: boolean): Promise<number> {
  const config = configOf(io, receives);
  const owners = ownersOf(io);
  const registry = createRegistry();
  const model = modelOf(values, io, modelMetrics(registry));
  const log: Log = (level, what) => io.stderr.write(jsonLine({ level, what }));
  const { store, queue, isShared } = await openStoreWithQueue(values, io, (what) => log('error', what));
  const sources = openLastingSources(values, io);
  const assistant = await assistantOver(sources, model, io, { past: pastOf(store.history), registry });
  const readiness = new Readiness();
  const ops = await openOps(registry, () => readiness.obstacles, values, io);
  const works = !receives || !isShared;
  // Another Slack than the public one: GovSlack, or a stand-in.
  const slackApiUrl = config.apiUrl === null ? {} : { slackApiUrl: config.apiUrl };
  try {
    const bot = await startBot({
      receiver: receiverOf({ transport: config.transport, log, readiness, ...slackApiUrl }),
      readiness,
      ...slackApiUrl,
      token: config.token,
      store,
      queue,
      works,
      assistant,
      sources,
      clock: io.clock,
      teams: config.teams,
      channels: config.channels,
      owners,
      log,
      reports: botMetrics(registry, queue, io.clock),
      port:
        config.transport.kind === 'http' ? (numberOf(values.port, 'port', { least: 0, most: 65_535 }) ?? PORT) : null,
    });
    log('info', works ? 'questions are answered here' : 'questions are kept here; whyred worker answers them');
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await bot.stop(GRACE_MS);
    return EXIT.answered;
  } catch (error) {
    if (!(error instanceof SlackTrouble)) throw error;
    if (error.kind === 'token') throw new ServiceConfigError('the bot cannot start', [`Slack says ${error.message}`]);
    io.stderr.write(`whyred: Slack: ${error.message}\n`);
    return EXIT.unreachable;
  } finally {
    await ops.close();
    await assistant.close();
    await sources.close();
    await queue.close();
    await store.close();
  }
}

function configOf({ env }: Io, receives: boolean): SlackConfig {
  try {
    return slackConfig(env, receives);
  } catch (error) {
    if (error instanceof BadSlackConfig) throw new ServiceConfigError(error.message, error.mistakes);
    throw error;
  }
}

/** Who owns what, from the file that `WHYRED_OWNERS` names. @throws UsageError */
function ownersOf({ env }: Io): Owners {
  const file = env['WHYRED_OWNERS'];
  if (file === undefined) return [];
  try {
    return parseOwners(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(error instanceof BadOwners ? error.message : `the file ${safeText(file)} cannot be read`);
  }
}
