// Faults on demand, so that tests can see how a client bears a service that is slow, refuses or answers nonsense.
import { gzipSync } from 'node:zlib';
import { Random } from './random.ts';
import { respond, type WireResponse } from './wire/response.ts';

export interface Fault {
  /** Share of the requests that fail; all of them unless told. Latency meets every request. */
  rate?: number;
  /** Status of a failed request; 503 unless told. */
  status?: number;
  latencyMs?: number;
  only?: 'testgrid' | 'gcs' | 'deck' | 'github';
  /** Instead of a refusal: a 200 with a login page, or with a gzip stream cut in half. */
  body?: 'html' | 'truncated-gzip';
}

const LOGIN_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><form action="/login">Log in to continue</form></body></html>\n';

/** Decides about one request after the other; the same seed decides the same. */
export class FaultInjector {
  readonly #random: Random;
  #fault: Fault | null = null;

  constructor(seed: number) {
    this.#random = new Random(seed, 'faults');
  }

  set(fault: Fault | null): void {
    this.#fault = fault;
  }

  /** Milliseconds to wait before the request is answered. */
  delay(service: string): number {
    return this.#applies(service)?.latencyMs ?? 0;
  }

  /** What to answer instead of `real`. */
  spoil(service: string, real: WireResponse): WireResponse {
    const fault = this.#applies(service);
    if (!fault) return real;
    const onlySlow = fault.rate === undefined && fault.status === undefined && fault.body === undefined;
    if (onlySlow || !this.#random.chance(fault.rate ?? 1)) return real;
    if (fault.body === 'html') return respond(200, 'text/html; charset=utf-8', LOGIN_PAGE);
    if (fault.body === 'truncated-gzip') {
      const whole = gzipSync(real.body);
      const half = whole.subarray(0, Math.floor(whole.length / 2));
      return { status: real.status, headers: { ...real.headers, 'content-encoding': 'gzip' }, body: half };
    }
    const status = fault.status ?? 503;
    return respond(status, 'text/plain', 'upstream unavailable', status === 429 ? { 'retry-after': '1' } : {});
  }

  #applies(service: string): Fault | null {
    const fault = this.#fault;
    return fault && (fault.only === undefined || fault.only === service) ? fault : null;
  }
}
