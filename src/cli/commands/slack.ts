// whyred slack
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { jsonLine } from '../../answer/json.ts';
import { safeText } from '../../ci/text.ts';
import { startBot } from '../../slack/bot.ts';
import { BadSlackConfig, slackConfig, type SlackConfig } from '../../slack/config.ts';
import type { Log } from '../../slack/logger.ts';
import { Readiness } from '../../slack/readiness.ts';
import { receiverOf } from '../../slack/receivers.ts';
import { SlackTrouble } from '../../slack/trouble.ts';
import { BadOwners, parseOwners, type Owners } from '../../slack/owners.ts';
import type { Store } from '../../store/port.ts';
import { openSqlite, UnusableStore } from '../../store/sqlite.ts';
import { assistantOver, modelOf } from '../assistant.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, ServiceConfigError, UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { numberOf } from '../numbers.ts';
import { openSources } from '../options.ts';

const PORT = 3000;
/** Kubernetes gives thirty seconds in all. */
const GRACE_MS = 22_000;

export const slack: Command = {
  name: 'slack',
  usage: 'slack',
  summary: 'the Slack bot, over Socket Mode or HTTP; docs/slack.md sets it up',
  run: async ({ words, values }, io) => {
    if (words.length > 0) throw new UsageError('slack takes options only');
    const config = configOf(io);
    const owners = ownersOf(io);
    const model = modelOf(values, io);
    const store = openStore(values, io);
    const sources = openSources(values, io);
    const assistant = await assistantOver(sources, model, io);
    const log: Log = (level, what) => io.stderr.write(jsonLine({ level, what }));
    const readiness = new Readiness();
    // Another Slack than the public one: GovSlack, or a stand-in.
    const slackApiUrl = config.apiUrl === null ? {} : { slackApiUrl: config.apiUrl };
    try {
      const bot = await startBot({
        receiver: receiverOf({ transport: config.transport, log, readiness, ...slackApiUrl }),
        readiness,
        ...slackApiUrl,
        token: config.token,
        store,
        assistant,
        sources,
        clock: io.clock,
        teams: config.teams,
        channels: config.channels,
        owners,
        log,
        port:
          config.transport.kind === 'http' ? (numberOf(values.port, 'port', { least: 0, most: 65_535 }) ?? PORT) : null,
      });
      if (!io.signal.aborted) await once(io.signal, 'abort');
      await bot.stop(GRACE_MS);
      return EXIT.answered;
    } catch (error) {
      if (!(error instanceof SlackTrouble)) throw error;
      if (error.kind === 'token') throw new ServiceConfigError('the bot cannot start', [`Slack says ${error.message}`]);
      io.stderr.write(`whyred: Slack: ${error.message}\n`);
      return EXIT.unreachable;
    } finally {
      await assistant.close();
      await sources.close();
      await store.close();
    }
  },
};

function configOf({ env }: Io): SlackConfig {
  try {
    return slackConfig(env);
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

/** The store of `--store`, `WHYRED_STORE`, or the place for such files. @throws UsageError */
export function openStore({ store: path }: Call['values'], { env }: Io): Store {
  const base = env['XDG_STATE_HOME'] ?? join(homedir(), '.local/state');
  const file = path ?? env['WHYRED_STORE'] ?? join(base, 'whyred/store.sqlite');
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openSqlite(file);
  } catch (error) {
    throw new UsageError(error instanceof UnusableStore ? error.message : `the store ${safeText(file)} cannot be made`);
  }
}
