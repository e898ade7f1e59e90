// An investigation as a tool gives it: the verdict, the cause with its proof, and no more than a model can use.
import { z } from 'zod';
import type { Since as JobSince } from '../ci/failure.ts';
import { LOCI, JOB_STATES, RECURRENCES } from '../ci/verdict.ts';
import type { CheckedInvestigation, Verified } from '../answer/verify.ts';
import { percentWords, timeWords } from '../answer/words.ts';
import { clip } from '../ci/text.ts';
import { Cites, evidenceItem, EvidenceItem, FULL_QUOTES } from './evidence.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from './text.ts';

const RunPoint = z.strictObject({ build: z.string(), time: z.string().nullable() });

export const Since = z.strictObject({
  first_failing: RunPoint.nullable(),
  last_passing: RunPoint.nullable(),
  recovered: RunPoint.nullable(),
  in_a_row: z.int(),
  failing_runs: z.int(),
  of_runs: z.int(),
});

export const Diagnosis = z.strictObject({
  job: z.string(),
  url: z.string().nullable().describe('of the job’s history'),
  build: z.string().nullable(),
  pull: z.string().nullable(),
  grid: z.string().nullable(),
  state: z.enum(JOB_STATES),
  locus: z.enum(LOCI),
  recurrence: z.enum(RECURRENCES),
  confidence: z.number().describe('0: the evidence is too thin'),
  summary: z.string(),
  since: Since.nullable(),
  causes: z.array(
    z.strictObject({ step: z.string().nullable(), test: z.string().nullable(), message: z.string(), evidence: Cites }),
  ),
  more_causes: z.int(),
  consequences: z.array(z.string()).describe('failed because of the cause'),
  reasons: z.array(z.strictObject({ text: z.string(), evidence: Cites })),
  evidence: z.array(EvidenceItem),
  gaps: z.array(z.string()).describe('what is not known'),
  other_jobs: z.array(z.string()),
  verified: z.string().describe('claims whose quotes were checked'),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

const BESIDE = /\bpassing run \d/;

const CONCISE = {
  causes: 2,
  chars: 200,
  reasons: 4,
  cites: 2,
  reasonCites: 1,
  gaps: 3,
  others: 3,
  consequences: 4,
  quotes: { lines: 3, chars: 200 },
};
const FULL = {
  causes: 20,
  chars: 1_000,
  reasons: 20,
  cites: 20,
  reasonCites: 20,
  gaps: 20,
  others: 8,
  consequences: 20,
  quotes: FULL_QUOTES,
};

/** The diagnosis of a job that was found. @throws RangeError when none was */
export function diagnosisOf({ investigation, claims, verified }: Verified, detail: 'concise' | 'full'): Diagnosis {
  const { subject, verdict, since, failures, gaps, candidates } = investigation;
  if (verdict === null || subject.job === null) throw new RangeError('nothing was diagnosed');
  const most = detail === 'full' ? FULL : CONCISE;
  const primary = failures.filter(({ secondary }) => !secondary);
  const causes = primary.slice(0, most.causes).map(({ step, test, message, evidence }) => ({
    step,
    test,
    message: clip(message, most.chars),
    evidence: evidence.slice(0, most.cites),
  }));
  const reasons = verdict.reasons
    .slice(0, most.reasons)
    // Of two runs beside each other both are shown; else one piece of evidence says it.
    .map(({ text, evidence }) => ({ text, evidence: evidence.slice(0, BESIDE.test(text) ? 2 : most.reasonCites) }));
  const cited = new Set([...causes, ...reasons].flatMap(({ evidence }) => evidence));
  return {
    job: subject.job,
    url: subject.url,
    build: subject.build,
    pull: subject.pull,
    grid: subject.grid && `${subject.grid.dashboard}#${subject.grid.tab}`,
    state: verdict.state,
    locus: verdict.locus,
    recurrence: verdict.recurrence,
    confidence: verdict.confidence,
    summary: verdict.summary,
    since: since && sinceOf(since),
    causes,
    more_causes: primary.length - causes.length,
    consequences: consequencesOf(investigation, most.consequences),
    reasons,
    evidence: investigation.evidence
      .filter(({ id }) => cited.has(id))
      .map((item) => evidenceItem(item, most.quotes, primary[0]?.message)),
    gaps: gaps.slice(0, most.gaps).map(gapWords),
    other_jobs: candidates.slice(0, most.others).map(({ job }) => job),
    verified: `${verified} of ${claims}`,
  };
}

const consequencesOf = ({ failures }: CheckedInvestigation, most: number): string[] =>
  failures
    .filter(({ secondary }) => secondary)
    .slice(0, most)
    .map(({ step, test }) => test ?? step ?? 'the run');

/** Since when, without the links that builds can be asked for by. */
export function sinceOf({ first_failing, last_passing, recovered, ...counts }: JobSince): z.infer<typeof Since> {
  const point = (run: JobSince['recovered']): z.infer<typeof RunPoint> | null =>
    run && { build: run.build, time: run.time };
  return {
    first_failing: point(first_failing),
    last_passing: point(last_passing),
    recovered: point(recovered),
    ...counts,
  };
}

const STATE_WORDS = { failing: 'RED', passing: 'GREEN', stale: 'STALE', 'no completed runs': 'NO COMPLETED RUNS' };

/** The diagnosis as short text. */
export function diagnosisText(found: Diagnosis): string {
  const { job, build, pull, state, locus, recurrence, confidence, summary, causes, reasons, evidence } = found;
  // The run that is explained may be an older one that failed.
  const run = build === null ? '' : state === 'passing' ? `; explained: run ${build}` : `, run ${build}`;
  const of = [pull === null ? '' : ` on ${pull}`, run].join('');
  return paragraphs(
    `${STATE_WORDS[state]} ${job}${of}`,
    summary,
    `${locus} · ${recurrence} · ${confidence > 0 ? `confidence ${percentWords(confidence)}` : 'the evidence is too thin for a verdict'}`,
    sinceText(found.since),
    causes.map(({ step, test, message, evidence: ids }) => `Cause: ${nameOf(step, test)}: ${message} ${cite(ids)}`),
    found.more_causes > 0 ? `and ${found.more_causes} more causes (detail: full)` : '',
    found.consequences.length > 0 ? `Not the cause: ${found.consequences.join(', ')}` : '',
    reasons.map(({ text, evidence: ids }) => `Why: ${text} ${cite(ids)}`),
    evidenceText(evidence),
    gapsText(found.gaps),
    found.other_jobs.length > 0 ? `Other jobs that fit: ${found.other_jobs.join(', ')}` : '',
    `${found.verified} claims verified.`,
  );
}

const nameOf = (step: string | null, test: string | null): string =>
  test === null ? (step === null ? 'the run as a whole' : `step ${step}`) : `test ${test}`;

/** Since when, in a line. */
export function sinceText(since: z.infer<typeof Since> | null): string {
  if (!since) return '';
  const { first_failing: first, last_passing: last, recovered, in_a_row, failing_runs, of_runs } = since;
  const at = (name: string, run: z.infer<typeof RunPoint> | null): string[] =>
    run ? [`${name} ${run.build} (${timeWords(run.time)})`] : [];
  return [
    ...at('first red', first),
    `${in_a_row} in a row`,
    ...(last ? at('last green', last) : ['no green run in the window']),
    ...at('green again', recovered),
    `${failing_runs} of ${of_runs} runs failed`,
  ].join('; ');
}
