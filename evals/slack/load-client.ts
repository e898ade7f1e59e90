// A client in a process of its own that sends signed events as Slack does, so many at once, and says how long each ack took.
import { once } from 'node:events';
import { Pool } from 'undici';
import { signed } from './sign.ts';

/** What the client is sent. */
export interface Load {
  readonly url: string;
  readonly signingSecret: string;
  readonly bodies: readonly string[];
  readonly atOnce: number;
  /** The number in the header of a repetition; 0 for what is sent for the first time. */
  readonly retry: number;
}

/** What it says at the end. */
export interface Acks {
  /** Milliseconds of each request that was acked. */
  readonly ms: readonly number[];
  /** Statuses that were no ack, and failures of the connection as 0. */
  readonly refused: readonly number[];
}

const [{ url, signingSecret, bodies, atOnce, retry }] = (await once(process, 'message')) as [Load];
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections: atOnce });
const ms: number[] = [];
const refused: number[] = [];
let next = 0;

async function send(body: string): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    ...(retry > 0 ? { 'x-slack-retry-num': `${retry}`, 'x-slack-retry-reason': 'http_timeout' } : {}),
    ...signed(signingSecret, Math.floor(Date.now() / 1000), body),
  };
  const began = performance.now();
  try {
    const { statusCode, body: answer } = await pool.request({ path: pathname, method: 'POST', headers, body });
    await answer.dump();
    if (statusCode === 200) ms.push(performance.now() - began);
    else refused.push(statusCode);
  } catch {
    refused.push(0);
  }
}

async function lane(): Promise<void> {
  for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await send(body);
}

await Promise.all(Array.from({ length: atOnce }, lane));
await pool.close();
process.send?.({ ms, refused } satisfies Acks);
process.disconnect();
