// App Home: what the bot does here, what it watches, and whether it is well.
import type { App } from '@slack/bolt';
import { bold, bullets, richText, section, text } from '../rich-text.ts';
import { WATCH } from './questions.ts';
import type { Bot } from './bot.ts';

const CHANNELS = 20;

export function registerHome(app: App, bot: Bot): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await bot.web.home(event.user, await homeBlocks(bot));
  });
}

async function homeBlocks({ store, queue }: Bot): Promise<object[]> {
  const watched = (await store.settings(WATCH)).map(({ scope }) => scope.replace(/^channel:/, ''));
  const waiting = await queue.pending();
  return [
    { type: 'header', text: { type: 'plain_text', text: 'Why is it red?' } },
    richText(
      section(
        text(
          'Mention me, write to me, or use /whyred with a job, some of its words, a Prow or TestGrid link, or org/repo#123. Every claim of an answer has its proof; where the evidence is thin I say so.',
        ),
      ),
    ),
    richText(
      section(bold('Channels I watch')),
      watched.length === 0
        ? section(text('None: /whyred watch in a channel has me answer failing links there.'))
        : bullets(watched.slice(0, CHANNELS).map((channel) => [text(channel)])),
    ),
    {
      type: 'context',
      elements: [{ type: 'plain_text', text: `${waiting} questions wait or are worked on`, emoji: false }],
    },
  ];
}
