// A question that somebody asked, by whichever way: held to the limits, answered in its thread, remembered for who asked.
import type { AssistantAnswer } from '../../assistant/answer.ts';
import type { Answered } from '../answering.ts';
import type { MessageView } from '../views/view.ts';
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
  '`/whyred settings` says what else a channel can choose.';

/** Answers a question that a person put into words, and helps one without any. */
export async function ask(asked: Asked, work: Work, bot: Bot): Promise<void> {
  if (asked.words === '') await bot.web.whisper(asked.channel, asked.user, asked.thread, HELP);
  else if (!(await isOverLimit(asked, bot))) await giveAnswer(asked, work, bot);
}

/** True when somebody has asked too much of late, which they are then told. */
export async function isOverLimit({ channel, thread, user }: Asked, { rates, web, clock }: Bot): Promise<boolean> {
  const full = rates.takenBy(user, channel, clock());
  if (full === null) return false;
  const whose = full === 'user' ? 'You have' : full === 'channel' ? 'This channel has' : 'I have been';
  await web.whisper(channel, user, thread, `${whose} asked a lot this minute: please try again in the next.`);
  return true;
}

/**
 * Answers, and looks whether what is known to be broken is green again.
 * @param dress what the answer's message has beside the answer
 * @returns null when it was stopped
 */
export async function giveAnswer(
  { channel, thread, user, words }: Asked,
  { id, signal }: Work,
  bot: Bot,
  dress?: (view: MessageView) => MessageView,
): Promise<Answered | null> {
  const question = { id, channel, thread, user, text: words, ...(dress ? { dress } : {}) };
  const answered = await bot.answering.answer(question, signal);
  if (!answered) return null;
  const at = bot.clock();
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
