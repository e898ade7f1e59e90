// What every listener is given.
import type { Context } from '@slack/bolt';
import type { Sources } from '../../sources/ports.ts';
import type { Store } from '../../store/port.ts';
import type { Queue } from '../../store/queue.ts';
import type { Answering } from '../answering.ts';
import type { Failures } from '../failures/failures.ts';
import type { Recoveries } from '../failures/recoveries.ts';
import type { Health } from '../health.ts';
import type { InTurn } from '../in-turn.ts';
import type { BotReports } from '../metrics.ts';
import type { Outbox } from '../outbox.ts';
import type { Notices, RateKeeper } from '../rates.ts';
import type { Web } from '../web.ts';

export interface Bot {
  readonly answering: Answering;
  readonly failures: Failures;
  readonly recoveries: Recoveries;
  readonly store: Store;
  readonly queue: Queue;
  readonly outbox: Outbox;
  readonly web: Web;
  readonly sources: Sources;
  readonly rates: RateKeeper;
  readonly notices: Notices;
  readonly health: Health;
  readonly reports: BotReports;
  /** For what must not be decided twice at once in a channel. */
  readonly inTurn: InTurn;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What the worker adds to the context of an event it works on. */
export interface Work {
  /** The same for an event that is taken up again. */
  readonly id: string;
  readonly signal: AbortSignal;
  /** It was tried as often as it may be: what is left to do is to say so. */
  readonly isOver: boolean;
  /** When it came, ms since the epoch. */
  readonly received: number;
}

export const workOf = (context: Context): Work => {
  const { workId, workSignal, workIsOver, workReceived } = context;
  return {
    id: String(workId),
    signal: workSignal instanceof AbortSignal ? workSignal : AbortSignal.abort(),
    isOver: workIsOver === true,
    received: Number(workReceived),
  };
};
