// The one way out: GET from configured hosts, with limits, retries, a meter and the cache.
import { Agent, interceptors } from 'undici';
import pLimit, { type LimitFunction } from 'p-limit';
import { BadEncoding, readBody, type Body } from './body.ts';
import type { Cache, Cached } from './cache.ts';
import { connectorFor } from './connect.ts';
import { SourceError, type Service } from './errors.ts';
import { Flights } from './flights.ts';
import { Meter, type Usage } from './meter.ts';
import { createRetries, MAX_TRIES, type Retries } from './retry.ts';

const CONCURRENT_PER_HOST = 8;
const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 15_000;
const DEADLINE_MS = 60_000;
const STALE_AT_MOST_MS = 24 * 3_600_000;

export interface Request<T> {
  readonly service: Service;
  /** What is asked for, in the words of an error message. */
  readonly what: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the cached body may be used without asking again, in ms; `for good` for what can never change. */
  readonly keep: number | 'for good';
  /** Cap on decoded bytes. */
  readonly maxBytes: number;
  /** What to do with a body that was cut: logs are worth keeping, JSON is not. */
  readonly partial: 'keep' | 'refuse';
  /** Turns the body into the value; throws when it is not what was asked for. Only accepted bodies are cached. */
  accept(body: Body): T;
}

export interface Fetched<T> {
  readonly value: T;
  /** Age in ms of a body served because the service did not answer; null for a fresh one. */
  readonly staleMs: number | null;
  readonly generation: string | null;
}

export interface Http {
  /** @throws SourceError */
  get<T>(request: Request<T>): Promise<Fetched<T>>;
  /** What went out for this one alone. */
  usage(): Usage;
  /** The same connections, limits, cache and requests under way, with a meter and a signal of its own. */
  fork(signal: AbortSignal): Http;
  /** Closes the connections of all forks. */
  close(): Promise<void>;
}

export interface HttpOptions {
  /** Origins that may be contacted, e.g. `https://prow.k8s.io`. */
  readonly origins: ReadonlySet<string>;
  readonly cache: Cache;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Body;
}

/** What all forks share. */
interface Shared extends Omit<HttpOptions, 'signal'> {
  readonly agent: Agent;
  readonly retries: Retries;
  readonly limits: Map<string, LimitFunction>;
  readonly flights: Flights;
}

export function createHttp({ signal, ...options }: HttpOptions): Http {
  const agent = new Agent({
    connect: connectorFor(options.origins),
    connections: CONCURRENT_PER_HOST,
    pipelining: 1,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
  });
  const shared = { ...options, agent, retries: createRetries(), limits: new Map(), flights: new Flights() };
  return createFork(shared, signal);
}

function createFork(shared: Shared, signal: AbortSignal | undefined): Http {
  const { origins, cache, clock, agent, retries, limits, flights } = shared;
  const meter = new Meter();
  const dispatcher = agent.compose(meter.interceptor(), interceptors.retry({ retry: retries.retry }));

  async function send(request: Request<unknown>, known: Cached | null, left: AbortSignal): Promise<Answer> {
    const { origin } = new URL(request.url);
    if (!origins.has(origin))
      throw new SourceError(request.service, 'not allowed', request.what, 'host is not configured');
    const limit = limits.get(origin) ?? pLimit(CONCURRENT_PER_HOST);
    limits.set(origin, limit);
    return limit(async () => {
      const deadline = AbortSignal.timeout(DEADLINE_MS);
      const stopped = AbortSignal.any([left, deadline]);
      try {
        stopped.throwIfAborted();
        const response = await orAborted(
          stopped,
          dispatcher.request({
            method: 'GET',
            origin,
            path: new URL(request.url).pathname + new URL(request.url).search,
            headers: {
              ...request.headers,
              'user-agent': 'whyred (https://www.npmjs.com/package/whyred)',
              'accept-encoding': 'gzip',
              ...(known?.entry.etag === undefined ? {} : { 'if-none-match': known.entry.etag }),
            },
            signal: stopped,
          }),
        );
        const encoding = response.headers['content-encoding'];
        const body = await readBody(
          response.body,
          Array.isArray(encoding) ? encoding.join() : encoding,
          request.maxBytes,
        );
        // What an abort cut short is not what the server sent.
        stopped.throwIfAborted();
        return { status: response.statusCode, headers: response.headers, body };
      } catch (error) {
        throw explain(request, error, left, deadline);
      }
    });
  }

  async function fetchNow<T>(request: Request<T>, known: Cached | null, left: AbortSignal): Promise<Fetched<T>> {
    const { status, headers, body } = await send(request, known, left);
    if (status === 304 && known) {
      await cache.write({ ...known.entry, confirmedAt: clock(), forGood: request.keep === 'for good' }, known.bytes);
      return accepted(request, { bytes: known.bytes, cut: null }, null, known.entry.generation ?? null);
    }
    refuseStatus(request, status, headers);
    if (body.cut !== null && request.partial === 'refuse')
      throw new SourceError(request.service, body.cut, request.what, `only ${body.bytes.length} bytes came`);
    const generation = headerOf(headers, 'x-goog-generation');
    const fetched = accepted(request, body, null, generation);
    if (body.cut === null) {
      const etag = headerOf(headers, 'etag');
      const entry = {
        url: request.url,
        confirmedAt: clock(),
        forGood: request.keep === 'for good',
        ...(etag === null ? {} : { etag }),
        ...(generation === null ? {} : { generation }),
      };
      await cache.write(entry, body.bytes);
    }
    return fetched;
  }

  async function get<T>(request: Request<T>, left: AbortSignal): Promise<Fetched<T>> {
    const known = usable(request, await cache.read(request.url));
    const age = known ? Math.max(0, clock() - known.entry.confirmedAt) : Number.POSITIVE_INFINITY;
    if (known && (known.entry.forGood || (request.keep !== 'for good' && age < request.keep)))
      return accepted(request, { bytes: known.bytes, cut: null }, null, known.entry.generation ?? null);
    try {
      return await fetchNow(request, known, left);
    } catch (error) {
      const mayBeStale = error instanceof SourceError && error.problem !== 'not found' && error.problem !== 'cancelled';
      if (!known || !mayBeStale || age > STALE_AT_MOST_MS) throw error;
      return accepted(request, { bytes: known.bytes, cut: null }, age, known.entry.generation ?? null);
    }
  }

  return {
    // The same URL asked for twice at once goes out once.
    get: <T>(request: Request<T>): Promise<Fetched<T>> =>
      flights.join(
        `${request.what}\n${request.url}`,
        (left) => get(request, left),
        signal,
        () => new SourceError(request.service, 'cancelled', request.what, 'stopped'),
      ),
    usage: () => meter.usage(),
    fork: (own) => createFork(shared, signal ? AbortSignal.any([signal, own]) : own),
    close: () => {
      retries.stop();
      return agent.destroy();
    },
  };
}

/** The request's outcome, or the abort as soon as it comes: undici's wait between two tries knows of none. */
function orAborted<T>(signal: AbortSignal, request: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    request.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** A cached body, unless it is not (any more) what is asked for: then it is as if it were not there. */
function usable<T>(request: Request<T>, cached: Cached | null): Cached | null {
  if (!cached) return null;
  try {
    request.accept({ bytes: cached.bytes, cut: null });
    return cached;
  } catch {
    return null;
  }
}

function accepted<T>(request: Request<T>, body: Body, staleMs: number | null, generation: string | null): Fetched<T> {
  try {
    return { value: request.accept(body), staleMs, generation };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(request.service, 'bad response', request.what, 'the answer is not in the expected form', {
      cause: error,
    });
  }
}

function refuseStatus(request: Request<unknown>, status: number, headers: Answer['headers']): void {
  if (status === 200) return;
  // GitHub says so with the status of what is not public.
  if (headerOf(headers, 'x-ratelimit-remaining') === '0')
    throw new SourceError(request.service, 'unavailable', request.what, 'its limit of requests is used up');
  const problem = status === 404 ? 'not found' : status === 401 || status === 403 ? 'not public' : 'bad response';
  throw new SourceError(request.service, problem, request.what, `HTTP ${status}`);
}

function headerOf(headers: Answer['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function explain(request: Request<unknown>, error: unknown, left: AbortSignal, deadline: AbortSignal): SourceError {
  const fail = (problem: SourceError['problem'], detail: string): SourceError =>
    new SourceError(request.service, problem, request.what, detail, { cause: error });
  if (error instanceof BadEncoding) return fail('bad response', 'unknown content encoding');
  if (left.aborted) return fail('cancelled', 'stopped');
  if (deadline.aborted) return fail('timed out', `no answer within ${DEADLINE_MS / 1000} s`);
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (typeof statusCode === 'number') return fail('unavailable', `HTTP ${statusCode} after ${MAX_TRIES} tries`);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return fail('timed out', 'the service did not answer in time');
  return fail('unavailable', typeof code === 'string' ? code : 'the connection failed');
}
