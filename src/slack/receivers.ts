// The receivers that Slack's events come by: HTTP with signatures, or Socket Mode; none where others receive.
import { HTTPReceiver, SocketModeReceiver, type Receiver } from '@slack/bolt';
import type { SlackConfig } from './config.ts';
import { discreet, type Log } from './logger.ts';
import type { Readiness } from './readiness.ts';
import { StaleRequest } from './receiver.ts';

export interface ReceiverOptions {
  readonly transport: SlackConfig['transport'];
  readonly log: Log;
  /** Told at `/readyz`; of HTTP alone. */
  readonly readiness: Readiness;
  /** Where Slack is, for tests. */
  readonly slackApiUrl?: string;
  /** How long Socket Mode waits for a pong, and before it connects again, for tests. */
  readonly pingTimeoutMs?: number;
}

/** Of a worker, which takes from the queue alone. */
const NOTHING: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

export function receiverOf({ transport, log, readiness, slackApiUrl, pingTimeoutMs }: ReceiverOptions): Receiver {
  const logger = discreet(log);
  if (transport.kind === 'none') return NOTHING;
  if (transport.kind === 'socket')
    return new SocketModeReceiver({
      appToken: transport.appToken,
      logger,
      ...(pingTimeoutMs === undefined ? {} : { clientPingTimeout: pingTimeoutMs }),
      ...(slackApiUrl === undefined ? {} : { installerOptions: { clientOptions: { slackApiUrl } } }),
      // What could not be kept is not acknowledged: Slack sends it again.
      processEventErrorHandler: () => Promise.resolve(false),
    });
  return new HTTPReceiver({
    signingSecret: transport.signingSecret,
    logger,
    // By the machine's clock, as Bolt's own check of the signature.
    customPropertiesExtractor: ({ headers }) => ({
      ageMs: Date.now() - Number(headers['x-slack-request-timestamp']) * 1000,
    }),
    processEventErrorHandler: ({ error, response }) => {
      const isStale: boolean = error instanceof StaleRequest;
      if (!response.headersSent) response.writeHead(isStale ? 401 : 503).end();
      return Promise.resolve(false);
    },
    customRoutes: [
      {
        path: '/readyz',
        method: 'GET',
        handler: (_, response) => {
          const { obstacles } = readiness;
          response.writeHead(obstacles.length === 0 ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8' });
          response.end(`${obstacles.length === 0 ? 'ready' : obstacles.join(', ')}\n`);
        },
      },
    ],
  });
}
