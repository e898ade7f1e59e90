// Ways to ask: a mention, a direct message, a follow-up in a thread, the shortcut; and a link in a watched channel.
import type { App } from '@slack/bolt';
import { isQuestion, linksIn, wordsOf } from '../said.ts';
import { ask } from './ask.ts';
import { workOf, type Bot } from './bot.ts';
import { watchLinks } from './watch.ts';

export const SHORTCUT = 'why_red';

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
    else if (threadTs === undefined) await watchLinks(asked, text, work, bot);
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
