// A stand-in and a real Bolt app that is told of things by it, over HTTP or over Socket Mode.
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, type AppOptions } from '@slack/bolt';
import type { AddressInfo } from 'node:net';
import { Slack, type Options } from '../../evals/slack/stand-in.ts';

export interface Running {
  readonly slack: Slack;
  readonly app: App;
  close(): Promise<void>;
}

/** Nothing that goes wrong on purpose is printed. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing };
export const quiet = { ...silent, getLevel: () => LogLevel.ERROR };
function nothing(): void {
  // Silence is what it is for.
}

/** Short waits, so that what Slack does within minutes takes a moment. */
export const HURRIED: Options = { ackMs: 250, retries: [0, 20, 40] };

/** An app over HTTP. */
export async function overHttp(options: Options = HURRIED, more: AppOptions = {}): Promise<Running> {
  const slack = await Slack.start(options);
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: quiet });
  const app = new App({ receiver, ...common(slack, more) });
  const server = (await receiver.start(0)) as unknown as { address(): AddressInfo; closeAllConnections(): void };
  slack.overHttp(`http://127.0.0.1:${server.address().port}/slack/events`);
  return {
    slack,
    app,
    close: async () => {
      await slack.close();
      server.closeAllConnections();
      await app.stop();
    },
  };
}

/** An app over Socket Mode. */
export async function overSocket(options: Options = HURRIED, more: AppOptions = {}): Promise<Running> {
  const slack = await Slack.start(options);
  const app = await connect(slack, more);
  slack.overSocket();
  return {
    slack,
    app,
    close: async () => {
      await app.stop();
      await slack.close();
    },
  };
}

/** One more connection of an app. */
export async function connect(slack: Slack, more: AppOptions = {}): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.world.tokens.app,
    logger: quiet,
    // How long it waits before it connects again, too.
    clientPingTimeout: 200,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({ receiver, ...common(slack, more) });
  await app.start();
  return app;
}

/** What every app has; Bolt acks events before any listener, so whoever is to be slow with acks is so in `authorize`. */
const common = (slack: Slack, more: AppOptions): AppOptions => ({
  ...(more.authorize ? {} : { token: slack.world.tokens.bot }),
  logger: quiet,
  clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 2_000 },
  ...more,
});

/** Lets every ack wait as long as `pause` says. */
export const slowly = (pause: () => number): AppOptions => ({
  authorize: async () => {
    await new Promise((resolve) => setTimeout(resolve, pause()));
    return { botToken: 'xoxb-stand-in', botId: 'B000000001', botUserId: 'U000000001' };
  },
});
