// When a request is tried again: overload and broken connections, at most three more times, full jitter between.
import type { RetryHandler } from 'undici';

export const MAX_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const LONGEST_RETRY_AFTER_MS = 30_000;

const RETRIED_STATUS = new Set([429, 500, 502, 503, 504]);
const RETRIED_CODE = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET']);

export interface Retries {
  /** undici's retry hook: calls back with null to try again, with the error to give up. */
  readonly retry: RetryHandler.RetryCallback;
  /** Gives up all waits at once: nothing keeps the process alive for an answer that is no longer wanted. */
  stop(): void;
}

export function createRetries(): Retries {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  return {
    retry: (error, { state }, done) => {
      const wait = waitBefore(error, state.counter);
      if (wait === null) {
        done(error);
        return null;
      }
      const timer = setTimeout(() => {
        waiting.delete(timer);
        done(null);
      }, wait);
      waiting.set(timer, () => done(error));
      return null;
    },
    stop: () => {
      for (const [timer, giveUp] of waiting) {
        clearTimeout(timer);
        giveUp();
      }
      waiting.clear();
    },
  };
}

interface Failed extends Error {
  readonly statusCode?: number;
  readonly code?: string;
  readonly headers?: Record<string, string | undefined>;
}

/** Milliseconds to wait before the next try; null to give up. */
function waitBefore({ statusCode, code, headers }: Failed, tries: number): number | null {
  const again = statusCode === undefined ? RETRIED_CODE.has(code ?? '') : RETRIED_STATUS.has(statusCode);
  if (!again || tries >= MAX_TRIES) return null;
  const asked = Number(headers?.['retry-after']) * 1000;
  if (asked > 0) return Math.min(asked, LONGEST_RETRY_AFTER_MS);
  return Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
}
