// Puts the adapters together: every configured system with its sources over one HTTP client.
import type { Cache } from './cache.ts';
import type { Config } from './config.ts';
import { originsOf } from './config.ts';
import { deck } from './deck.ts';
import { gcs } from './gcs.ts';
import { createHttp, type Http } from './http.ts';
import type { Sources } from './ports.ts';
import { testgrid } from './testgrid.ts';

export interface SourcesOptions {
  readonly config: Config;
  readonly cache: Cache;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
}

export function createSources({ config, cache, clock, signal }: SourcesOptions): Sources {
  const http = createHttp({ origins: originsOf(config), cache, clock, ...(signal ? { signal } : {}) });
  return over(http, config, clock);
}

const over = (http: Http, config: Config, clock: () => number): Sources => ({
  systems: config.systems.map((system) => ({
    system,
    runs: deck(http, system.contact.deck, system),
    grids: testgrid(http, system.contact.testgrid),
    artifacts: gcs(http, system.contact.storage, clock),
  })),
  usage: () => http.usage(),
  fork: (signal) => over(http.fork(signal), config, clock),
  close: () => http.close(),
});
