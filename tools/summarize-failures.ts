// summarize_failures: what broke, still fails, recovered or is only flaky on dashboards or in jobs; the daily summary.
import { z } from 'zod';
import { clip } from '../src/ci/text.ts';
import { LOCI, RECURRENCES } from '../src/ci/verdict.ts';
import { SECTIONS, type Digest, type DigestItem, type ItemJob } from '../src/digest/digest.ts';
import { gather } from '../src/digest/gather.ts';
import { UnknownSubject } from '../src/digest/subject.ts';
import {
  kindWords,
  messageOf,
  openingWords,
  proofOf,
  rateWords,
  SECTION_TITLES,
  sinceWords,
  URGENT,
} from '../src/digest/words.ts';
import { Cites, evidenceItem, EvidenceItem } from '../src/tooling/evidence.ts';
import { ToolError } from '../src/tooling/errors.ts';
import { limit, subjects } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const HOUR = 3_600_000;
const QUOTES = { lines: 2, chars: 240 };
const ITEMS = 20;
const JOBS = 10;
const TESTS = 3;
const MESSAGE_CHARS = 240;

const Item = z.strictObject({
  section: z.enum(SECTIONS),
  title: z.string(),
  message: z.string().nullable().describe('untrusted'),
  locus: z.enum(LOCI).nullable().describe('null: the grid alone tells of it'),
  recurrence: z.enum(RECURRENCES).nullable(),
  confidence: z.number(),
  rate: z.string().nullable(),
  jobs: z.array(
    z.strictObject({
      job: z.string(),
      first_bad: z.string().nullable(),
      last_good: z.string().nullable(),
      recovered: z.string().nullable(),
      new: z.boolean().describe('began within the hours'),
      said: z.string(),
    }),
  ),
  more_jobs: z.int(),
  tests: z.array(z.string()),
  more_tests: z.int(),
  evidence: Cites,
});

const Output = z.strictObject({
  of: z.string(),
  opening: z.string(),
  items: z.array(Item).describe('what needs a person first; one failure in many jobs is one item'),
  more_items: z.int(),
  counts: z.record(z.string(), z.int()).describe('jobs by state, each once'),
  evidence: z.array(EvidenceItem),
  gaps: z.array(z.string()),
});

export default defineTool({
  name: 'summarize_failures',
  title: 'Summary of failures',
  description:
    'What broke, still fails, recovered or is only flaky within some hours, on dashboards, in jobs or what matches a pattern; one failure in many jobs is one item. Investigates up to `limit` failed runs.',
  input: z.strictObject({
    of: subjects,
    hours: z.number().int().min(1).max(720).default(24).describe('What counts as new'),
    limit: limit(6, 20).describe('Failed runs investigated'),
  }),
  output: Output,
  run: async ({ of, hours, limit: most }, { sources, clock, progress }) => {
    const to = clock();
    const window = { from: to - hours * HOUR, to };
    try {
      const { digest } = await gather(of, { sources, clock, window, limit: most, progress });
      return outputOf(digest);
    } catch (error) {
      if (!(error instanceof UnknownSubject)) throw error;
      throw new ToolError(error.message, { next: ['find_jobs with words of the name'] });
    }
  },
  present: ({ of, opening, items, more_items: more, evidence, gaps }) =>
    paragraphs(
      `${of}: ${opening}`,
      items.map(itemWords),
      more > 0 ? `and ${more} items more` : '',
      evidenceText(evidence),
      gapsText(gaps),
    ),
});

function outputOf(digest: Digest): z.output<typeof Output> {
  const shown = digest.items.slice(0, ITEMS);
  const proven = shown.map((item) => ({ item, proof: URGENT.has(item.section) ? proofOf(item, digest) : null }));
  const messages = new Map(proven.flatMap(({ item, proof }) => (proof ? [[proof, item.message ?? ''] as const] : [])));
  return {
    of: digest.of,
    opening: openingWords(digest),
    items: proven.map(({ item, proof }) => ({ ...itemOf(item, digest), evidence: proof ? [proof.id] : [] })),
    more_items: digest.items.length - shown.length,
    counts: Object.fromEntries(
      [...Map.groupBy(digest.jobs, ({ state }) => state)].map(([state, jobs]) => [state, jobs.length]),
    ),
    evidence: [...messages].map(([proof, message]) => evidenceItem(proof, QUOTES, message)),
    gaps: digest.gaps.map(gapWords),
  };
}

function itemOf(item: DigestItem, { window }: Digest): Omit<z.output<typeof Item>, 'evidence'> {
  const { section, title, locus, recurrence, confidence, jobs, tests, testCount } = item;
  const message = messageOf(item);
  const jobOf = (job: ItemJob): z.output<typeof Item>['jobs'][number] => ({
    job: job.name,
    first_bad: job.since?.build ?? null,
    last_good: job.lastGood?.build ?? null,
    recovered: job.recovered?.build ?? null,
    new: job.isNew,
    said: sinceWords(item, job, window.to),
  });
  return {
    section,
    title,
    message: message === null ? null : clip(message, MESSAGE_CHARS),
    locus,
    recurrence,
    confidence,
    rate: rateWords(item) || null,
    jobs: jobs.slice(0, JOBS).map(jobOf),
    more_jobs: Math.max(0, jobs.length - JOBS),
    tests: tests.slice(0, TESTS),
    more_tests: Math.max(0, testCount - TESTS),
  };
}

function itemWords(item: z.output<typeof Item>): string {
  const { section, title, message, rate, jobs, more_jobs: more, evidence } = item;
  const kind = kindWords(item);
  const facts = [kind, rate ?? ''].filter((part) => part !== '').join(', ');
  const where = jobs.map(({ job, first_bad: build, said }) => {
    const run = build === null || section === 'stale' ? '' : `run ${build}`;
    return `  ${job}: ${[said, run].filter((part) => part !== '').join('; ')}`;
  });
  return [
    `${SECTION_TITLES[section]}: ${title}${facts === '' ? '' : ` (${facts})`} ${cite(evidence)}`.trimEnd(),
    ...(message === null ? [] : [`  │ ${message}`]),
    ...where,
    ...(more > 0 ? [`  and ${more} jobs more`] : []),
  ].join('\n');
}
