// How much one person, one channel and all together may ask in a minute.

export interface Rates {
  readonly user: number;
  readonly channel: number;
  readonly all: number;
}

export const RATES: Rates = { user: 10, channel: 30, all: 120 };

const MINUTE = 60_000;

/** Counts questions by a sliding minute. */
export class RateKeeper {
  readonly #rates: Rates;
  readonly #times = new Map<string, number[]>();

  constructor(rates: Rates = RATES) {
    this.#rates = rates;
  }

  /** Whose limit is reached at `now`, ms; null when the question is taken, and counted. */
  takenBy(user: string, channel: string, now: number): 'user' | 'channel' | 'all' | null {
    const kinds = [
      { kind: 'user', key: `user:${user}`, most: this.#rates.user },
      { kind: 'channel', key: `channel:${channel}`, most: this.#rates.channel },
      { kind: 'all', key: 'all', most: this.#rates.all },
    ] as const;
    const counted = kinds.map((entry) => ({ ...entry, times: this.#since(entry.key, now - MINUTE) }));
    const full = counted.find(({ times, most }) => times.length >= most);
    if (full) return full.kind;
    for (const { key, times } of counted) this.#times.set(key, [...times, now]);
    return null;
  }

  #since(key: string, from: number): number[] {
    const times = (this.#times.get(key) ?? []).filter((time) => time > from);
    if (times.length === 0) this.#times.delete(key);
    return times;
  }
}
