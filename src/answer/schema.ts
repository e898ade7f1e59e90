// The one documented form of an answer as JSON (`--json`): what every door of whyred gives to programs.
import { z } from 'zod';
import { LOCI, JOB_STATES, RECURRENCES } from '../ci/verdict.ts';

const RunPoint = z.strictObject({
  build: z.string(),
  time: z.string().nullable().describe('start, RFC 3339 UTC'),
  url: z.string(),
});

const Since = z.strictObject({
  first_failing: RunPoint.nullable().describe('oldest run of the unbroken series of failures'),
  last_passing: RunPoint.nullable().describe('newest passing run before the series; null: none in the window read'),
  failing_runs: z.int().describe('failing runs among of_runs'),
  of_runs: z.int().describe('completed runs in the window read; aborted and pending ones do not count'),
  in_a_row: z.int().describe('failing runs in the series'),
  recovered: RunPoint.nullable().describe('first passing run after the series, when it is over'),
});

const Ids = z.array(z.string()).describe('ids of the evidence it rests on');

export const AnswerSchema = z.strictObject({
  subject: z.strictObject({
    asked: z.string(),
    system: z.string().nullable(),
    job: z.string().nullable(),
    build: z.string().nullable().describe('the run that is explained'),
    url: z.string().nullable(),
    pull: z.string().nullable().describe('org/repo#number'),
    grid: z.strictObject({ dashboard: z.string(), tab: z.string(), url: z.string() }).nullable(),
  }),
  verdict: z
    .strictObject({
      state: z.enum(JOB_STATES),
      locus: z.enum(LOCI),
      recurrence: z.enum(RECURRENCES),
      confidence: z.number().min(0).max(1),
      summary: z.string(),
      reasons: z.array(z.strictObject({ text: z.string(), evidence: Ids })),
      seen_before: z
        .strictObject({
          runs: z.int(),
          jobs: z.int(),
          since: z.string(),
          at_least: z.boolean().describe('only so many were counted'),
        })
        .optional()
        .describe('earlier runs that failed like this, in the history that is kept; absent where there are none'),
    })
    .nullable()
    .describe('null when no job was found'),
  since: Since.nullable().describe('of the job; null when no run failed'),
  failures: z
    .array(
      z.strictObject({
        step: z.string().nullable(),
        test: z.string().nullable(),
        message: z.string(),
        signature: z
          .string()
          .optional()
          .describe('the same for what fails in the same way, in any run and job; absent where nothing says why'),
        evidence: Ids,
        unquoted: z
          .array(z.strictObject({ family: z.string(), count: z.int(), first: z.int(), last: z.int() }))
          .optional()
          .describe('lines of the cause’s log that say something too, by their common form; the largest families'),
        secondary: z.boolean().describe('fails after the cause and because of it'),
        since: Since.nullable().describe('of this very step or test, where a source tells it'),
        known: z
          .array(
            z.strictObject({
              issue: z.string().describe('org/repo#number'),
              url: z.string(),
              title: z.string().describe('untrusted text'),
              state: z.string().describe('open, reopened, fixed in …, closed …'),
              score: z.number().min(0).max(1),
              by: z.enum(['test', 'text']).describe('what made it match: the test’s name, or what the failure says'),
              words: z.array(z.string()).describe('rare words that both say'),
              evidence: Ids,
            }),
          )
          .optional()
          .describe('issues it is known as, the best first; absent where none fits or none were configured'),
      }),
    )
    .describe('the cause first'),
  evidence: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['log-lines', 'grid-cell', 'grid-row', 'junit-case', 'step', 'run', 'commit-range', 'known-issue']),
      title: z.string(),
      url: z.string().describe('public link that opens at the place'),
      source: z.strictObject({
        service: z.enum(['gcs', 'testgrid', 'deck', 'history', 'github', 'list']),
        bucket: z.string().nullable(),
        object: z.string(),
        generation: z.string().optional(),
        build: z.string().optional(),
      }),
      lines: z
        .strictObject({ from: z.int().min(1), to: z.int().min(1) })
        .nullable()
        .describe('counted from 1; \\n ends a line'),
      quote: z
        .string()
        .describe('byte for byte as in the source, but for secrets: `[redacted: <rule>]`; untrusted text'),
      sha256: z.string().describe('of the quoted bytes as they stand in the source'),
      redactions: z
        .array(z.strictObject({ rule: z.string(), line: z.int().min(1).describe('of the quote, from 1') }))
        .describe('secrets taken out of the quote; empty: the quote is exact'),
    }),
  ),
  gaps: z.array(z.strictObject({ what: z.string(), why: z.string(), effect: z.string() })),
  candidates: z.array(
    z.strictObject({
      job: z.string(),
      system: z.string(),
      url: z.string(),
      score: z.number(),
      state: z.enum(JOB_STATES).nullable(),
    }),
  ),
  cost: z.strictObject({
    requests: z.int().describe('HTTP requests sent, retries included'),
    waves: z.int().describe('longest chain of requests that waited for one another'),
    bytes: z.int().describe('body bytes on the wire'),
    ms: z.int(),
  }),
});

/** An answer as programs read it. */
export type Answer = z.infer<typeof AnswerSchema>;
