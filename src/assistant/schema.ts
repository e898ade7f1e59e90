// The one documented form of an assistant's answer as JSON (`whyred ask --json` with a model).
import { z } from 'zod';
import { defang } from '../ci/defang.ts';
import type { AssistantAnswer } from './answer.ts';

const Entry = z.union([
  z.strictObject({ turn: z.int(), input_tokens: z.int(), output_tokens: z.int(), ms: z.int() }),
  z.strictObject({ call: z.string(), result: z.string(), tokens: z.int(), ms: z.int() }),
]);

export const AssistantSchema = z.strictObject({
  question: z.string(),
  by: z.enum(['model', 'rules']).describe('who worded it; facts are the tools’ in either case'),
  fallback: z.string().nullable().describe('why the rules worded it; null when the model did'),
  claims: z.array(z.strictObject({ text: z.string(), evidence: z.array(z.string()) })),
  verified: z.int().describe('claims that held; only these are above'),
  claimed: z.int(),
  dropped: z.array(z.string()).describe('why each of the other claims was dropped'),
  next: z.string().nullable(),
  disagrees: z.string().nullable().describe('how the model reads it where not as the rules'),
  diagnosis: z.record(z.string(), z.unknown()).describe('what the investigation found (tool `diagnose`)'),
  evidence: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      url: z.string().nullable(),
      quote: z.string().nullable().describe('untrusted text'),
      line: z.int().nullable().describe('of the quote’s first line'),
    }),
  ),
  spent: z.strictObject({
    turns: z.int(),
    calls: z.int(),
    input_tokens: z.int(),
    output_tokens: z.int(),
    estimated: z.boolean(),
    dollars: z.number().nullable(),
    ms: z.int(),
    entries: z.array(Entry).describe('each turn and call with what it cost'),
  }),
});

/** The document of an answer. */
export function assistantDocument(answer: AssistantAnswer): z.input<typeof AssistantSchema> {
  const { first, evidence, spent, claims, dropped, ...rest } = answer;
  return {
    ...rest,
    claims: claims.map(({ text, evidence: ids }) => ({ text, evidence: [...ids] })),
    dropped: [...dropped],
    diagnosis: { ...first.data },
    evidence: evidence.map(({ id, title, url, quote }) => ({
      id,
      title: defang(title),
      url,
      quote: quote?.text ?? null,
      line: quote?.line ?? null,
    })),
    spent: { ...spent, entries: spent.entries.map((entry) => ({ ...entry })) },
  };
}
