// The command: a question, or what a channel wants: to be watched, how owners are named, which summaries it gets.
import type { App } from '@slack/bolt';
import { WATCH } from '../failures/failures.ts';
import { MENTIONS, OWNERS } from '../owners.ts';
import { wordsOf } from '../said.ts';
import { plainView } from '../views/view.ts';
import { ask, HELP } from './ask.ts';
import { workOf, type Bot } from './bot.ts';
import { SUMMARY_COMMANDS } from './subscriptions.ts';

const SETTINGS =
  'Owners of what fails are named: `/whyred settings owners mention` has me mention them here too, ' +
  '`/whyred settings owners name` ends that.';

/** Settings of a channel by the words that make them; null takes one away. */
const CHANGES: Readonly<Record<string, { name: string; value: string | null; said: string }>> = {
  watch: { name: WATCH, value: 'yes', said: 'I answer failing links here from now on.' },
  unwatch: { name: WATCH, value: null, said: 'I answer failing links here no more.' },
  'settings owners mention': { name: OWNERS, value: MENTIONS, said: 'I mention owners here from now on.' },
  'settings owners name': { name: OWNERS, value: null, said: 'I name owners here and mention nobody.' },
};

export function registerCommand(app: App, bot: Bot): void {
  app.command('/whyred', async ({ command, ack, context }) => {
    await ack();
    const { channel_id: channel, user_id: user } = command;
    const words = wordsOf(command.text);
    const change = CHANGES[words];
    const [first = '', ...rest] = words.split(/\s+/);
    const summary = SUMMARY_COMMANDS.get(first);
    const whisper = (said: string): Promise<void> => bot.web.whisper(channel, user, null, said);
    if (words === '' || words === 'help') await whisper(HELP);
    else if (change) {
      await bot.store.keepSetting(`channel:${channel}`, change.name, change.value);
      await whisper(change.said);
    } else if (summary) {
      const said = await summary(rest, { channel, user }, bot, workOf(context));
      if (said !== null) await whisper(said);
    } else if (words.startsWith('settings')) await whisper(SETTINGS);
    else {
      const work = workOf(context);
      const view = plainView(`Asked: ${words}`);
      const thread = await bot.outbox.postOnce(`root:${work.id}`, { channel, thread: null, ...view }, work.signal);
      await ask({ channel, thread, user, words }, work, bot);
    }
  });
}
