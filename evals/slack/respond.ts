// What is sent to a `response_url`, and what is said with an ack: messages that need no token.
import { Args } from './args.ts';
import { RESPONSE_URL_USES, TIMES } from './limits.ts';
import { change, named, post, remove } from './messages.ts';
import { contentOf } from './methods/content.ts';
import { Refusal } from './refusal.ts';
import type { Fields } from './schema.ts';
import { findMessage, type World } from './world.ts';

/** Takes one answer: a new message, or another one in the place of the message that was clicked on. */
export function respond(world: World, id: string, fields: Fields): Fields {
  const ticket = world.responseUrls.get(id);
  const { channel } = ticket ?? {};
  if (!ticket || !channel) return { ok: false, error: 'invalid_url' };
  if (world.clock() - ticket.madeAt > TIMES.responseUrl) return { ok: false, error: 'expired_url' };
  if (ticket.uses >= RESPONSE_URL_USES) return { ok: false, error: 'used_url' };
  ticket.uses += 1;
  const args = new Args(fields);
  const message = ticket.message === null ? undefined : findMessage(world, channel, ticket.message);
  try {
    if (args.flag('delete_original') === true) {
      if (message) remove(world, message);
    } else if (args.flag('replace_original') === true && message) {
      const { text, blocks } = contentOf(world, args);
      change(world, message, () => {
        message.text = text ?? message.text;
        message.blocks = named(world, blocks ?? []);
      });
    } else answerIn(world, channel, ticket.user, args);
    return { ok: true };
  } catch (error) {
    if (error instanceof Refusal) return error.body;
    throw error;
  }
}

/** Says something where a command was given: to that user alone unless it says `in_channel`. */
export function answerIn(world: World, channel: string, user: string, args: Args): void {
  post(world, {
    ...contentOf(world, args),
    channel,
    user: world.bot.userId,
    botId: world.bot.botId,
    threadTs: args.maybe('thread_ts') ?? null,
    ephemeralFor: args.maybe('response_type') === 'in_channel' ? null : user,
  });
}
