// An assistant's answer for a terminal: what code says first, the claims with footnotes, the proof, what it cost.
import { defang } from '../ci/defang.ts';
import { clip, safeText } from '../ci/text.ts';
import type { Paint } from '../answer/paint.ts';
import { durationWords, plural } from '../answer/words.ts';
import { wrapped } from '../answer/heatmap/text-list.ts';
import type { AssistantAnswer } from './answer.ts';
import type { Piece } from './results.ts';

export interface AssistantTextOptions {
  readonly paint: Paint;
  readonly width: number;
  /** False where footnotes are opened by their number: then they are a line each. */
  readonly links?: boolean;
}

const QUOTED = 3;
const QUOTE_LINES = 8;
const MARKS: Readonly<Record<string, string>> = { failing: 'RED', passing: 'GREEN', stale: 'STALE' };

/** The whole answer. Links are those of the evidence; the model’s words are plain text. */
export function assistantText(answer: AssistantAnswer, options: AssistantTextOptions): string {
  const { paint, width } = options;
  const notes = new Map(answer.evidence.map((piece, i) => [piece.id, i + 1]));
  const cite = (ids: readonly string[]): string => ids.map((id) => `[${notes.get(id) ?? '?'}]`).join('');
  const claims = answer.claims.flatMap(({ text, evidence }) =>
    wrapped(`${safeText(text)} ${evidence.length > 0 ? cite(evidence) : ''}`.trim(), width - 4).map((line, i) =>
      i === 0 ? `  • ${line}` : `    ${line}`,
    ),
  );
  const parts = [
    head(answer, options),
    claims.join('\n'),
    ...(answer.next === null ? [] : [`  ${paint.bold('Next')}  ${safeText(answer.next)}`]),
    ...(answer.disagrees === null
      ? []
      : [paint.yellow(`  The model reads it as ${answer.disagrees}; the rules as above. Look at the proof.`)]),
    sources(answer.evidence, options),
    gaps(answer, options),
    paint.dim(footer(answer)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function head({ first }: AssistantAnswer, { paint }: AssistantTextOptions): string {
  const { job, build, pull, state, locus, recurrence } = first.data as Readonly<Record<string, string | undefined>>;
  if (first.isError || job === undefined || state === undefined) return '';
  const mark = MARKS[state] ?? state.toUpperCase();
  const paintMark = state === 'failing' ? paint.red : state === 'passing' ? paint.green : paint.yellow;
  const of = [pull === undefined ? '' : ` on ${pull}`, build === undefined ? '' : `, run ${build}`].join('');
  return `${paintMark(mark)}  ${paint.bold(safeText(job))}${of}\n  ${paint.bold(locus ?? '')} · ${paint.bold(recurrence ?? '')}`;
}

function sources(evidence: readonly Piece[], { paint, width, links = true }: AssistantTextOptions): string {
  const quoted = evidence.filter(({ quote }) => quote !== null).slice(0, links ? QUOTED : 1);
  return evidence
    .flatMap((piece, i) => [
      `  ${paint.cyan(`[${i + 1}]`)} ${clip(defang(safeText(piece.title)), width - 8)}`,
      ...(piece.url === null || !links ? [] : [`      ${paint.dim(piece.url)}`]),
      ...(quoted.includes(piece) ? quoteLines(piece, paint, width) : []),
    ])
    .join('\n');
}

/** The lines of a quote with their numbers: untrusted, and marked as what they are. */
export function quoteLines({ quote }: Piece, paint: Paint, width: number, most = QUOTE_LINES): string[] {
  if (quote === null) return [];
  const lines = quote.text.split('\n');
  return [
    ...lines.slice(0, most).map((line, i) => {
      const number = quote.line === null ? '' : `${quote.line + i} `;
      return `      ${paint.dim(`${number}│`)} ${clip(safeText(line), Math.max(40, width - 10 - number.length))}`;
    }),
    ...(lines.length > most ? [paint.dim(`      … ${plural(lines.length - most, 'more line')}`)] : []),
  ];
}

function gaps({ first }: AssistantAnswer, { paint, width }: AssistantTextOptions): string {
  const known = first.data['gaps'];
  const texts = Array.isArray(known) ? known.filter((gap) => typeof gap === 'string') : [];
  if (texts.length === 0) return '';
  return [
    paint.yellow('  Not known'),
    ...texts.flatMap((gap) => wrapped(`- ${defang(safeText(gap))}`, width - 4).map((line) => `  ${line}`)),
  ].join('\n');
}

/** `5 of 6 claims verified, 1 dropped · gpt-x: 1 turn, 0 calls, 2,310 + 240 tokens, 3.1 s`. */
export function footer({ first, by, fallback, verified, claimed, dropped, spent }: AssistantAnswer): string {
  if (first.isError) return `nothing was diagnosed · ${durationWords(spent.ms)}`;
  const held = `${verified} of ${plural(claimed, 'claim')} verified${by === 'model' && dropped.length > 0 ? `, ${dropped.length} dropped` : ''}`;
  const who = by === 'rules' ? `worded by rules: ${fallback ?? ''}` : 'worded by the model, facts by the tools';
  const tokens = `${spent.input_tokens} + ${spent.output_tokens} tokens${spent.estimated ? ' (estimated)' : ''}`;
  const dollars = spent.dollars === null ? '' : `, $${spent.dollars.toFixed(4)}`;
  const cost =
    spent.turns === 0
      ? durationWords(spent.ms)
      : `${plural(spent.turns, 'turn')}, ${plural(spent.calls, 'call')}, ${tokens}${dollars}, ${durationWords(spent.ms)}`;
  return `${held} · ${who} · ${cost}`;
}
