// A question of a thread, from its first sign of life to its answer, once: a message that is posted, shows the plan while
// it is worked on, and becomes the answer. What a crash interrupts is taken up at the same message.
//
// It is not one of Slack's streams, on purpose: `chat.startStream` takes no metadata (`chat.stopStream` alone does), so a
// start whose fate is not known could not be found again and would be said twice; a stream ends after five minutes for
// append and stop alike; it reads what it is given as markdown; and what it showed stays above the verdict. A plan of
// tasks in a message that is updated shows the same and has none of that.
import type { AssistantAnswer } from '../assistant/answer.ts';
import { Conversation } from '../assistant/conversation.ts';
import type { Assistant } from '../assistant/open.ts';
import type { Store } from '../store/port.ts';
import type { Outbox } from './outbox.ts';
import { MENTIONS, OWNERS, ownerOf, type Owner, type Owners } from './owners.ts';
import type { Pictures } from './pictures.ts';
import { troubleIn } from './trouble.ts';
import { answerView, ownerView } from './views/answer.ts';
import { progressView } from './views/progress.ts';
import { context, plainView, type MessageView } from './views/view.ts';
import type { Web } from './web.ts';

export interface Question {
  /** The event it came by: the same question delivered again has the same. */
  readonly id: string;
  readonly channel: string;
  /** The thread it belongs to: the answer goes there. */
  readonly thread: string;
  readonly user: string;
  readonly text: string;
  /** Called when somebody can see the first sign of the answer, and the verdict. */
  readonly seen?: (what: 'sign' | 'verdict') => void;
  /** Adds to the answer's message what belongs to it in this place. */
  readonly dress?: (view: MessageView) => MessageView;
}

/** An answer as it was given. */
export interface Answered {
  readonly answer: AssistantAnswer;
  /** The message that it is. */
  readonly ts: string;
  /** What the message shows of the answer, without its dress. */
  readonly plain: MessageView;
}

export interface AnsweringOptions {
  readonly assistant: Assistant;
  readonly store: Store;
  readonly outbox: Outbox;
  readonly web: Web;
  readonly pictures: Pictures;
  readonly owners: Owners;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface Answering {
  /** @returns null when it was stopped */
  answer(question: Question, signal: AbortSignal): Promise<Answered | null>;
  /** Says that there is no answer, where the answer would be. */
  giveUp(question: Question, signal: AbortSignal): Promise<void>;
  /** Stops what is under way in a thread; true when there was something. */
  stop(channel: string, thread: string): boolean;
  /** The last answer of a message of ours. */
  answerAt(channel: string, ts: string): AssistantAnswer | null;
  /** True for a thread in which we have answered. */
  knows(channel: string, thread: string): Promise<boolean>;
}

const KEPT = 500;
/** Slack takes about an update a second of a message. */
const UPDATE_MS = 1_000;

export function createAnswering(options: AnsweringOptions): Answering {
  const { assistant, store, outbox, web, pictures, owners, clock } = options;
  const conversations = new Map<string, Conversation>();
  const answers = new Map<string, AssistantAnswer>();
  const underWay = new Map<string, AbortController>();

  const conversationOf = async (place: string): Promise<Conversation> => {
    const known = conversations.get(place) ?? new Conversation(await store.setting(place, 'subject'));
    keep(conversations, place, known);
    return known;
  };

  /** A new message: Slack notifies nobody of a mention that comes with an update. */
  const mentionOwner = async (
    owner: Owner | null,
    { channel, thread }: Question,
    signal: AbortSignal,
  ): Promise<void> => {
    if (!owner?.mention || (await store.setting(`channel:${channel}`, OWNERS)) !== MENTIONS) return;
    const key = `owner:${channel}:${thread}:${owner.mention}`;
    await outbox.postOnce(key, { channel, thread, ...ownerView(owner.name, owner.mention) }, signal);
  };

  return {
    answer: async (question, signal) => {
      const { id, channel, thread, text } = question;
      const dress = question.dress ?? ((view: MessageView): MessageView => view);
      const place = placeOf(channel, thread);
      const stop = new AbortController();
      underWay.set(place, stop);
      try {
        const first = progressView(['reading the question']);
        const ts = await outbox.postOnce(answerKey(id), { channel, thread, ...first }, signal);
        question.seen?.('sign');
        const show = progressIn(web, channel, ts, clock);
        const stopped = AbortSignal.any([signal, stop.signal]);
        const conversation = await conversationOf(place);
        const answer = await assistant.ask(text, conversation, { signal: stopped, progress: show.say });
        await show.end();
        // A stop of the process is no answer: the event is taken up again after the restart.
        signal.throwIfAborted();
        const update = (view: MessageView): Promise<void> =>
          web.update(channel, ts, view).catch((error: unknown) => {
            // Slack does not take the message as it is: plain words of it, rather than none.
            if (troubleIn(error)?.kind !== 'refused') throw error;
            return web.update(channel, ts, { text: view.text, blocks: [] });
          });
        if (stop.signal.aborted) {
          await update(plainView('Stopped.'));
          return null;
        }
        const owner = ownerIn(answer, owners);
        let plain = answerView(answer, owner);
        await update(dress(plain));
        question.seen?.('verdict');
        keep(answers, placeOf(channel, ts), answer);
        if (conversation.subject !== null) await store.keepSetting(place, 'subject', conversation.subject);
        if (answer.first.data['state'] === 'failing') await mentionOwner(owner, question, signal);
        if (!(await pictures.show(answer, { channel, thread }, signal))) {
          plain = { ...plain, blocks: [...plain.blocks, context('The picture of the grid could not be shown.')] };
          await web.update(channel, ts, dress(plain));
        }
        return { answer, ts, plain };
      } finally {
        if (underWay.get(place) === stop) underWay.delete(place);
      }
    },
    giveUp: async ({ id, channel, thread }, signal) => {
      const sorry = plainView(
        `I could not answer this, and have told my log why (event ${id}). Ask again if it matters.`,
      );
      const ts = await outbox.postOnce(answerKey(id), { channel, thread, ...sorry }, signal);
      await web.update(channel, ts, sorry);
    },
    stop: (channel, thread) => {
      const running = underWay.get(placeOf(channel, thread));
      running?.abort();
      return running !== undefined;
    },
    answerAt: (channel, ts) => answers.get(placeOf(channel, ts)) ?? null,
    knows: async (channel, thread) => {
      const place = placeOf(channel, thread);
      return conversations.has(place) || (await store.setting(place, 'subject')) !== null;
    },
  };
}

/** The same for an event that is taken up again. */
const answerKey = (id: string): string => `answer:${id}`;
/** Who owns what failed, by what the answer names. */
function ownerIn({ first: { data, isError } }: AssistantAnswer, owners: Owners): Owner | null {
  const { job, grid, causes } = data;
  if (isError || typeof job !== 'string') return null;
  const tests = (Array.isArray(causes) ? causes : []).flatMap(({ test }: { test?: unknown }) =>
    typeof test === 'string' ? [test] : [],
  );
  return ownerOf({ job, tests, dashboard: typeof grid === 'string' ? (grid.split('#')[0] ?? null) : null }, owners);
}

const placeOf = (channel: string, ts: string): string => `thread:${channel}:${ts}`;

/** Keeps the newest entries of a map that would grow for ever. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}

/** Shows what is begun in the message, not more often than Slack takes; what fails there fails nothing else. */
function progressIn(
  web: Web,
  channel: string,
  ts: string,
  clock: () => number,
): { say: (doing: string) => void; end: () => Promise<void> } {
  const tasks = ['reading the question'];
  let shown = clock();
  let last: Promise<void> = Promise.resolve();
  return {
    say: (doing) => {
      if (doing !== '' && tasks.at(-1) !== doing) tasks.push(doing);
      if (clock() - shown < UPDATE_MS) return;
      shown = clock();
      last = web.update(channel, ts, progressView(tasks)).catch(() => undefined);
    },
    end: () => last,
  };
}
