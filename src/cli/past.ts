// The history as commands that answer open it: where a store is there, and never in the way of an answer.
import { existsSync } from 'node:fs';
import { safeText } from '../ci/text.ts';
import { pastOf } from '../diagnose/past.ts';
import type { Past } from '../history/past.ts';
import { StoreUnreachable } from '../store/errors.ts';
import type { HistoryStore } from '../store/history.ts';
import type { Call } from './command.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { databaseUrl, openStore, storeFile } from './store.ts';

export interface OpenPast {
  /** Undefined where no store is, or it cannot be used. */
  readonly past: Past | undefined;
  readonly history: HistoryStore | undefined;
  readonly close: () => Promise<void>;
}

const NONE: OpenPast = { past: undefined, history: undefined, close: () => Promise.resolve() };

/** What says where the store is; an environment without any has none that is ours to open. */
const PLACES = ['WHYRED_STORE', 'XDG_STATE_HOME', 'HOME', 'USERPROFILE'];

/** The history of the store that is configured; a store that cannot be used is said on standard error. */
export async function openPast(values: Call['values'], io: Io): Promise<OpenPast> {
  const isPlaced = values.store !== undefined || PLACES.some((name) => io.env[name] !== undefined);
  const isThere = isPlaced && existsSync(storeFile(values, io));
  if (databaseUrl(values, io) === undefined && !isThere) return NONE;
  try {
    const store = await openStore(values, io);
    const { history } = store;
    return { past: pastOf(history), history, close: () => store.close() };
  } catch (error) {
    if (!(error instanceof StoreUnreachable || error instanceof UsageError)) throw error;
    io.stderr.write(`whyred: ${safeText(error.message)}; the history is not used\n`);
    return NONE;
  }
}
