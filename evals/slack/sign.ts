// Signatures of requests as Slack makes them: v0, HMAC-SHA256 over the time and the body.
import { createHmac } from 'node:crypto';

/** The headers that prove a request. */
export function signed(secret: string, seconds: number, body: string): Record<string, string> {
  const hash = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': `${seconds}`, 'x-slack-signature': `v0=${hash}` };
}
