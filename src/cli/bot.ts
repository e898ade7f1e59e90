// The bot as commands run it, until they are told to stop: one that receives, one that works, or both in one.
import { once } from 'node:events';
import { jsonLine } from '../answer/json.ts';
import { startBot } from '../slack/bot.ts';
import { BadSlackConfig, receiverOf, slackConfig, type SlackConfig } from '../slack/config.ts';
import { assistantOver, modelOf } from './assistant.ts';
import type { Call } from './command.ts';
import { EXIT, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { numberOf } from './numbers.ts';
import { openSources } from './options.ts';
import { openStoreWithQueue } from './store.ts';

const PORT = 3000;
/** Kubernetes gives thirty seconds. */
const GRACE_MS = 25_000;

/** @param receives false for a worker, which takes from the queue alone */
export async function runBot({ values }: Call, io: Io, receives: boolean): Promise<number> {
  const config = configOf(io, receives);
  const model = modelOf(values, io);
  const log = (level: 'info' | 'error', what: string): unknown => io.stderr.write(jsonLine({ level, what }));
  const { store, queue, isShared } = await openStoreWithQueue(values, io, (what) => log('error', what));
  const sources = openSources(values, io);
  const assistant = await assistantOver(sources, model, io);
  const works = !receives || !isShared;
  try {
    const bot = await startBot({
      receiver: receiverOf(config),
      token: config.token,
      store,
      queue,
      works,
      assistant,
      sources,
      clock: io.clock,
      teams: config.teams,
      channels: config.channels,
      log,
      port:
        config.transport.kind === 'http' ? (numberOf(values.port, 'port', { least: 0, most: 65_535 }) ?? PORT) : null,
    });
    log('info', works ? 'questions are answered here' : 'questions are kept here; whyred worker answers them');
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await bot.stop(GRACE_MS);
    return EXIT.answered;
  } finally {
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
    if (error instanceof BadSlackConfig) throw new UsageError(`${error.message}: ${error.mistakes.join('; ')}`);
    throw error;
  }
}
