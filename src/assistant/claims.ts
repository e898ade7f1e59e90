// What a model may say: claims, each with the ids of the evidence it rests on; and how they are read from what it sent.
import { z } from 'zod';
import { LOCI, RECURRENCES } from '../ci/verdict.ts';
import type { ModelTool } from './model.ts';

const MAX_CLAIMS = 12;
const MAX_CHARS = 600;

const Claim = z.object({
  text: z.string().trim().min(1).max(MAX_CHARS),
  evidence: z.array(z.string().max(20)).max(8).default([]),
});

export const ModelAnswer = z.object({
  claims: z.array(Claim).max(MAX_CLAIMS).default([]),
  locus: z.enum(LOCI).optional(),
  recurrence: z.enum(RECURRENCES).optional(),
  next: z.string().max(MAX_CHARS).optional(),
});

export type Claim = z.output<typeof Claim>;
export type ModelAnswer = z.output<typeof ModelAnswer>;

/** The function by which a model gives its answer: any server that knows tools gives structured output this way. */
export const ANSWER_TOOL: ModelTool = {
  name: 'give_answer',
  description: 'Give the final answer. Call it once, with every sentence as a claim of its own.',
  parameters: {
    type: 'object',
    properties: {
      claims: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            text: { type: 'string', description: 'One sentence, no links, no markup' },
            evidence: { type: 'array', items: { type: 'string' }, description: 'Ids such as R1 or R1.E2' },
          },
          required: ['text', 'evidence'],
        },
      },
      locus: { type: 'string', enum: [...LOCI], description: 'Only to disagree with the verdict' },
      recurrence: { type: 'string', enum: [...RECURRENCES], description: 'Only to disagree with the verdict' },
      next: { type: 'string', description: 'What to do next, in a sentence' },
    },
    required: ['claims'],
  },
};

const ID = /\[(R\d{1,2}(?:\.E\d{1,3})?)\]/g;

/** The answer in the arguments of {@link ANSWER_TOOL}; null, with why, for what is none. */
export function readAnswer(args: string): { answer: ModelAnswer } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(args);
  } catch {
    return { problem: 'the arguments are not JSON' };
  }
  const parsed = ModelAnswer.safeParse(value);
  if (parsed.success) return { answer: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong'}` };
}

/** The answer of a model that wrote text instead: JSON in it, or sentences that cite ids in brackets. */
export function readText(text: string): ModelAnswer {
  const [begin, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  const read = begin < 0 || end < begin ? null : readAnswer(text.slice(begin, end + 1));
  if (read && 'answer' in read && read.answer.claims.length > 0) return read.answer;
  const sentences = text.split(/\n+|(?<=[.!?]\]?) (?=[A-Z"“[])/);
  const claims = sentences
    .map((sentence) => ({
      text: withoutIds(sentence),
      evidence: [...new Set(Array.from(sentence.matchAll(ID), ([, id = '']) => id))],
    }))
    .filter((claim) => claim.text !== '' && claim.text.length <= MAX_CHARS);
  return { claims: claims.slice(0, MAX_CLAIMS) };
}

/** The sentence without its ids, the space before them, and the mark of a list. */
const withoutIds = (sentence: string): string =>
  sentence
    .replace(ID, '')
    .trim()
    .replace(/^[-*] /, '')
    .replace(/ ([.,;])/g, '$1')
    .trim();
