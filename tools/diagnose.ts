// diagnose: the whole investigation of a job, run, URL or pull request in one call.
import { z } from 'zod';
import { verify } from '../src/answer/verify.ts';
import { investigate } from '../src/diagnose/investigate.ts';
import { NotClear } from '../src/diagnose/locate.ts';
import { Diagnosis, diagnosisOf, diagnosisText } from '../src/tooling/diagnosis.ts';
import { detail } from '../src/tooling/params.ts';
import { gridUri } from '../src/tooling/uris.ts';
import { defineTool } from '../src/tooling/tool.ts';

export default defineTool({
  name: 'diagnose',
  title: 'Why is it red?',
  description:
    'Why a CI job, run or pull request fails: verdict, cause, since when, with quoted proof. Ask this first; the other tools go deeper.',
  input: z.strictObject({
    question: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .describe('Job, words of it, Prow/TestGrid URL, org/repo#123, or the question as asked'),
    detail,
  }),
  output: Diagnosis,
  run: async ({ question, detail }, { sources, clock, past, progress }) => {
    const checked = verify(await investigate(question, { sources, clock, past, progress }));
    const { verdict, candidates, gaps } = checked.investigation;
    if (!verdict) {
      const message = gaps[0]?.why ?? 'no job was found';
      throw new NotClear({ problem: candidates.length > 0 ? 'ambiguous' : 'unknown', message, candidates });
    }
    return diagnosisOf(checked, detail);
  },
  present: diagnosisText,
  links: ({ grid }) => (grid === null ? [] : [{ uri: gridUri(grid), name: grid, mimeType: 'image/png' }]),
});
