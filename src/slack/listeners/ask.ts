// A question that somebody asked, by whichever way: held to the limits, answered in its thread, remembered for who asked.
import type { AssistantAnswer } from '../../assistant/answer.ts';
import type { Answered } from '../answering.ts';
import type { MessageView } from '../views/view.ts';
import type { Full } from '../rates.ts';
import { rememberAsked } from '../recent.ts';
import type { Bot, Work } from './bot.ts';

export interface Asked {
  readonly channel: string;
  readonly thread: string;
  readonly user: string;
  readonly words: string;
}

export const HELP =
  'Ask me why a job is red: its name, some of its words, a Prow or TestGrid link, or org/repo#123. ' +
  '`/whyred watch` has me answer failing links in this channel, `/whyred unwatch` ends that, ' +
  '`/whyred subscribe <dashboard, jobs or pattern> at 8:30 Europe/Prague` has me post a summary here on weekdays, ' +
  '`/whyred settings` says what else a channel can choose.';

/** Answers a question that a person put into words, and helps one without any. */
export async function ask(asked: Asked, work: Work, bot: Bot): Promise<void> {
  if (asked.words === '') await bot.web.whisper(asked.channel, asked.user, asked.thread, HELP);
  else if (work.isOver || !(await isOverLimit(asked, work, bot))) await giveAnswer(asked, work, bot);
}

const WHOSE: Readonly<Record<Full, string>> = {
  user: 'You have asked',
  thread: 'This thread has asked',
  channel: 'This channel has asked',
  all: 'I have been asked',
};

/** True when somebody has asked too much of late, which they are then told. */
export async function isOverLimit(asked: Asked, { id }: Work, { rates, notices, web, clock }: Bot): Promise<boolean> {
  const { channel, thread, user } = asked;
  const now = clock();
  const full = rates.takenBy({ id, ...asked }, now);
  if (full !== null && notices.isDue(`${channel}:${user}:${full}`, now))
    await web.whisper(channel, user, thread, `${WHOSE[full]} a lot just now: please try again in some minutes.`);
  return full !== null;
}

/**
 * Answers, and looks whether what is known to be broken is green again.
 * @param dress what the answer's message has beside the answer
 * @returns null when it was stopped, or given up
 */
export async function giveAnswer(
  { channel, thread, user, words }: Asked,
  { id, signal, isOver, received }: Work,
  bot: Bot,
  dress?: (view: MessageView) => MessageView,
): Promise<Answered | null> {
  const { reports, clock } = bot;
  const seen = (what: 'sign' | 'verdict'): void => reports.seen(what, clock() - received);
  const question = { id, channel, thread, user, text: words, seen, ...(dress ? { dress } : {}) };
  if (isOver) {
    await bot.answering.giveUp(question, signal);
    reports.question('given_up');
    return null;
  }
  const answered = await bot.answering.answer(question, signal);
  reports.question(answered?.answer.by ?? 'stopped');
  if (!answered) return null;
  const at = clock();
  bot.health.answered(answered.answer, at);
  await rememberAsked({ user, answer: answered.answer, channel, thread, at }, bot.store);
  const job = greenJobOf(answered.answer);
  if (job !== null) await bot.recoveries.ofJob(job, signal);
  return answered;
}

function greenJobOf({ first }: AssistantAnswer): string | null {
  const { job, state } = first.data;
  return state === 'passing' && typeof job === 'string' ? job : null;
}
