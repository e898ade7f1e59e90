// One request for all who ask for the same thing at the same time; it ends early when none of them wants it any more.

interface Flight {
  readonly promise: Promise<unknown>;
  readonly stop: AbortController;
  waiting: number;
}

/** Requests under way, by key. */
export class Flights {
  readonly #underway = new Map<string, Flight>();

  /**
   * The outcome of `start`, or of the same key's request under way. An abort of `signal` gives up this caller's wait;
   * the request itself is told to stop once nobody waits for it.
   * @param cancelled makes the error that an aborted wait ends with
   */
  join<T>(
    key: string,
    start: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
    cancelled: () => Error,
  ): Promise<T> {
    if (signal?.aborted === true) return Promise.reject(cancelled());
    const flight = this.#underway.get(key) ?? this.#begin(key, start);
    flight.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          this.#underway.delete(key);
          flight.stop.abort();
        }
        reject(cancelled());
      };
      signal?.addEventListener('abort', leave, { once: true });
      (flight.promise as Promise<T>).then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  #begin(key: string, start: (signal: AbortSignal) => Promise<unknown>): Flight {
    const stop = new AbortController();
    const promise = start(stop.signal).finally(() => {
      if (this.#underway.get(key)?.stop === stop) this.#underway.delete(key);
    });
    // Whoever left does not hear of its end.
    promise.catch(() => undefined);
    const flight = { promise, stop, waiting: 0 };
    this.#underway.set(key, flight);
    return flight;
  }
}
