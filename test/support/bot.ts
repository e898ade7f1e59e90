// The real bot over the demo world and the stand-in for Slack, with a model that does what a test says, or none.
import { Slack, type Options } from '../../evals/slack/stand-in.ts';
import { modelFrom } from '../../src/assistant/config.ts';
import { openAssistant } from '../../src/assistant/open.ts';
import { startBot, type BotOptions, type RunningBot } from '../../src/slack/bot.ts';
import { inProcessQueue } from '../../src/slack/in-process.ts';
import { Readiness } from '../../src/slack/readiness.ts';
import { receiverOf } from '../../src/slack/receivers.ts';
import { openSqlite, type SqliteStore } from '../../src/store/sqlite.ts';
import { mcpOptions } from './mcp.ts';

export interface BotFixture {
  readonly slack: Slack;
  readonly store: SqliteStore;
  readonly bot: RunningBot;
  readonly readiness: Readiness;
  readonly log: string[];
  close(): Promise<void>;
}

export interface BotSetup {
  readonly ciUrl: string;
  readonly now: () => number;
  readonly transport?: 'http' | 'socket';
  readonly modelUrl?: string;
  readonly slack?: Slack;
  readonly store?: SqliteStore;
  readonly leaseMs?: number;
  readonly more?: Partial<BotOptions>;
}

/** Short waits, so that what Slack does within minutes takes a moment. */
export const HURRIED: Options = { ackMs: 2_000, retries: [0, 20, 40] };
export async function startTestBot(setup: BotSetup): Promise<BotFixture> {
  const { ciUrl, now, transport = 'http', modelUrl } = setup;
  const slack = setup.slack ?? (await Slack.start(HURRIED));
  const store = setup.store ?? openSqlite(':memory:');
  const mcp = mcpOptions(ciUrl, now);
  const config = modelUrl === undefined ? null : modelFrom({ WHYRED_MODEL: 'scripted', OPENAI_BASE_URL: modelUrl });
  const assistant = await openAssistant({ mcp, config });
  const lines: string[] = [];
  const log = (level: string, what: string): void => void lines.push(`${level} ${what}`);
  const readiness = new Readiness();
  const secrets = {
    http: { kind: 'http', signingSecret: slack.signingSecret },
    socket: { kind: 'socket', appToken: slack.world.tokens.app },
  } as const;
  const slackApiUrl = slack.apiUrl;
  const bot = await startBot({
    receiver: receiverOf({ transport: secrets[transport], log, readiness, slackApiUrl, pingTimeoutMs: 200 }),
    readiness,
    paceMs: 0,
    token: slack.world.tokens.bot,
    store,
    queue: inProcessQueue(
      store,
      () => slack.world.clock(),
      setup.leaseMs === undefined ? {} : { leaseMs: setup.leaseMs },
    ),
    assistant,
    sources: mcp.sources,
    clock: () => slack.world.clock(),
    teams: new Set(),
    channels: new Set(),
    log,
    slackApiUrl,
    port: transport === 'http' ? 0 : null,
    ...setup.more,
  });
  if (transport === 'http') slack.overHttp(`http://127.0.0.1:${bot.port ?? 0}/slack/events`);
  else slack.overSocket();
  return {
    slack,
    store,
    bot,
    readiness,
    log: lines,
    close: async () => {
      if (!setup.slack) await slack.close();
      await bot.stop(100);
      await assistant.close();
      await mcp.sources.close();
      if (!setup.store) await store.close();
    },
  };
}
