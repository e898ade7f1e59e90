// Ways to ask: a mention, a direct message, a follow-up in a thread, the command, the shortcut, a link in a watched channel.
import type { App } from '@slack/bolt';
import { parseAddress } from '../../ci/address.ts';
import type { Full } from '../rates.ts';
import { isQuestion, linksIn, wordsOf } from '../said.ts';
import { plainView } from '../views/progress.ts';
import { workOf, type Bot, type Work } from './bot.ts';

interface Asked {
  readonly channel: string;
  readonly thread: string;
  readonly user: string;
  readonly words: string;
}

const HELP =
  'Ask me why a job is red: its name, some of its words, a Prow or TestGrid link, or org/repo#123. ' +
  '`/whyred watch` has me answer failing links in this channel, `/whyred unwatch` ends that.';
export const SHORTCUT = 'why_red';
export const WATCH = 'watch';

export function registerQuestions(app: App, bot: Bot): void {
  app.event('app_mention', async ({ event, context }) => {
    const asked = { channel: event.channel, thread: event.thread_ts ?? event.ts, user: event.user ?? '' };
    await ask({ ...asked, words: wordsOf(event.text) }, workOf(context), bot);
  });

  app.event('message', async ({ event, context }) => {
    if (!('text' in event) || !('user' in event) || !event.text || !event.user) return;
    const { channel, ts, text, user } = event;
    const threadTs = 'thread_ts' in event ? event.thread_ts : undefined;
    const words = wordsOf(text);
    const asked = { channel, thread: threadTs ?? ts, user, words };
    const work = workOf(context);
    if (event.channel_type === 'im' || (context.botUserId !== undefined && text.includes(`<@${context.botUserId}>`)))
      await ask(asked, work, bot);
    else if (threadTs !== undefined && isQuestion(words) && (await bot.answering.knows(channel, threadTs)))
      await ask(asked, work, bot);
    else if (threadTs === undefined) await watch(asked, text, work, bot);
  });

  app.command('/whyred', async ({ command, ack, context }) => {
    await ack();
    const { channel_id: channel, user_id: user } = command;
    const words = wordsOf(command.text);
    const work = workOf(context);
    if (words === '' || words === 'help') await bot.web.whisper(channel, user, null, HELP);
    else if (words === WATCH || words === 'unwatch') {
      await bot.store.keepSetting(`channel:${channel}`, WATCH, words === WATCH ? user : null);
      const now = words === WATCH ? 'I answer failing links here from now on.' : 'I answer failing links here no more.';
      await bot.web.whisper(channel, user, null, now);
    } else {
      const view = plainView(`Asked: ${words}`);
      const thread = await bot.outbox.postOnce(`root:${work.id}`, { channel, thread: null, ...view }, work.signal);
      await ask({ channel, thread, user, words }, work, bot);
    }
  });

  app.shortcut(SHORTCUT, async ({ shortcut, ack, context }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const { channel, message, user } = shortcut;
    const [link] = linksIn(message.text ?? '');
    const words = link ?? wordsOf(message.text ?? '');
    const thread = typeof message['thread_ts'] === 'string' ? message['thread_ts'] : message.ts;
    await ask({ channel: channel.id, thread, user: user.id, words }, workOf(context), bot);
  });
}

const WHOSE: Readonly<Record<Full, string>> = {
  user: 'You have asked',
  thread: 'This thread has asked',
  channel: 'This channel has asked',
  all: 'I have been asked',
};

async function ask({ channel, thread, user, words }: Asked, { id, signal, isOver }: Work, bot: Bot): Promise<void> {
  const question = { id, channel, thread, user, text: words };
  if (isOver) {
    await bot.answering.giveUp(question, signal);
    return;
  }
  if (words === '') {
    await bot.web.whisper(channel, user, thread, HELP);
    return;
  }
  const now = bot.clock();
  const full = bot.rates.takenBy(question, now);
  if (full === null) await bot.answering.answer(question, signal);
  else if (bot.notices.isDue(`${channel}:${user}:${full}`, now))
    await bot.web.whisper(channel, user, thread, `${WHOSE[full]} a lot just now: please try again in some minutes.`);
}

/** A link to a run in a channel that is watched is answered in its thread, without being asked. */
async function watch(asked: Asked, text: string, work: Work, bot: Bot): Promise<void> {
  const systems = bot.sources.systems.map(({ system }) => system);
  const link = linksIn(text).find((url) => parseAddress(url, systems)?.kind === 'run');
  if (link === undefined || (await bot.store.setting(`channel:${asked.channel}`, WATCH)) === null) return;
  await ask({ ...asked, words: link }, work, bot);
}
