// App Home as blocks.
import { agoWords, durationWords, plural, timeWords } from '../../answer/words.ts';
import { clip, safeText } from '../../ci/text.ts';
import type { FailureThread } from '../../store/port.ts';
import type { Asked } from '../recent.ts';
import { bold, bullets, channelName, link, richText, section, text, type Inline, type RichText } from '../rich-text.ts';

export interface Home {
  /** Channels that are watched. */
  readonly channels: readonly string[];
  /** Failures there, the one seen last first. */
  readonly failures: readonly FailureThread[];
  /** Summaries that channels get, each in words. */
  readonly summaries: readonly { readonly channel: string; readonly words: string }[];
  /** What this person asked last, with the address of each thread. */
  readonly asked: readonly (Asked & { readonly url: string | null })[];
  readonly waiting: number;
  /** When the oldest question that is worked on came, ms since the epoch. */
  readonly oldest: number | null;
  readonly trouble: { readonly what: string; readonly at: number } | null;
  readonly model: string | null;
}

const CHANNELS = 20;
const JOBS = 12;
const QUESTION_CHARS = 100;
const INTRODUCTION =
  'Mention me, write to me, or use /whyred with a job, some of its words, a Prow or TestGrid link, or org/repo#123. ' +
  'Every claim of an answer has its proof; where the evidence is thin I say so.';

export const homeView = (home: Home, now: number): object[] => [
  { type: 'header', text: { type: 'plain_text', text: 'Why is it red?', emoji: false } },
  richText(section(text(INTRODUCTION))),
  part(
    'Channels I watch',
    home.channels.slice(0, CHANNELS).map((channel) => [channelName(channel)]),
    NOT_WATCHED,
  ),
  part('Jobs that failed there', jobsOf(home.failures, now), 'None that I know of.'),
  part(
    'Summaries I post',
    home.summaries
      .slice(0, CHANNELS)
      .map(({ channel, words }) => [channelName(channel), text(`: ${clip(safeText(words), 200)}`)]),
    'None: /whyred subscribe in a channel has me post one there.',
  ),
  part('What you asked', home.asked.map(askedItem), 'Nothing yet.'),
  part('How I am', healthItems(home, now), ''),
];

const NOT_WATCHED = 'None: /whyred watch in a channel has me answer failing links there.';

function part(title: string, items: readonly (readonly Inline[])[], otherwise: string): RichText {
  return richText(section(bold(title)), items.length > 0 ? bullets(items) : section(text(otherwise)));
}

/** A line a job: red as long as one of its failures is not over. */
function jobsOf(failures: readonly FailureThread[], now: number): Inline[][] {
  const jobs = Map.groupBy(failures, ({ job }) => job);
  return [...jobs].slice(0, JOBS).map(([job, threads]) => {
    const open = threads.filter(({ recovered }) => recovered === null);
    const [shown = threads[0]] = open;
    const over = Math.max(...threads.map(({ recovered }) => recovered ?? 0));
    const tracked = shown?.tracked == null ? '' : `, tracked in ${clip(safeText(shown.tracked), 60)}`;
    const last = agoWords(new Date(shown?.lastSeen ?? now).toISOString(), now);
    const state =
      open.length > 0
        ? `, ${plural(open.length, 'failure')}, last seen ${last}${tracked}`
        : ` since ${timeWords(new Date(over).toISOString())}`;
    return [bold(open.length > 0 ? 'RED ' : 'GREEN '), text(`${safeText(job)}${state}`)];
  });
}

const askedItem = ({ question, verdict, url }: Home['asked'][number]): Inline[] => [
  link(url, clip(safeText(question), QUESTION_CHARS)),
  text(verdict === null ? ': nothing was diagnosed' : `: ${safeText(verdict)}`),
];

function healthItems({ waiting, oldest, trouble, model }: Home, now: number): Inline[][] {
  const since = waiting > 0 && oldest !== null ? `, the oldest for ${durationWords(Math.max(0, now - oldest))}` : '';
  const when = trouble && agoWords(new Date(trouble.at).toISOString(), now);
  return [
    [text(waiting === 0 ? 'Nothing waits for me.' : `${plural(waiting, 'question')} under way or waiting${since}.`)],
    [
      text(
        trouble
          ? `Last trouble with a source, ${when ?? ''}: ${clip(safeText(trouble.what), 200)}`
          : 'Sources: no trouble.',
      ),
    ],
    [text(`Who words answers: ${model ?? 'nothing was asked since I started'}.`)],
  ];
}
