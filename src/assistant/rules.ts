// The answer without a model, in the same form: claims that the investigation itself makes, with their evidence.
import { defang } from '../ci/defang.ts';
import type { CheckedClaim } from './answer.ts';
import type { Result } from './results.ts';
import { z } from 'zod';
import { sinceText } from '../tooling/diagnosis.ts';

const MAX_CAUSES = 2;

const Ids = z.array(z.string());
const Point = z
  .object({ build: z.string(), time: z.string().nullish() })
  .transform(({ build, time }) => ({ build, time: time ?? null }))
  .nullish()
  .transform((point) => point ?? null);

/** The parts of a diagnosis that are said, as they come over the wire: what is not known is absent. */
const Said = z.object({
  summary: z.string(),
  since: z
    .object({
      first_failing: Point,
      last_passing: Point,
      recovered: Point,
      in_a_row: z.int(),
      failing_runs: z.int(),
      of_runs: z.int(),
    })
    .optional(),
  causes: z.array(
    z.object({ step: z.string().optional(), test: z.string().optional(), message: z.string(), evidence: Ids }),
  ),
  reasons: z.array(z.object({ text: z.string(), evidence: Ids })),
});

/**
 * What the investigation says, as claims; of one that found nothing, what it says instead. Names and messages in them
 * are anyone's.
 * @param sinceOnly for a question that asks no more than since when
 */
export const saidByRules = (result: Result, sinceOnly = false): CheckedClaim[] =>
  claimsOf(result, sinceOnly).map(({ text, evidence }) => ({ text: defang(text), evidence }));

function claimsOf({ id, data, text, isError }: Result, sinceOnly: boolean): CheckedClaim[] {
  const found = isError ? null : Said.safeParse(data).data;
  if (!found) return text.split('\n').flatMap(plainly);
  const { summary, since, causes, reasons } = found;
  const cite = (ids: readonly string[]): string[] => (ids.length > 0 ? ids.map((own) => `${id}.${own}`) : [id]);
  const first = since ? sinceText(since) : '';
  if (sinceOnly && first !== '') return [{ text: capital(first), evidence: [id] }];
  return [
    { text: summary, evidence: [id] },
    ...(first === '' ? [] : [{ text: capital(first), evidence: [id] }]),
    ...causes.slice(0, MAX_CAUSES).map((cause) => ({
      text: `${cause.test ?? cause.step ?? 'The run as a whole'}: ${cause.message}`,
      evidence: cite(cause.evidence),
    })),
    ...reasons.map((reason) => ({ text: reason.text, evidence: cite(reason.evidence) })),
  ];
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

/** What a tool says to a model when it cannot do something, as a person would say it; what to call next is not for them. */
function plainly(line: string): CheckedClaim[] {
  if (line.startsWith('Next: ')) return [];
  return [{ text: line.replace(/^(?:Not done: |- candidate: |- )/, ''), evidence: [] }];
}
