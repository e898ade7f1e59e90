// Asking the stand-in through a real client, and the small payloads that are asked about.
import { webApi } from '@slack/bolt';
import type { Fields } from '../../evals/slack/schema.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { quiet } from './bolt.ts';

export interface Asking {
  readonly slack: Slack;
  readonly client: webApi.WebClient;
  /** What a call is told: `ok`, or the code and what is wrong. */
  readonly told: (method: string, args: Fields) => Promise<string>;
}

export async function asking(): Promise<Asking> {
  const slack = await Slack.start();
  const options = { slackApiUrl: slack.apiUrl, logger: quiet, retryConfig: { retries: 0 } };
  const client = new webApi.WebClient(slack.world.tokens.bot, options);
  return {
    slack,
    client,
    told: async (method, args) => {
      await client.apiCall(method, args).catch(() => undefined);
      const reply = slack.recorder.calls.at(-1)?.reply ?? {};
      const metadata = reply['response_metadata'] as { messages?: string[] } | undefined;
      return reply['ok'] === true ? 'ok' : [reply['error'], ...(metadata?.messages ?? [])].join(' ');
    },
  };
}

export const x = (length: number): string => 'x'.repeat(length);
export const many = (count: number, one: (index: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, index) => one(index));
export const plain = (length: number): Fields => ({ type: 'plain_text', text: x(length) });
export const mrkdwn = (length: number): Fields => ({ type: 'mrkdwn', text: x(length) });
export const section = (length: number): Fields => ({ type: 'section', text: mrkdwn(length) });
