// The one documented form of an understood grid as JSON (`whyred grid --json`).
import { z } from 'zod';
import { COLUMN_CLASSES, ROW_CLASSES } from '../../grids/findings.ts';

const Run = z.strictObject({
  build: z.string().describe('as the table has it; untrusted text'),
  time: z.string().nullable().describe('start, RFC 3339 UTC; null where the table has none'),
  url: z.string().nullable().describe('public page of the run; null where its job or CI system is not known'),
});

const Confidence = z.number().min(0).max(1);
const Reasons = z.array(z.string());
const Count = z.int().min(0);

const Stats = z
  .strictObject({
    runs: Count.describe('completed results'),
    passed: Count,
    failed: Count,
    flaky: Count.describe('failed and passed in one run'),
    rate: z
      .strictObject({ failures: Count, n: Count, low: z.number(), high: z.number() })
      .describe('failed or flaky results of all, with the 95 % interval of their share'),
    flips: Count.describe('changes between pass and fail, flaky results counting as one'),
    in_a_row: Count.describe('failures in a row up to the newest completed result'),
    last_failed: Run.nullable(),
  })
  .describe('over completed results; runs that are an event of their own do not count');

/** The states of a tab, ours and TestGrid's own. */
export const HealthState = z.enum(['passing', 'failing', 'flaky', 'stale', 'no completed runs']);
export const TestGridStatus = z
  .enum(['passing', 'failing', 'flaky', 'stale'])
  .nullable()
  .describe('TestGrid’s own overall status');

export const LastState = z
  .enum(['passing', 'failing', 'flaky'])
  .nullable()
  .describe('what a stale tab was when it last ran; null for one that still runs');

export const GridSchema = z.strictObject({
  dashboard: z.string().describe('empty for a table from a file'),
  tab: z.string(),
  job: z.string().nullable().describe('null where the table does not tell, or its bucket is of no known CI system'),
  health: z.strictObject({
    state: HealthState,
    reasons: Reasons,
    was: LastState,
    testgrid: TestGridStatus,
    disagrees: z.string().nullable().describe('why TestGrid says otherwise; null where it does not'),
  }),
  durations: z
    .strictObject({
      drift: z
        .strictObject({ ratio: z.number(), z: z.number(), n: z.int() })
        .nullable()
        .describe('newest passing runs by earlier ones: ratio of medians, robust standard deviations, earlier runs'),
      limit: z.strictObject({ minutes: z.number(), runs: z.array(Run), n: z.int() }).nullable(),
    })
    .nullable()
    .describe('null where the table has no durations, or they say nothing'),
  rows: z
    .array(
      z.strictObject({
        name: z.string().describe('untrusted text'),
        kind: z.enum(['test', 'step']).describe('step: a step or an image of the run, judged likewise'),
        class: z.enum(ROW_CLASSES),
        confidence: Confidence,
        reasons: Reasons,
        stats: Stats,
        turns_red: z.boolean().describe('false where it fails in runs that pass as a whole'),
        in_event: Count.describe('newest runs of a mass failure that goes on in which it failed too; not in the stats'),
        first_bad: Run.nullable().describe('first run of the current series of failures'),
        best_guess: Run.nullable().describe('the likeliest run at which the break came in'),
        set: z.array(Run).describe('runs that hold the break with 95 %, newest first; empty where no break is claimed'),
        last_good: Run.nullable(),
        changes: z
          .record(z.string(), z.strictObject({ from: z.string(), to: z.string() }))
          .describe('headers of the table that differ between last good and first bad'),
      }),
    )
    .describe('tests and steps in the order of the table; rows about the run as a whole are not among them'),
  columns: z
    .array(z.strictObject({ ...Run.shape, class: z.enum(COLUMN_CLASSES), confidence: Confidence, reasons: Reasons }))
    .describe('runs, newest first'),
  groups: z
    .array(
      z.strictObject({
        rows: z.array(z.string()).describe('names of the tests'),
        runs: z.array(Run).describe('runs in which at least two of them failed'),
        p: z.number().describe('largest adjusted p-value of a link that holds the group together'),
      }),
    )
    .describe('tests that fail in the same runs more often than chance'),
  corrupt: z
    .array(z.strictObject({ name: z.string(), why: z.string() }))
    .describe('rows that contradict the table and were left out'),
});

/** An understood grid as programs read it. */
export type GridDocument = z.infer<typeof GridSchema>;
