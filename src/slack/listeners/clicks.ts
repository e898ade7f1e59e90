// What people do with an answer: open the rest, say whether it was right, stop it.
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { assistantDocument } from '../../assistant/schema.ts';
import { ACTIONS, fullView } from '../views/answer.ts';
import { workOf, type Bot } from './bot.ts';

const REASON = 'feedback_reason';
const MAX_REASON = 500;

export function registerClicks(app: App, bot: Bot): void {
  app.action<BlockAction<ButtonAction>>(ACTIONS.more, async ({ body, ack, context }) => {
    await ack();
    const place = placeOf(body);
    if (!place) return;
    const { channel, ts, thread } = place;
    const answer = bot.answering.answerAt(channel, ts);
    if (answer) {
      const { signal } = workOf(context);
      await bot.outbox.postOnce(`more:${channel}:${ts}`, { channel, thread, ...fullView(answer) }, signal);
    } else
      await bot.web.whisper(channel, body.user.id, thread, 'That answer is too old for me to say more: ask again.');
  });

  for (const good of [true, false])
    app.action<BlockAction<ButtonAction>>(`${ACTIONS.feedback}_${good ? 'good' : 'bad'}`, async ({ body, ack }) => {
      await ack();
      const place = placeOf(body);
      if (!place) return;
      await keepFeedback(bot, { ...place, user: body.user.id, good, reason: null });
      if (good) await bot.web.whisper(place.channel, body.user.id, place.thread, 'Thank you.');
      else await bot.web.openModal(body.trigger_id, reasonModal(place));
    });

  app.action(ACTIONS.stop, async ({ ack }) => {
    // It has been seen to before it was kept: here is nothing left to do.
    await ack();
  });

  app.view(REASON, async ({ view, body, ack }) => {
    await ack();
    const { channel = '', ts = '', thread = '' } = JSON.parse(view.private_metadata) as Partial<Place>;
    const reason = view.state.values['reason']?.['text']?.value ?? null;
    await keepFeedback(bot, { channel, ts, thread, user: body.user.id, good: false, reason });
  });
}

interface Place {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string;
}

function placeOf({ channel, message }: BlockAction): Place | null {
  if (channel === undefined || message === undefined) return null;
  const thread: unknown = message['thread_ts'];
  return { channel: channel.id, ts: message.ts, thread: typeof thread === 'string' ? thread : message.ts };
}

async function keepFeedback(
  { store, answering, clock }: Bot,
  { channel, ts, user, good, reason }: Place & { user: string; good: boolean; reason: string | null },
): Promise<void> {
  const answer = answering.answerAt(channel, ts);
  await store.keepFeedback({
    id: `${channel}:${ts}:${user}`,
    channel,
    user,
    good,
    reason: reason === null ? null : reason.slice(0, MAX_REASON),
    question: answer?.question ?? '',
    answer: answer ? JSON.stringify(assistantDocument(answer)) : '{}',
    at: clock(),
  });
}

const reasonModal = (place: Place): object => ({
  type: 'modal',
  callback_id: REASON,
  private_metadata: JSON.stringify(place),
  title: { type: 'plain_text', text: 'What was wrong?' },
  submit: { type: 'plain_text', text: 'Send' },
  close: { type: 'plain_text', text: 'Not now' },
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'It becomes a case that answers are tested with' },
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: MAX_REASON },
    },
  ],
});
