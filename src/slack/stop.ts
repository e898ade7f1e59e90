// A stop is not kept and worked off like a question: it is about what is under way now.
import { z } from 'zod';
import { ACTIONS } from './views/answer.ts';

const Id = z.string().max(100);

const Click = z.looseObject({
  type: z.literal('block_actions'),
  channel: z.looseObject({ id: Id }),
  message: z.looseObject({ ts: Id, thread_ts: Id.optional() }),
  actions: z.array(z.looseObject({ action_id: Id })).min(1),
});

const Stopped = z.looseObject({
  event: z.looseObject({ type: z.literal('agent_session_stopped'), channel: Id, thread_ts: Id }),
});

/** The thread whose answer somebody wants stopped, by the button or by Slack's own; null for anything else. */
export function placeOfStop(body: unknown): { readonly channel: string; readonly thread: string } | null {
  const click = Click.safeParse(body).data;
  if (click?.actions.some(({ action_id: action }) => action === ACTIONS.stop) === true)
    return { channel: click.channel.id, thread: click.message.thread_ts ?? click.message.ts };
  const stopped = Stopped.safeParse(body).data;
  return stopped ? { channel: stopped.event.channel, thread: stopped.event.thread_ts } : null;
}
