// Puts the adapters together: every configured system with its sources over one HTTP client.
import type { Cache } from './cache.ts';
import type { Config } from './config.ts';
import { originsOf } from './config.ts';
import { deck } from './deck.ts';
import type { KnownIssue } from '../ci/known-issue.ts';
import { gcs } from './gcs.ts';
import { createHttp, type Http } from './http.ts';
import { githubIssues, type IssueMemory } from './known/github.ts';
import { listedIssues } from './known/list.ts';
import { Memory } from './known/memory.ts';
import type { KnownIssues, Sources } from './ports.ts';
import { testgrid } from './testgrid.ts';

export interface SourcesOptions {
  readonly config: Config;
  readonly cache: Cache;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
  /** For GitHub's issues, where some are configured; null to ask as anyone. */
  readonly githubToken?: string | null;
  /** The list of known issues that is kept by hand. */
  readonly knownList?: readonly KnownIssue[];
}

export function createSources(options: SourcesOptions): Sources {
  const { config, cache, clock, signal } = options;
  const memory: IssueMemory = new Memory();
  const http = createHttp({ origins: originsOf(config), cache, clock, ...(signal ? { signal } : {}) });
  return over(http, options, memory);
}

const over = (http: Http, options: SourcesOptions, memory: IssueMemory): Sources => ({
  systems: options.config.systems.map((system) => ({
    system,
    runs: deck(http, system.contact.deck, system),
    grids: testgrid(http, system.contact.testgrid),
    artifacts: gcs(http, system.contact.storage, options.clock),
  })),
  known: knownOver(http, options, memory),
  usage: () => http.usage(),
  fork: (signal) => over(http.fork(signal), options, memory),
  close: () => http.close(),
});

function knownOver(
  http: Http,
  { config, githubToken: token = null, knownList = [] }: SourcesOptions,
  memory: IssueMemory,
): KnownIssues[] {
  const { repositories, labels, api } = config.knownIssues;
  return [
    ...repositories.map((repository) => githubIssues(http, repository, { api, labels, token, memory })),
    ...(knownList.length > 0 ? [listedIssues(knownList)] : []),
  ];
}
