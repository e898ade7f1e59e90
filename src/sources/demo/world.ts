// The demo world: a CI history made from a seed, answering as TestGrid, GCS, Prow deck and GitHub do.
import { DEMO_NOW } from './clock.ts';
import { buildJob, type JobScript } from './job.ts';
import type { Scenario } from './scenario.ts';
import { ORDINARY_JOBS } from './scenarios/ordinary.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { deck } from './wire/deck.ts';
import { gcs } from './wire/gcs.ts';
import { github } from './wire/github.ts';
import { html, respond, type WireResponse } from './wire/response.ts';
import { createStore } from './wire/store.ts';
import { testgrid } from './wire/testgrid.ts';

export { DEMO_NOW } from './clock.ts';
export type { Scenario, Truth } from './scenario.ts';
export type { WireResponse } from './wire/response.ts';

export interface DemoWorld {
  /** Milliseconds since the epoch at which the world stands still: the newest run ended a little before it. */
  readonly now: number;
  /** For tests and evals: the questions with their truths. The product never reads them. */
  readonly scenarios: readonly Scenario[];
  /** Answers one request. Pure: the same request has the same answer. */
  answer(method: string, url: URL, headers: Record<string, string | undefined>): WireResponse;
}

export interface WorldOptions {
  readonly seed: number;
  readonly now?: number;
  /** Other jobs than those of the demo: for evals. */
  readonly jobs?: readonly JobScript[];
}

export function createWorld({ seed, now = DEMO_NOW, jobs: scripts }: WorldOptions): DemoWorld {
  const told = scripts ? [] : SCENARIOS.map((script) => ({ script, job: buildJob(script.job, seed, now) }));
  const others = (scripts ?? ORDINARY_JOBS).map((script) => buildJob(script, seed, now));
  const jobs = [...told.map(({ job }) => job), ...others];
  const buckets = createStore(jobs);
  const scenarios = told.map(({ script: { id, title, question, truth }, job }): Scenario => {
    const { name, bucket, dashboard, tab } = job;
    const path = job.runs[0]?.folder.replace(/\/\d+$/, '') ?? job.history;
    return { id, title, question, job: name, bucket, path, dashboard, tab, truth: truth(job) };
  });
  const services: Readonly<
    Record<string, (path: string[], url: URL, headers: Record<string, string | undefined>) => WireResponse>
  > = {
    testgrid: (path, url) => testgrid(jobs, path, url.searchParams),
    gcs: (path, url, headers) => gcs(buckets, path, url.searchParams, headers),
    deck: (path, url) => deck(jobs, now, path, url.searchParams),
    github: (path, url) => github(now, path, url.searchParams),
  };
  return {
    now,
    scenarios,
    answer(method, url, headers) {
      if (method !== 'GET' && method !== 'HEAD')
        return respond(405, 'text/plain', 'method not allowed', { allow: 'GET, HEAD' });
      const path = segmentsOf(url.pathname);
      const service = services[path?.[0] ?? ''];
      return path && service ? service(path.slice(1), url, headers) : html('not found', path ? 404 : 400);
    },
  };
}

/** The decoded segments of a path; null when it is not well encoded. */
function segmentsOf(pathname: string): string[] | null {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
}
