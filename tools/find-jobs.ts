// find_jobs: jobs and tabs by words of their names.
import { z } from 'zod';
import { Gaps } from '../src/diagnose/gaps.ts';
import { partsOf } from '../src/diagnose/match.ts';
import { searchJobs } from '../src/diagnose/search-jobs.ts';
import { ToolError } from '../src/tooling/errors.ts';
import { pageOf } from '../src/tooling/paging.ts';
import { cursor, limit } from '../src/tooling/params.ts';
import { gapsText, gapWords, paragraphs } from '../src/tooling/text.ts';
import { defineTool } from '../src/tooling/tool.ts';

const FITS = 0.4;

export default defineTool({
  name: 'find_jobs',
  title: 'Find jobs',
  description: 'Job names that fit some words (version, platform, suite), best first. For when no exact name is known.',
  input: z.strictObject({
    words: z.string().trim().min(1).max(300).describe('For example: 4.22 aws serial'),
    limit: limit(10, 50),
    cursor,
  }),
  output: z.strictObject({
    jobs: z.array(z.strictObject({ job: z.string(), system: z.string(), url: z.string(), score: z.number() })),
    left: z.int(),
    cursor: z.string().nullable(),
    gaps: z.array(z.string()),
  }),
  run: async ({ words, limit, cursor }, { sources, progress }) => {
    const parts = partsOf(words);
    if (parts.length === 0)
      throw new ToolError('the words have no letters or digits', { next: ['find_jobs with words such as 4.22 aws'] });
    progress('searching job names');
    const gaps = new Gaps();
    const found = await searchJobs(parts, sources, gaps, FITS);
    const page = pageOf(found, parts.join(' '), limit, cursor);
    return {
      jobs: page.items.map(({ item: { candidate }, score }) => ({
        job: candidate.job,
        system: candidate.system,
        url: candidate.url,
        score: Math.round(score * 100) / 100,
      })),
      left: page.left,
      cursor: page.cursor,
      gaps: gaps.items.map(gapWords),
    };
  },
  present: ({ jobs, left, gaps, cursor: next }) =>
    paragraphs(
      jobs.length === 0 ? 'No job has a name like it: try fewer words.' : '',
      jobs.map(({ job, system }) => `${job} (${system})`),
      next === null ? '' : `${left} more: add words, or cursor ${next}`,
      gapsText(gaps),
    ),
});
