// summarize_failures: what broke, still fails, recovered or is only flaky on a dashboard or in a set of jobs.
import { z } from 'zod';
import type { Since } from '../src/ci/failure.ts';
import { clip } from '../src/ci/text.ts';
import { LOCI, RECURRENCES } from '../src/ci/verdict.ts';
import type { Verified } from '../src/answer/verify.ts';
import { percentWords, timeWords } from '../src/answer/words.ts';
import { Gaps } from '../src/diagnose/gaps.ts';
import { noDashboard, nameOfDashboard } from '../src/tooling/dashboard.ts';
import { Cites, evidenceItem, EvidenceItem } from '../src/tooling/evidence.ts';
import { ToolError } from '../src/tooling/errors.ts';
import { investigateAll, isRed, isWithin, questionOf, readStates, type Cluster } from '../src/tooling/overview.ts';
import { dashboard, job, limit } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool, type ToolContext } from '../src/tooling/tool.ts';

const HOUR = 3_600_000;
const QUOTES = { lines: 2, chars: 240 };
const CITED = 1;
const LISTED = 15;
const MESSAGE_CHARS = 240;

const Failure = z.strictObject({
  jobs: z.array(
    z.strictObject({
      job: z.string(),
      build: z.string().nullable(),
      first_red: z.string().nullable(),
      new: z.boolean(),
    }),
  ),
  locus: z.enum(LOCI),
  recurrence: z.enum(RECURRENCES),
  confidence: z.number(),
  summary: z.string(),
  message: z.string(),
  evidence: Cites,
});

const Output = z.strictObject({
  of: z.string(),
  failures: z.array(Failure).describe('one entry a failure, with all jobs it turned red'),
  not_investigated: z.array(z.string()).describe('red too'),
  recovered: z.array(z.string()),
  flaky: z.array(z.string()),
  stale: z.array(z.string()),
  counts: z
    .strictObject({
      red: z.int().describe('newest completed run failed'),
      recovered: z.int(),
      flaky: z.int(),
      stale: z.int(),
      passing: z.int(),
      unknown: z.int(),
    })
    .describe('each job once'),
  evidence: z.array(EvidenceItem),
  gaps: z.array(z.string()),
});

export default defineTool({
  name: 'summarize_failures',
  title: 'Summary of failures',
  description:
    'What broke, still fails, recovered or is only flaky on a dashboard, or in a list of jobs, within some hours; one failure in many jobs is one entry. Investigates up to `limit` red jobs.',
  input: z.strictObject({
    dashboard: dashboard.optional(),
    jobs: z.array(job).min(1).max(20).describe('Instead of a dashboard').optional(),
    hours: z.number().int().min(1).max(720).default(24).describe('What counts as new'),
    limit: limit(6, 20).describe('Red jobs investigated'),
  }),
  output: Output,
  run: ({ dashboard: name, jobs, hours, limit }, context) => {
    if ((name === undefined) === (jobs === undefined))
      throw new ToolError('give a dashboard or jobs, one of them', { next: ['summarize_failures with dashboard'] });
    const from = context.clock() - hours * HOUR;
    return jobs
      ? ofJobs(jobs.slice(0, limit), jobs.slice(limit), from, context)
      : ofDashboard(name ?? '', limit, from, context);
  },
  present: ({ of, failures, not_investigated: rest, recovered, flaky, stale, counts, evidence, gaps }) =>
    paragraphs(
      `${of}: ${Object.entries(counts)
        .map(([kind, n]) => `${n} ${kind}`)
        .join(', ')} (red: the newest completed run failed)`,
      failures.map(
        ({ jobs, locus, recurrence, confidence, summary, message, evidence: ids }) =>
          `${jobs.some(({ new: isNew }) => isNew) ? 'NEW' : 'still'} ${locus} · ${recurrence} (${percentWords(confidence)}): ${jobs.map(jobWords).join(', ')}: ${summary} ${message} ${cite(ids)}`,
      ),
      rest.length > 0 ? `Red too, not investigated: ${rest.join('; ')}` : '',
      recovered.map((line) => `Recovered: ${line}`),
      flaky.map((line) => `Flaky: ${line}`),
      stale.map((line) => `Stale: ${line}`),
      evidenceText(evidence),
      gapsText(gaps),
    ),
});

const jobWords = ({ job: name, build, first_red: first }: z.output<typeof Failure>['jobs'][number]): string =>
  `${name}${build === null ? '' : ` (run ${build}${first === null ? '' : `, red since ${timeWords(first)}`})`}`;

/** The first ones of a long list, and how many more there are. */
const shortened = (lines: readonly string[]): string[] =>
  lines.length <= LISTED ? [...lines] : [...lines.slice(0, LISTED), `and ${lines.length - LISTED} more`];

async function ofJobs(
  jobs: readonly string[],
  rest: readonly string[],
  from: number,
  context: ToolContext,
): Promise<z.output<typeof Output>> {
  const gaps = new Gaps();
  context.progress(`investigating ${jobs.length} jobs`);
  const clusters = await investigateAll(jobs, context, gaps);
  const found = clusters.flatMap((cluster) => cluster.found);
  const kinds = Map.groupBy(found, (one) => kindOf(one, from));
  const red = clusters.flatMap((cluster) => {
    const failing = cluster.found.filter((one) => kindOf(one, from) === 'red');
    return failing.length > 0 ? [{ ...cluster, found: failing }] : [];
  });
  const of = (kind: Kind): readonly Verified[] => kinds.get(kind) ?? [];
  const name = ({ investigation }: Verified): string => investigation.subject.job ?? '';
  return {
    of: `${jobs.length + rest.length} jobs`,
    ...failuresOf(red, from),
    not_investigated: rest.map((job) => `${job} (not looked at)`),
    recovered: of('recovered').map((one) => `${name(one)} ${recoveredWords(one.investigation.since)}`),
    flaky: of('flaky').map((one) => `${name(one)}: ${one.investigation.verdict?.summary ?? ''}`),
    stale: of('stale').map(name),
    counts: {
      red: of('red').length,
      recovered: of('recovered').length,
      flaky: of('flaky').length,
      stale: of('stale').length,
      passing: of('passing').length,
      unknown: jobs.length + rest.length - found.length,
    },
    gaps: gaps.items.map(gapWords),
  };
}

type Kind = 'red' | 'recovered' | 'flaky' | 'stale' | 'passing';

/** The one heading a job goes under. */
function kindOf({ investigation: { verdict, since } }: Verified, from: number): Kind {
  if (verdict?.state === 'failing') return 'red';
  if (verdict?.state === 'stale') return 'stale';
  if (isWithin(since?.recovered ?? null, from)) return 'recovered';
  return verdict?.recurrence === 'known flake' ? 'flaky' : 'passing';
}

async function ofDashboard(
  text: string,
  limit: number,
  from: number,
  context: ToolContext,
): Promise<z.output<typeof Output>> {
  const gaps = new Gaps();
  const name = nameOfDashboard(text, context.sources);
  context.progress('reading the tabs');
  const read = await readStates(name, context.sources, context.clock);
  if (!read) throw await noDashboard(name, context.sources);
  const tabs = read.tabs.flatMap(({ tab, value }) => (value ? [{ tab, ...value }] : []));
  for (const { tab, problem } of read.tabs)
    if (problem !== null) gaps.add({ what: tab, why: problem, effect: 'it may be red' });
  const stale = tabs.filter(({ health }) => health.state === 'stale');
  const live = tabs.filter((tab) => !stale.includes(tab));
  // What turned red last is asked for first.
  const red = live.filter(({ since }) => isRed(since)).sort((a, b) => startOf(b.since) - startOf(a.since));
  const recovered = live.filter(({ since }) => !isRed(since) && isWithin(since?.recovered ?? null, from));
  const flaky = live.filter((tab) => !red.includes(tab) && !recovered.includes(tab) && tab.health.state === 'flaky');
  const asked = red.slice(0, limit);
  context.progress(`investigating ${asked.length} red jobs`);
  const clusters = await investigateAll(
    asked.map(({ tab }) => questionOf(read, tab)),
    context,
    gaps,
  );
  return {
    of: name,
    ...failuresOf(clusters, from),
    not_investigated: shortened(red.slice(limit).map(({ tab, headline }) => `${tab}: ${headline}`)),
    recovered: shortened(recovered.map(({ tab, since }) => `${tab} ${recoveredWords(since)}`)),
    flaky: shortened(flaky.map(({ tab, headline }) => `${tab}: ${headline}`)),
    stale: shortened(stale.map(({ tab, headline }) => `${tab}: ${headline}`)),
    counts: {
      red: red.length,
      recovered: recovered.length,
      flaky: flaky.length,
      stale: stale.length,
      passing: live.length - red.length - recovered.length - flaky.length,
      unknown: read.tabs.length - tabs.length,
    },
    gaps: gaps.items.map(gapWords),
  };
}

const startOf = (since: Since | null): number => Date.parse(since?.first_failing?.time ?? '') || 0;

const recoveredWords = (since: Since | null): string =>
  `passes again since run ${since?.recovered?.build ?? ''}, after ${since?.in_a_row ?? 0} red`;

/** The clusters with their evidence under ids of this one result. */
function failuresOf(
  clusters: readonly Cluster[],
  from: number,
): Pick<z.output<typeof Output>, 'failures' | 'evidence'> {
  const evidence: EvidenceItem[] = [];
  const failures = clusters.flatMap(({ found }) => {
    const [first] = found;
    const verdict = first?.investigation.verdict;
    if (!first || !verdict) return [];
    const cause = first.investigation.failures.find(({ secondary }) => !secondary);
    const cited = (cause?.evidence ?? []).slice(0, CITED).flatMap((id) => {
      const item = first.investigation.evidence.find((known) => known.id === id);
      return item ? [{ ...evidenceItem(item, QUOTES, cause?.message), id: '' }] : [];
    });
    const ids = cited.map((item) => {
      evidence.push({ ...item, id: `E${evidence.length + 1}` });
      return `E${evidence.length}`;
    });
    const { locus, recurrence, confidence, summary } = verdict;
    return [
      {
        jobs: found.map((one) => jobOf(one, from)),
        locus,
        recurrence,
        confidence,
        summary,
        message: clip(cause?.message ?? '', MESSAGE_CHARS),
        evidence: ids,
      },
    ];
  });
  return { failures, evidence };
}

function jobOf(
  { investigation: { subject, since } }: Verified,
  from: number,
): z.output<typeof Failure>['jobs'][number] {
  const first = since?.first_failing ?? null;
  return { job: subject.job ?? '', build: subject.build, first_red: first?.time ?? null, new: isWithin(first, from) };
}
