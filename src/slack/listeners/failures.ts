// What people do with a failure of a watched channel: mute it, snooze it, say where it is tracked.
import type { App, BlockAction, StaticSelectAction } from '@slack/bolt';
import { z } from 'zod';
import { CHOICES, FOR_EVER, MANAGE, mutedWords, TRACK, trackModal, type Choice } from '../views/failure.ts';
import type { Bot } from './bot.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Snoozed until tomorrow is until eight in the morning, UTC: Slack tells the time zone of people to who may read users. */
const MORNING = 8 * HOUR;

const About = z.object({ channel: z.string(), key: z.string() });

export function registerFailures(app: App, bot: Bot): void {
  app.action<BlockAction<StaticSelectAction>>(MANAGE, async ({ body, action, ack }) => {
    await ack();
    const [choice = '', key = ''] = action.selected_option.value.split(':');
    const channel = body.channel?.id;
    if (channel === undefined || !isChoice(choice)) return;
    if (choice === 'track') {
      const known = await bot.store.failureThread(channel, key);
      const modal = trackModal(JSON.stringify({ channel, key }), known?.tracked ?? null);
      await bot.web.openModal(body.trigger_id, modal);
      return;
    }
    const mutedUntil = untilFor(choice, bot.clock());
    const isKnown = await bot.failures.say(channel, key, { mutedUntil });
    const done = mutedUntil === null ? 'New runs are told here again.' : mutedWords(mutedUntil);
    const said = isKnown ? done : 'I do not know that failure any more.';
    await bot.web.whisper(channel, body.user.id, body.message?.['thread_ts'] as string | null, said);
  });

  app.view(TRACK, async ({ view, ack }) => {
    await ack();
    const { channel, key } = About.parse(JSON.parse(view.private_metadata));
    const tracked = (view.state.values['tracked']?.['text']?.value ?? '').trim();
    await bot.failures.say(channel, key, { tracked: tracked === '' ? null : tracked });
  });
}

const isChoice = (name: string): name is Choice => Object.hasOwn(CHOICES, name);

/** Until when a failure is muted from `now` on; null: not at all. */
export function untilFor(choice: Exclude<Choice, 'track'>, now: number): number | null {
  switch (choice) {
    case 'hour':
      return now + HOUR;
    case 'tomorrow':
      return (Math.floor(now / DAY) + 1) * DAY + MORNING;
    case 'week':
      return now + 7 * DAY;
    case 'mute':
      return FOR_EVER;
    case 'unmute':
      return null;
  }
}
