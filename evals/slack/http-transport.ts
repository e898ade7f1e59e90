// The way to an app that listens for HTTP: signed requests, which it has three seconds to take.
import type { Attempt, Retry, Transport } from './delivery.ts';
import type { Told } from './events.ts';
import { isFields, type Fields } from './schema.ts';
import { signed } from './sign.ts';

export interface HttpOptions {
  /** Where the app takes events, commands and interactions. */
  readonly url: string;
  readonly signingSecret: string;
  readonly clock: () => number;
  /** The time that signatures carry, in milliseconds: the app holds it against a clock of its own. */
  readonly signedAt: () => number;
  readonly ackMs: number;
  /** Makes requests that are not as Slack makes them. */
  readonly tamper?: ((headers: Record<string, string>) => Record<string, string>) | undefined;
}

/** The body of a request and its content type: JSON for events, forms for what people do. */
export function bodyOf({ kind, payload }: Told): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

export function httpTransport(options: HttpOptions): Transport {
  return {
    send: async (told: Told, retry: Retry | null): Promise<Attempt> => {
      const { type, body } = bodyOf(told);
      const headers = {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signed(options.signingSecret, Math.floor(options.signedAt() / 1000), body),
        ...(retry ? { 'x-slack-retry-num': `${retry.num}`, 'x-slack-retry-reason': retry.reason } : {}),
      };
      const at = options.clock();
      const started = performance.now();
      const done = (outcome: Attempt['outcome'], more: Partial<Attempt> = {}): Attempt => ({
        at,
        ms: performance.now() - started,
        retry,
        outcome,
        status: null,
        answer: null,
        noRetry: false,
        ...more,
      });
      try {
        const response = await fetch(options.url, {
          method: 'POST',
          headers: options.tamper?.(headers) ?? headers,
          body,
          signal: AbortSignal.timeout(options.ackMs),
        });
        const answer = answerOf(await response.text());
        const noRetry = response.headers.get('x-slack-no-retry') === '1';
        return done(response.status === 200 ? 'acked' : 'http_error', { status: response.status, answer, noRetry });
      } catch (error) {
        return done(error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'connection_failed');
      }
    },
  };
}

/** What an ack said: nothing, an object, or a text. */
function answerOf(text: string): Fields | string | null {
  if (text === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : text;
  } catch {
    return text;
  }
}
