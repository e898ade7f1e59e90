// When a request is tried again: overload and broken connections, at most three more times, full jitter between.
import type { RetryHandler } from 'undici';

export const MAX_TRIES = 4;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const LONGEST_RETRY_AFTER_MS = 30_000;

const RETRIED_STATUS = new Set([429, 500, 502, 503, 504]);
const RETRIED_CODE = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET']);

/** undici's retry hook: calls back with null to try again, with the error to give up. */
export const retryWithJitter: RetryHandler.RetryCallback = (error, { state }, done) => {
  const { statusCode, code, headers } = error as Error & {
    statusCode?: number;
    code?: string;
    headers?: Record<string, string | undefined>;
  };
  const again = statusCode === undefined ? RETRIED_CODE.has(code ?? '') : RETRIED_STATUS.has(statusCode);
  if (!again || state.counter >= MAX_TRIES) {
    done(error);
    return null;
  }
  const asked = Number(headers?.['retry-after']) * 1000;
  const wait =
    asked > 0
      ? Math.min(asked, LONGEST_RETRY_AFTER_MS)
      : Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (state.counter - 1));
  // A wait must not keep the process alive when the answer is no longer wanted.
  setTimeout(() => done(null), wait).unref();
  return null;
};
