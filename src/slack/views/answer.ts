// An answer as a message: the verdict first, the line that proves it, what to do next, what is not known, how much of it
// was verified. The rest is behind "More".
import type { AssistantAnswer, CheckedClaim } from '../../assistant/answer.ts';
import type { Piece } from '../../assistant/results.ts';
import { footer } from '../../assistant/text.ts';
import { clip, safeText } from '../../ci/text.ts';
import { bold, bullets, escaped, link, mention, quote, richText, section, text, type Inline } from '../rich-text.ts';
import type { Owner } from '../owners.ts';
import { button, context, type MessageView } from './view.ts';

/** Names of what a person may do with an answer. */
export const ACTIONS = { more: 'answer_more', feedback: 'answer_feedback', stop: 'answer_stop' } as const;

const CLAIMS = 4;
const CANDIDATES = 9;
const QUOTE_LINES = 4;
const LINE_CHARS = 160;
const CLAIM_CHARS = 300;
const GAPS = 2;
const MARKS: Readonly<Record<string, string>> = { failing: 'RED', passing: 'GREEN', stale: 'STALE' };

/** The short form, at most a dozen lines. */
export function answerView(answer: AssistantAnswer, owner: Owner | null): MessageView {
  const numbers = numbersOf(answer);
  const shown = answer.claims.slice(0, answer.first.isError ? CANDIDATES : CLAIMS);
  const proof = answer.evidence.find(({ quote: quoted }) => quoted !== null);
  const blocks = [
    richText(
      ...(answer.first.isError ? [] : [section(...head(answer, owner))]),
      ...(shown.length > 0 ? [bullets(shown.map((claim) => claimLine(claim, answer, numbers)))] : []),
    ),
    ...(proof ? [proofBlock(proof)] : []),
    ...(answer.next === null ? [] : [richText(section(bold('Next '), text(safeText(answer.next))))]),
    ...(answer.disagrees === null
      ? []
      : [richText(section(text(`The model reads it as ${answer.disagrees}; the rules as above. Look at the proof.`)))]),
    ...gapBlocks(answer),
    context(footer(answer)),
    ...(answer.first.isError ? [] : [actions(answer.claims.length > CLAIMS || answer.evidence.length > 1)]),
  ];
  return { text: escaped(fallback(answer)), blocks };
}

/** All of it, for who asked for more. */
export function fullView(answer: AssistantAnswer): MessageView {
  const numbers = numbersOf(answer);
  const blocks = [
    richText(bullets(answer.claims.map((claim) => claimLine(claim, answer, numbers)))),
    ...answer.evidence.slice(0, 20).map(proofBlock),
    ...gapBlocks(answer, Infinity),
  ];
  return { text: escaped(fallback(answer)), blocks };
}

/** For who owns what fails, where a channel wants them mentioned. */
export const ownerView = (name: string, id: string): MessageView => ({
  text: escaped(`For ${name}`),
  blocks: [richText(section(text('For '), mention(id), text(`: ${name} owns what fails here.`)))],
});

const numbersOf = ({ evidence }: AssistantAnswer): ReadonlyMap<string, number> =>
  new Map(evidence.map(({ id }, i) => [id, i + 1]));

function head({ first }: AssistantAnswer, owner: Owner | null): Inline[] {
  const data = first.data as Readonly<Record<string, string | undefined>>;
  const { job, url, build, pull, state, locus, recurrence } = data;
  if (job === undefined || state === undefined) return [];
  const of = [pull === undefined ? '' : ` on ${pull}`, build === undefined ? '' : `, run ${build}`].join('');
  return [
    bold(`${MARKS[state] ?? state.toUpperCase()} `),
    link(url ?? null, safeText(job)),
    text(`${of}\n${[locus, recurrence, ...(owner ? [`owned by ${safeText(owner.name)}`] : [])].join(' · ')}`),
  ];
}

function claimLine(
  { text: said, evidence }: CheckedClaim,
  answer: AssistantAnswer,
  numbers: ReadonlyMap<string, number>,
): Inline[] {
  const notes = evidence.flatMap((id): Inline[] => {
    const piece = answer.evidence.find((known) => known.id === id);
    return piece ? [text(' '), link(piece.url, `[${numbers.get(id) ?? '?'}]`)] : [];
  });
  return [text(clip(safeText(said), CLAIM_CHARS)), ...notes];
}

/** A piece with its link, and the lines it quotes under their numbers. */
function proofBlock({ title, url, quote: quoted }: Piece): object {
  const lines = quoted?.text.split('\n').slice(0, QUOTE_LINES) ?? [];
  const numbered = lines.map((line, i) => {
    const number = quoted?.line == null ? '' : `${quoted.line + i}  `;
    return clip(`${number}${safeText(line)}`, LINE_CHARS);
  });
  return richText(section(link(url, clip(safeText(title), 200))), ...(numbered.length > 0 ? [quote(numbered)] : []));
}

function gapBlocks({ first }: AssistantAnswer, most = GAPS): object[] {
  const gaps = Array.isArray(first.data['gaps']) ? first.data['gaps'].filter((gap) => typeof gap === 'string') : [];
  return gaps.length === 0
    ? []
    : [
        richText(
          section(
            bold('Not known '),
            text(
              gaps
                .slice(0, most)
                .map((gap) => clip(safeText(gap), 300))
                .join('; '),
            ),
          ),
        ),
      ];
}

const actions = (hasMore: boolean): object => ({
  type: 'actions',
  block_id: 'answer',
  elements: [
    ...(hasMore ? [button('More', ACTIONS.more, 'more')] : []),
    button('Right', `${ACTIONS.feedback}_good`, 'good'),
    button('Wrong', `${ACTIONS.feedback}_bad`, 'bad'),
  ],
});

const fallback = ({ first, claims }: AssistantAnswer): string => {
  const { job, state } = first.data as Readonly<Record<string, string | undefined>>;
  const [claim] = claims;
  return clip(safeText([MARKS[state ?? ''] ?? '', job ?? '', claim?.text ?? ''].join(' ').trim()), 600);
};
