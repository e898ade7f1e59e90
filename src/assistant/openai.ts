// What both of OpenAI's APIs have in common: the client, its limits, and its errors in words of ours.
import OpenAI, {
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { ModelError } from './model.ts';

export interface OpenAiOptions {
  readonly model: string;
  readonly apiKey: string;
  /** Any server that speaks the same API: Azure, vLLM, Ollama, llama.cpp, LiteLLM. */
  readonly baseUrl: string | undefined;
}

/** One turn, from the request to the end of its stream. */
const TURN_MS = 45_000;
const RETRIES = 1;

export const createClient = ({ apiKey, baseUrl }: OpenAiOptions): OpenAI =>
  // The client's own defaults would wait ten minutes, three times over; and it wants a key where a local server has none.
  new OpenAI({
    apiKey: apiKey === '' ? 'none' : apiKey,
    baseURL: baseUrl ?? null,
    timeout: TURN_MS,
    maxRetries: RETRIES,
    logLevel: 'off',
  });

/** Runs one turn under its own deadline. @throws ModelError */
export async function within<T>(signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(TURN_MS);
  try {
    return await run(AbortSignal.any([signal, deadline]));
  } catch (error) {
    throw explain(error, signal, deadline);
  }
}

function explain(error: unknown, signal: AbortSignal, deadline: AbortSignal): ModelError {
  const cause = { cause: error };
  if (error instanceof ModelError) return error;
  if (signal.aborted) return new ModelError('cancelled', 'stopped', cause);
  if (deadline.aborted || error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError)
    return new ModelError('timed out', `no end within ${TURN_MS / 1000} s`, cause);
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
    return new ModelError('refused the key', `HTTP ${error.status}`, cause);
  if (error instanceof RateLimitError) return new ModelError('overloaded', 'HTTP 429', cause);
  if (error instanceof APIError) {
    const status: unknown = error.status;
    if (typeof status !== 'number') return new ModelError('unavailable', 'the connection failed', cause);
    return status >= 500
      ? new ModelError('unavailable', `HTTP ${status}`, cause)
      : new ModelError('bad response', `HTTP ${status}`, cause);
  }
  return new ModelError('bad response', 'its answer was cut off or is in no known form', cause);
}

/** Four characters a token, for servers that do not count. */
export const estimate = (text: string): number => Math.ceil(text.length / 4);
