// find_similar_failures: other runs, of this job and of others, that failed with the same or nearly the same words.
import { z } from 'zod';
import { EvidenceList } from '../src/ci/evidence.ts';
import { oneLine } from '../src/ci/text.ts';
import { seenWords } from '../src/ci/verdict.ts';
import { timeWords } from '../src/answer/words.ts';
import { locateJob, locateRun } from '../src/diagnose/locate.ts';
import { Gaps } from '../src/diagnose/gaps.ts';
import { Quotes } from '../src/diagnose/quote.ts';
import { recall } from '../src/diagnose/recall.ts';
import { readHistory } from '../src/diagnose/read-history.ts';
import { candidatesFor, kernelOf, kernelsOf, likenessOf, type Kernel } from '../src/diagnose/similar.ts';
import { before, seenBefore } from '../src/history/past.ts';
import type { PastFailure } from '../src/store/history.ts';
import { Cites, EvidenceItem, evidenceItems } from '../src/tooling/evidence.ts';
import { ToolError } from '../src/tooling/errors.ts';
import { limit, run } from '../src/tooling/params.ts';
import { cite, evidenceText, gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const ONE_LINE = { lines: 2, chars: 240 };

const Similar = z.strictObject({
  job: z.string(),
  build: z.string(),
  time: z.string().nullable(),
  likeness: z.enum(['same', 'similar']),
  message: z.string(),
  evidence: Cites,
});

export default defineTool({
  name: 'find_similar_failures',
  title: 'Similar failures',
  description:
    'Runs that failed like this one: of its job, of the jobs of the last two days with the nearest names, and, where a history is kept, of any job in months. Reads up to `limit` other runs, so it takes a while.',
  input: z.strictObject({ run, limit: limit(8, 20).describe('Runs compared') }),
  output: z.strictObject({
    job: z.string(),
    build: z.string(),
    signature: z.strictObject({ key: z.string(), pattern: z.string() }),
    message: z.string(),
    evidence: z.array(EvidenceItem),
    cites: Cites,
    similar: z.array(Similar),
    seen_before: z
      .strictObject({ runs: z.int(), jobs: z.int(), since: z.string(), at_least: z.boolean() })
      .optional()
      .describe('by the history that is kept'),
    compared: z.int(),
    different: z.int(),
    gaps: z.array(z.string()),
  }),
  run: async ({ run: text, limit }, { sources, progress, past }) => {
    const gaps = new Gaps();
    progress('reading the run');
    const place = await locateRun(text, sources, gaps);
    const quotes = new Quotes(new EvidenceList(), place.ci.system.sites);
    const kernel = await kernelOf(place, quotes, gaps);
    if (!kernel)
      throw new ToolError(`nothing that run ${place.run.build} left says why it failed`, {
        known: [`it is ${place.run.state}`],
        next: ['diagnose for what is known of it'],
      });
    progress('reading other failed runs');
    const { runs } = await readHistory(await locateJob(place.run.job.name, sources, gaps), gaps);
    const own = Math.ceil(limit / 2);
    const others = await candidatesFor(place, runs, { own, others: limit - own }, gaps);
    const kernels = await kernelsOf(others, quotes, gaps);
    const alike = kernels.flatMap((other) => similarOf(other, kernel));
    const kept = past ? await recall(kernel.signature, past, gaps) : null;
    const at = { job: place.run.job.name, build: place.run.build, started: place.run.started };
    const known = new Set(alike.map(({ job, build }) => `${job} ${build}`));
    const earlier = (kept ? before(kept, at) : [])
      .filter(({ job, build }) => !known.has(`${job.name} ${build}`))
      .slice(0, limit)
      .map((failure) => pastOne(failure, kernel, quotes.past(failure, sources)));
    const seen = kept && seenBefore(kept, at);
    const similar = [...alike, ...earlier];
    const cited = new Set([...kernel.evidence.slice(0, 1), ...similar.flatMap(({ evidence }) => evidence)]);
    return {
      job: place.run.job.name,
      build: place.run.build,
      signature: { ...kernel.signature },
      message: kernel.message,
      evidence: evidenceItems(quotes.list, ONE_LINE, kernel.message).filter(({ id }) => cited.has(id)),
      cites: kernel.evidence.slice(0, 1),
      similar,
      ...(seen ? { seen_before: seen } : {}),
      compared: kernels.length,
      different: kernels.length - alike.length,
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ job, build, message, cites, similar, compared, different, seen_before: seen, evidence, gaps }) =>
    paragraphs(
      `${job} run ${build}: ${message} ${cite(cites)}`,
      `${compared - different} of ${compared} other failed runs that were read failed alike.`,
      seen ? `Seen before: ${seenWords(seen)}, by the history that is kept.` : '',
      similar.map(
        ({ job: other, build: at, time, likeness, message: said, evidence: ids }) =>
          `${likeness}: ${other}/${at} ${timeWords(time)}: ${said} ${cite(ids)}`,
      ),
      evidenceText(evidence),
      gapsText(gaps),
    ),
});

function pastOne(
  { job, build, started, signature, headline }: PastFailure,
  kernel: Kernel,
  evidence: string | null,
): z.infer<typeof Similar> {
  return {
    job: job.name,
    build,
    time: new Date(started).toISOString(),
    likeness: signature === kernel.signature.key ? 'same' : 'similar',
    message: oneLine(headline, 240),
    evidence: evidence === null ? [] : [evidence],
  };
}

function similarOf(other: Kernel, kernel: Kernel): z.infer<typeof Similar>[] {
  const likeness = likenessOf(other, kernel);
  if (likeness === 'different') return [];
  const { run, message, evidence } = other;
  const time = run.started === null ? null : new Date(run.started).toISOString();
  return [
    {
      job: run.job.name,
      build: run.build,
      time,
      likeness,
      message: oneLine(message, 240),
      evidence: evidence.slice(0, 1),
    },
  ];
}
