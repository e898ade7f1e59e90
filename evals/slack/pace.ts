// The pace that Slack asks for: about one message a second in each channel.
import type { CallSeen } from './faults.ts';

const POSTS = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.startStream']);

/** Tells of each call whether it comes too soon. */
export class Pace {
  readonly #clock: () => number;
  readonly #ms: number;
  readonly #last = new Map<unknown, number>();

  constructor(clock: () => number, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  /** Seconds after which it may come again; null where it is in time. */
  retryAfter({ method, args }: CallSeen): number | null {
    if (this.#ms === 0 || !POSTS.has(method)) return null;
    const now = this.#clock();
    const left = (this.#last.get(args['channel']) ?? -Infinity) + this.#ms - now;
    if (left > 0) return Math.ceil(left / 1000);
    this.#last.set(args['channel'], now);
    return null;
  }
}
