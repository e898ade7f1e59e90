// What an operator watches of the bot: what comes in, what waits and for how long, what became of it, what Slack says.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Queue } from '../store/queue.ts';
import type { TroubleKind } from './trouble.ts';

const EVENTS = ['kept', 'not_allowed', 'too_many', 'not_kept'] as const;
const QUESTIONS = ['model', 'rules', 'stopped', 'given_up'] as const;
const DIGESTS = ['posted', 'given_up'] as const;
/** A first sign is due within seconds, a verdict within two minutes. */
const SECONDS = [0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300];

/** What the bot tells of its work, as it happens. */
export interface BotReports {
  /** What became of an event that Slack delivered. */
  readonly event: (outcome: (typeof EVENTS)[number]) => void;
  /** How long an event had waited when it was begun. */
  readonly begun: (ms: number) => void;
  /** How long after they asked somebody saw the first sign of an answer, or the verdict. */
  readonly seen: (what: 'sign' | 'verdict', ms: number) => void;
  /** Who worded the answer to a question, or why there is none. */
  readonly question: (outcome: (typeof QUESTIONS)[number]) => void;
  /** A try at an event that failed; there may be others. */
  readonly failed: () => void;
  readonly digest: (outcome: (typeof DIGESTS)[number]) => void;
  readonly slackCall: (method: string, outcome: 'ok' | TroubleKind) => void;
}

const nothing = (): void => undefined;
export const NO_REPORTS: BotReports = {
  event: nothing,
  begun: nothing,
  seen: nothing,
  question: nothing,
  failed: nothing,
  digest: nothing,
  slackCall: nothing,
};

/** @param clock ms since the epoch */
export function botMetrics(registry: Registry, queue: Queue, clock: () => number): BotReports {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name, help, labelNames, registers });
  const seconds = (name: string, help: string): Histogram => new Histogram({ name, help, buckets: SECONDS, registers });
  const events = counter('whyred_events_total', 'Events that Slack delivered, by what became of them', ['outcome']);
  const wait = seconds('whyred_queue_wait_seconds', 'How long events had waited when they were begun');
  const seen = {
    sign: seconds('whyred_first_sign_seconds', 'From a question to the first sign of its answer'),
    verdict: seconds('whyred_verdict_seconds', 'From a question to its verdict'),
  };
  const questions = counter('whyred_questions_total', 'Questions by who worded the answer, or why there is none', [
    'outcome',
  ]);
  const failed = counter('whyred_tries_failed_total', 'Tries at events that failed');
  const digests = counter('whyred_digests_total', 'Summaries by outcome', ['outcome']);
  const calls = counter('whyred_slack_calls_total', 'Calls of Slack by method and outcome', ['method', 'outcome']);
  // What has not happened yet is told as 0, so that its first time is seen as a rise.
  for (const outcome of EVENTS) events.inc({ outcome }, 0);
  for (const outcome of QUESTIONS) questions.inc({ outcome }, 0);
  for (const outcome of DIGESTS) digests.inc({ outcome }, 0);
  new Gauge({
    name: 'whyred_queue_events',
    help: 'Events that wait or are worked on, by any process',
    registers,
    async collect() {
      this.set(await queue.pending());
    },
  });
  new Gauge({
    name: 'whyred_queue_oldest_seconds',
    help: 'Since when the oldest of them is there; 0 when there is none',
    registers,
    async collect() {
      const oldest = await queue.oldest();
      this.set(oldest === null ? 0 : Math.max(0, clock() - oldest) / 1000);
    },
  });
  return {
    event: (outcome) => events.inc({ outcome }),
    begun: (ms) => wait.observe(ms / 1000),
    seen: (what, ms) => seen[what].observe(ms / 1000),
    question: (outcome) => questions.inc({ outcome }),
    failed: () => failed.inc(),
    digest: (outcome) => digests.inc({ outcome }),
    slackCall: (method, outcome) => calls.inc({ method, outcome }),
  };
}
