// What goes wrong on purpose: calls of the Web API that are late, refused or cut, and events lost, doubled or held back.
import type { Fields } from './schema.ts';

/** What happens to a call. `before` its effect nothing has been done; `after` it all is done and nobody is told. */
export type CallFault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'rate-limit'; readonly retryAfter: number }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'reset' | 'hang'; readonly when: 'before' | 'after' };

/** What happens to an event: never sent, sent so many times, or held until `release`. */
export type EventFault =
  { readonly kind: 'drop' } | { readonly kind: 'repeat'; readonly times: number } | { readonly kind: 'hold' };

/** Which things a fault is for, and how often. */
export interface Aim<Thing> {
  readonly only?: (thing: Thing) => boolean;
  /** Lets so many pass first. */
  readonly after?: number;
  /** Once unless it says so. */
  readonly times?: number;
}

export interface CallSeen {
  readonly method: string;
  readonly args: Fields;
}

/** Faults that wait for what they are for. */
export class Faults<Thing, Fault> {
  readonly #waiting: { fault: Fault; only: (thing: Thing) => boolean; after: number; times: number }[] = [];

  /** Adds a fault. */
  add(fault: Fault, { only = () => true, after = 0, times = 1 }: Aim<Thing> = {}): void {
    this.#waiting.push({ fault, only, after, times });
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault for this one, which is used up by it; the oldest one first. */
  next(thing: Thing): Fault | null {
    for (const one of this.#waiting) {
      if (one.times <= 0 || !one.only(thing)) continue;
      if (one.after > 0) {
        one.after -= 1;
        continue;
      }
      one.times -= 1;
      return one.fault;
    }
    return null;
  }
}

/** Aims at calls of one method. */
export const method =
  (name: string) =>
  (seen: CallSeen): boolean =>
    seen.method === name;
