// An answer as a message: the verdict first, the line that proves it, what to do next, what is not known, how much of it
// was verified. The rest is behind "More".
import { z } from 'zod';
import type { AssistantAnswer, CheckedClaim } from '../../assistant/answer.ts';
import type { Piece } from '../../assistant/results.ts';
import { percentWords, plural, timeWords } from '../../answer/words.ts';
import { clip, safeText } from '../../ci/text.ts';
import {
  bold,
  bullets,
  escaped,
  link,
  mention,
  quote,
  richText,
  richTextOf,
  section,
  text,
  type Inline,
} from '../rich-text.ts';
import type { Owner } from '../owners.ts';
import { button, context, type MessageView } from './view.ts';

/** Names of what a person may do with an answer. */
export const ACTIONS = { more: 'answer_more', feedback: 'answer_feedback', stop: 'answer_stop' } as const;

const CLAIMS = 3;
const CANDIDATES = 9;
const QUOTE = { lines: 2, chars: 95 };
const FULL_QUOTE = { lines: 6, chars: 300 };
const CLAIM_CHARS = 180;
const TITLE_CHARS = 90;
const FULL_CHARS = 600;
const GAPS = 1;
const GAP_CHARS = 180;
/** A name of a test that is longer is not said again in every line. */
const LONG_NAME = 30;
const MARKS: Readonly<Record<string, string>> = { failing: 'RED', passing: 'GREEN', stale: 'STALE' };

/** The short form, at most a dozen lines. */
export function answerView(answer: AssistantAnswer, owner: Owner | null): MessageView {
  const numbers = numbersOf(answer);
  const shown = answer.claims.slice(0, answer.first.isError ? CANDIDATES : roomIn(answer));
  const proof = answer.evidence.find(({ quote: quoted }) => quoted !== null);
  const verdict = answer.first.isError ? [] : head(answer, owner);
  const blocks = [
    ...richTextOf(
      ...(verdict.length > 0 ? [section(...verdict)] : []),
      ...(shown.length > 0
        ? [
            bullets(
              shown.map((claim, i) =>
                claimLine(i === 0 ? claim : shorter(claim, answer), answer, numbers, CLAIM_CHARS),
              ),
            ),
          ]
        : []),
    ),
    ...(proof ? [proofBlock(proof, QUOTE)] : []),
    ...(answer.next === null ? [] : [richText(section(bold('Next '), text(clip(safeText(answer.next), CLAIM_CHARS))))]),
    ...(answer.disagrees === null
      ? []
      : [richText(section(text(`The model reads it as ${answer.disagrees}; the rules as above. Look at the proof.`)))]),
    ...gapBlocks(answer),
    context(footerOf(answer)),
    ...(answer.first.isError ? [] : [actions(answer.claims.length > shown.length || answer.evidence.length > 1)]),
  ];
  return { text: escaped(fallback(answer)), blocks };
}

/** How many claims there is room for beside what else must be said. */
const roomIn = ({ next, disagrees, first: { data } }: AssistantAnswer): number =>
  CLAIMS -
  [next !== null, disagrees !== null, Array.isArray(data['gaps']) && data['gaps'].length > 0].filter(Boolean).length;

/** All of it, for who asked for more. */
export function fullView(answer: AssistantAnswer): MessageView {
  const numbers = numbersOf(answer);
  const blocks = [
    ...richTextOf(
      ...(answer.claims.length > 0
        ? [bullets(answer.claims.map((claim) => claimLine(claim, answer, numbers, FULL_CHARS)))]
        : []),
    ),
    ...answer.evidence.slice(0, 20).map((piece) => proofBlock(piece, FULL_QUOTE)),
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

/** What and in which run; then what kind, how sure, since when, and whose it is. */
function head({ first }: AssistantAnswer, owner: Owner | null): Inline[] {
  const found = Head.safeParse(first.data).data;
  if (!found) return [];
  const { job, url, build, pull, state, locus, recurrence, confidence, since } = found;
  const of = [pull ? ` on ${pull}` : '', build ? `, run ${build}` : ''].join('');
  const firstRed = state === 'failing' ? since?.first_failing?.time : null;
  const kind = [
    locus,
    recurrence,
    confidence > 0 ? `${percentWords(confidence)} sure` : 'too little evidence',
    ...(firstRed ? [`since ${timeWords(firstRed)}`] : []),
    ...(owner ? [`owned by ${safeText(owner.name)}`] : []),
  ];
  return [bold(`${markOf(state)} `), link(url ?? null, safeText(job)), text(`${of}\n${kind.join(' · ')}`)];
}

const markOf = (state: string): string => MARKS[state] ?? state.toUpperCase();

/** The parts of a diagnosis that the head says, as they come over the wire. */
const Head = z.object({
  job: z.string(),
  url: z.string().nullish(),
  build: z.string().nullish(),
  pull: z.string().nullish(),
  state: z.string(),
  locus: z.string(),
  recurrence: z.string(),
  confidence: z.number(),
  since: z.object({ first_failing: z.object({ time: z.string().nullish() }).nullish() }).nullish(),
});
const Causes = z.object({ causes: z.array(z.object({ test: z.string().nullish() })) });

/** A claim with `the test` in place of the name that the first one said. */
function shorter(claim: CheckedClaim, { first }: AssistantAnswer): CheckedClaim {
  const name = Causes.safeParse(first.data).data?.causes[0]?.test ?? '';
  if (name.length < LONG_NAME || !claim.text.includes(name)) return claim;
  const said = claim.text
    .replaceAll(`test ${name}`, 'the test')
    .replaceAll(`Test ${name}`, name)
    .replaceAll(name, 'the test');
  return { ...claim, text: `${said.slice(0, 1).toUpperCase()}${said.slice(1)}` };
}

/** What holds of the answer and who words it; what it cost is the operator's concern. */
function footerOf({ first, by, fallback, verified, claimed, dropped }: AssistantAnswer): string {
  if (first.isError) return 'nothing was diagnosed';
  const left = by === 'model' && dropped.length > 0 ? `, ${dropped.length} dropped` : '';
  const who = by === 'model' ? 'worded by the model' : `worded by rules: ${fallback ?? ''}`;
  return `${verified} of ${plural(claimed, 'claim')} verified${left} · ${who}`;
}

function claimLine(
  { text: said, evidence }: CheckedClaim,
  answer: AssistantAnswer,
  numbers: ReadonlyMap<string, number>,
  most: number,
): Inline[] {
  const notes = evidence.flatMap((id): Inline[] => {
    const piece = answer.evidence.find((known) => known.id === id);
    return piece ? [text(' '), link(piece.url, `[${numbers.get(id) ?? '?'}]`)] : [];
  });
  return [text(clip(safeText(said), most)), ...notes];
}

/** A piece with its link, and the lines it quotes under their numbers. */
function proofBlock({ title, url, quote: quoted }: Piece, most: typeof QUOTE): object {
  const lines = quoted?.text.split('\n').slice(0, most.lines) ?? [];
  const numbered = lines.map((line, i) => {
    const number = quoted?.line == null ? '' : `${quoted.line + i}  `;
    return clip(`${number}${safeText(line)}`, most.chars);
  });
  return richText(
    section(link(url, clip(safeText(title), TITLE_CHARS))),
    ...(numbered.length > 0 ? [quote(numbered)] : []),
  );
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
                .map((gap) => clip(safeText(gap), most === Infinity ? FULL_CHARS : GAP_CHARS))
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
  const said = [state === undefined ? '' : markOf(state), job ?? '', claim?.text ?? ''].join(' ').trim();
  return clip(safeText(said), 600) || 'Nothing is known.';
};
