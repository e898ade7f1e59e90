// A failure of a watched channel: the message at the head of its thread with how it stands, a new occurrence, and what
// people may do about it.
import { timeWords } from '../../answer/words.ts';
import { parseIssue } from '../../ci/address.ts';
import { issueUrl } from '../../ci/links.ts';
import { clip, safeText } from '../../ci/text.ts';
import type { FailureThread } from '../../store/port.ts';
import { bold, link, richText, section, text, type Inline } from '../rich-text.ts';
import type { MessageView } from './view.ts';

/** A run as these messages name it. */
export interface ShownRun {
  readonly build: string;
  readonly url: string;
  /** Milliseconds since the epoch; null where nobody tells. */
  readonly at: number | null;
}

/** How a failure stands. */
export interface Standing extends Pick<FailureThread, 'occurrences' | 'mutedUntil' | 'tracked'> {
  readonly last: ShownRun;
  /** The first passing run since; null while it fails. */
  readonly green: ShownRun | null;
}

/** What may be chosen in the menu, in its order, with the words for it. */
export const CHOICES = {
  hour: 'Snooze for an hour',
  tomorrow: 'Snooze until tomorrow',
  week: 'Snooze for a week',
  mute: 'Mute',
  unmute: 'No longer muted',
  track: 'Known, tracked in …',
} as const;
export type Choice = keyof typeof CHOICES;

export const MANAGE = 'failure_manage';
export const TRACK = 'failure_track';
/** Beyond any snooze. */
export const FOR_EVER = Date.UTC(9999, 0);
const TRACKED_CHARS = 200;
const MODAL_CHARS = 300;

const time = (at: number): string => timeWords(new Date(at).toISOString());
const dot = (sentences: readonly (readonly Inline[])[]): Inline[] =>
  sentences.flatMap((sentence, i) => [...(i === 0 ? [] : [text(' ')]), ...sentence]);

function runInlines({ build, url, at }: ShownRun): Inline[] {
  return [link(url, `run ${build}`), ...(at === null ? [] : [text(` (${time(at)})`)])];
}

function trackedInlines(tracked: string | null): Inline[][] {
  if (tracked === null) return [];
  const issue = parseIssue(tracked);
  const said = clip(safeText(tracked), TRACKED_CHARS);
  return [[text('Known, tracked in '), issue ? link(issueUrl(issue), said) : text(said), text('.')]];
}

/** The first message as it stands now: the answer, above it what has come to be known since, the menu below. */
export function headView({ text: said, blocks }: MessageView, standing: Standing, key: string): MessageView {
  const state = stateOf(standing);
  const words = standing.green === null ? '' : 'Green again. ';
  return {
    text: `${words}${said}`,
    blocks: [
      ...(state.length === 0 ? [] : [{ ...richText(section(...dot(state))), block_id: 'failure' }]),
      ...blocks.map((block) => (isActions(block) ? { ...block, elements: [...block.elements, menu(key)] } : block)),
    ],
  };
}

interface Actions {
  readonly type: 'actions';
  readonly elements: readonly object[];
}
const isActions = (block: object): block is Actions => 'type' in block && block.type === 'actions';

function stateOf({ occurrences, mutedUntil, tracked, last, green }: Standing): Inline[][] {
  const greenAt = green?.at == null ? '' : ` since ${time(green.at)}`;
  return [
    ...(green ? [[bold(`Green again${greenAt}`), text(', '), link(green.url, `run ${green.build}`), text('.')]] : []),
    ...(occurrences > 1 ? [[text(`Seen in ${occurrences} runs here, last in `), ...runInlines(last), text('.')]] : []),
    ...trackedInlines(tracked),
    ...(mutedUntil === null ? [] : [[text(mutedWords(mutedUntil))]]),
  ];
}

/** Until when new runs are only counted. */
export const mutedWords = (until: number): string =>
  `${until >= FOR_EVER ? 'Muted' : `Snoozed until ${time(until)}`}: new runs are only counted.`;

/** The same failure in one more run. */
export function againView(job: string, { occurrences, tracked, last }: Standing): MessageView {
  return {
    text: `The same failure of ${safeText(job)} again: ${occurrences} runs here`,
    blocks: [
      richText(
        section(
          ...dot([
            [text('The same failure in '), ...runInlines(last), text(`: ${occurrences} runs here.`)],
            ...trackedInlines(tracked),
          ]),
        ),
      ),
    ],
  };
}

const menu = (key: string): object => ({
  type: 'static_select',
  action_id: MANAGE,
  placeholder: { type: 'plain_text', text: 'This failure …', emoji: false },
  options: Object.entries(CHOICES).map(([choice, said]) => ({
    text: { type: 'plain_text', text: said, emoji: false },
    value: `${choice}:${key}`,
  })),
});

/** @param about which failure it is, given back when it is sent */
export const trackModal = (about: string, tracked: string | null): object => ({
  type: 'modal',
  callback_id: TRACK,
  private_metadata: about,
  title: { type: 'plain_text', text: 'Known failure' },
  submit: { type: 'plain_text', text: 'Save' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    {
      type: 'input',
      block_id: 'tracked',
      optional: true,
      label: { type: 'plain_text', text: 'Tracked in' },
      hint: { type: 'plain_text', text: 'org/repo#123, a GitHub link or some words; empty: not tracked any more' },
      element: {
        type: 'plain_text_input',
        action_id: 'text',
        max_length: MODAL_CHARS,
        ...(tracked === null ? {} : { initial_value: tracked }),
      },
    },
  ],
});
