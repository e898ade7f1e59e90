// One call at a time for each channel, at the pace Slack asks for, and again when it was too soon: a channel that must wait
// keeps no other waiting.
import pLimit, { type LimitFunction } from 'p-limit';
import { SlackTrouble } from './trouble.ts';

export interface LaneOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Between two messages in a channel, once `BURST` of them came sooner. */
  readonly paceMs: number;
}

export interface Lanes {
  /** Waits its turn in the channel; a call that Slack was asked too soon is made again when it may be. */
  run<T>(channel: string, call: () => Promise<T>, signal: AbortSignal, isMessage?: boolean): Promise<T>;
}

/** Slack lets some messages pass that come sooner than one a second. */
const BURST = 4;
const LANES_KEPT = 1_000;
/** A wait that is longer than this is not waited for here: the event is put off. */
const LONGEST_WAIT_MS = 120_000;

interface Lane {
  readonly turn: LimitFunction;
  /** Until when Slack wants nothing; when the next message would be in pace. */
  blockedUntil: number;
  nextMessage: number;
}

export function createLanes({ now, wait, paceMs }: LaneOptions): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (channel: string): Lane => {
    const lane = lanes.get(channel) ?? { turn: pLimit(1), blockedUntil: -Infinity, nextMessage: -Infinity };
    lanes.delete(channel);
    lanes.set(channel, lane);
    const [oldest] = lanes;
    if (lanes.size > LANES_KEPT && oldest && oldest[1].turn.activeCount === 0) lanes.delete(oldest[0]);
    return lane;
  };
  const inTurn = async <T>(lane: Lane, call: () => Promise<T>, signal: AbortSignal, isMessage: boolean): Promise<T> => {
    for (;;) {
      const inPace = isMessage ? lane.nextMessage - BURST * paceMs : -Infinity;
      const left = Math.max(lane.blockedUntil, inPace) - now();
      if (left > 0) await wait(left, signal);
      // Who waited may have lost what it waited for.
      signal.throwIfAborted();
      if (isMessage) lane.nextMessage = Math.max(lane.nextMessage, now()) + paceMs;
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof SlackTrouble) || error.retryMs === null || error.retryMs > LONGEST_WAIT_MS) throw error;
        lane.blockedUntil = now() + error.retryMs;
      }
    }
  };
  return {
    run: (channel, call, signal, isMessage = false) => {
      const lane = laneOf(channel);
      return lane.turn(() => inTurn(lane, call, signal, isMessage));
    },
  };
}
