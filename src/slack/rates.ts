// How much one person, one thread, one channel and all together may ask.

/** Questions a minute; in a thread within ten. */
export interface Rates {
  readonly user: number;
  readonly channel: number;
  readonly all: number;
  readonly thread?: number;
}

export const RATES = { user: 10, channel: 30, all: 120, thread: 10 } as const satisfies Rates;

const MINUTE = 60_000;
const THREAD_MS = 10 * MINUTE;
const KEYS_KEPT = 10_000;

export interface Asking {
  /** The same for a question that is taken up again: it counts once. */
  readonly id: string;
  readonly user: string;
  readonly channel: string;
  readonly thread: string;
}

/** Whose limit is reached. */
export type Full = 'user' | 'channel' | 'all' | 'thread';

/** Counts questions by sliding windows. */
export class RateKeeper {
  readonly #rates: Rates;
  /** By key: when each question came, by its id. */
  readonly #times = new Map<string, Map<string, number>>();

  constructor(rates: Rates = RATES) {
    this.#rates = rates;
  }

  /** Whose limit is reached at `now`, ms; null when the question is taken, and counted. */
  takenBy({ id, user, channel, thread }: Asking, now: number): Full | null {
    const { user: ofUser, channel: ofChannel, all, thread: ofThread = RATES.thread } = this.#rates;
    const kinds = [
      { kind: 'user', key: `user:${user}`, most: ofUser, ms: MINUTE },
      { kind: 'thread', key: `thread:${channel}:${thread}`, most: ofThread, ms: THREAD_MS },
      { kind: 'channel', key: `channel:${channel}`, most: ofChannel, ms: MINUTE },
      { kind: 'all', key: 'all', most: all, ms: MINUTE },
    ] as const;
    const counted = kinds.map((entry) => ({ ...entry, times: this.#within(entry.key, now, entry.ms) }));
    const full = counted.find(({ times, most }) => !times.has(id) && times.size >= most);
    if (full) return full.kind;
    for (const { times } of counted) times.set(id, now);
    return null;
  }

  /** Times that are not over, nor in a future that was before the clock was set back. */
  #within(key: string, now: number, ms: number): Map<string, number> {
    const times = this.#times.get(key) ?? new Map<string, number>();
    for (const [id, at] of times) if (at <= now - ms || at > now) times.delete(id);
    this.#times.delete(key);
    this.#times.set(key, times);
    const [oldest] = this.#times.keys();
    if (this.#times.size > KEYS_KEPT && oldest !== undefined) this.#times.delete(oldest);
    return times;
  }
}

/** Says the same thing to the same person at most once in a while. */
export class Notices {
  readonly #ms: number;
  readonly #last = new Map<string, number>();

  constructor(ms = MINUTE) {
    this.#ms = ms;
  }

  /** True when it is to be said now, and noted as said. */
  isDue(key: string, now: number): boolean {
    const last = this.#last.get(key);
    if (last !== undefined && last <= now && now - last < this.#ms) return false;
    this.#last.delete(key);
    this.#last.set(key, now);
    const [oldest] = this.#last.keys();
    if (this.#last.size > KEYS_KEPT && oldest !== undefined) this.#last.delete(oldest);
    return true;
  }
}
