// Tells the operator when the process stood still: acks came late then, and leases may have ended.
import type { Log } from './logger.ts';

const LOOK_MS = 1_000;
const STALL_MS = 5_000;

/** Looks once a second; the result ends that. `now` is of a clock that only goes forward, in ms. */
export function watchStalls(log: Log, now: () => number): () => void {
  let last = now();
  const timer = setInterval(() => {
    const late = now() - last - LOOK_MS;
    last = now();
    if (late > STALL_MS) log('error', `the process stood still for ${Math.round(late / 1000)} s`);
  }, LOOK_MS);
  return () => clearInterval(timer);
}
