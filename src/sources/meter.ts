// Counts what an answer costs on the wire: requests, bytes, and how many requests had to wait for one another.
import type { Dispatcher } from 'undici';

/** The cost of everything that went over the meter. */
export interface Usage {
  readonly requests: number;
  /** Body bytes as they came over the wire, compressed where the server compressed them. */
  readonly bytes: number;
  /** Longest chain of requests of which each began after the one before had ended. */
  readonly waves: number;
}

export class Meter {
  #requests = 0;
  #bytes = 0;
  #waves = 0;
  #endedWave = 0;

  usage(): Usage {
    return { requests: this.#requests, bytes: this.#bytes, waves: this.#waves };
  }

  /** Innermost interceptor: sees every attempt, retries included. */
  interceptor(): Dispatcher.DispatcherComposeInterceptor {
    return (dispatch) => (options, handler) => {
      this.#requests += 1;
      const wave = this.#endedWave + 1;
      this.#waves = Math.max(this.#waves, wave);
      const ended = (): void => {
        this.#endedWave = Math.max(this.#endedWave, wave);
      };
      return dispatch(options, {
        onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
        onRequestUpgrade: (controller, status, headers, socket) =>
          handler.onRequestUpgrade?.(controller, status, headers, socket),
        onResponseStart: (controller, status, headers, message) =>
          handler.onResponseStart?.(controller, status, headers, message),
        onResponseData: (controller, chunk) => {
          this.#bytes += chunk.length;
          handler.onResponseData?.(controller, chunk);
        },
        onResponseEnd: (controller, trailers) => {
          ended();
          handler.onResponseEnd?.(controller, trailers);
        },
        onResponseError: (controller, error) => {
          ended();
          handler.onResponseError?.(controller, error);
        },
      });
    };
  }
}
