// App Home: what the bot does here, what it watches and how that stands, what one asked, and whether it is well.
import type { App } from '@slack/bolt';
import { subscriptionWords } from '../digests/subscription.ts';
import { allSubscriptions } from '../digests/subscriptions.ts';
import { WATCH } from '../failures/failures.ts';
import { recentOf } from '../recent.ts';
import { homeView, type Home } from '../views/home.ts';
import type { Bot } from './bot.ts';

export function registerHome(app: App, bot: Bot): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await bot.web.home(event.user, homeView(await homeOf(event.user, bot), bot.clock()));
  });
}

async function homeOf(user: string, { store, queue, failures, health, web }: Bot): Promise<Home> {
  const asked = await recentOf(user, store);
  const linked = asked.map(async (one) => ({
    ...one,
    url: await web.permalink(one.channel, one.thread).catch(() => null),
  }));
  return {
    channels: (await store.settings(WATCH)).map(({ scope }) => scope.replace(/^channel:/, '')),
    failures: await failures.watched(),
    summaries: (await allSubscriptions(store)).map((one) => ({ channel: one.channel, words: subscriptionWords(one) })),
    asked: await Promise.all(linked),
    // This very view is worked on too.
    waiting: Math.max(0, (await queue.pending()) - 1),
    oldest: health.oldest,
    trouble: health.trouble,
    model: health.model,
  };
}
