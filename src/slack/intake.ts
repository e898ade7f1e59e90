// What an incoming payload of Slack is, before anything is done for it: its names, its thread, and whether it concerns us.
import { z } from 'zod';
import type { NewEvent } from '../store/port.ts';

const Text = z.string().max(200);

const Event = z.looseObject({
  type: Text,
  subtype: Text.optional(),
  user: Text.optional(),
  bot_id: Text.optional(),
  app_id: Text.optional(),
  channel: Text.optional(),
  ts: Text.optional(),
  thread_ts: Text.optional(),
  event_ts: Text.optional(),
  channel_type: Text.optional(),
});

const Envelope = z.looseObject({ type: z.literal('event_callback'), event_id: Text, team_id: Text, event: Event });

const Interaction = z.looseObject({
  type: z.enum(['block_actions', 'message_action', 'shortcut', 'view_submission', 'view_closed']),
  trigger_id: Text.optional(),
  action_ts: Text.optional(),
  user: z.looseObject({ id: Text }),
  team: z.looseObject({ id: Text }).nullish(),
  view: z.looseObject({ id: Text, hash: Text.optional() }).optional(),
});

const Command = z.looseObject({ command: Text, trigger_id: Text, team_id: Text, channel_id: Text, user_id: Text });

/** Subtypes of messages that a person wrote. */
const WRITTEN = new Set([undefined, 'thread_broadcast', 'file_share', 'me_message']);

export type Intake =
  | { readonly kind: 'event'; readonly event: NewEvent }
  /** Ours, another bot's, an edit, a kind that nobody asked for: acknowledged, and that is all. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown' };

/**
 * Reads a payload as the receivers of Bolt give it. Two deliveries of one thing, and the two events that Slack sends for a
 * mention (`app_mention` and `message`), have a name in common.
 */
export function readIntake(body: unknown): Intake {
  const envelope = Envelope.safeParse(body).data;
  if (envelope) return ofEvent(envelope, JSON.stringify(body));
  const interaction = Interaction.safeParse(body).data;
  if (interaction) return ofInteraction(interaction, JSON.stringify(body));
  const command = Command.safeParse(body).data;
  if (!command) return { kind: 'unknown' };
  const { trigger_id: trigger, team_id: team, channel_id: channel, user_id: user } = command;
  return kept([`command:${trigger}`], `${team}:${channel}:${user}`, JSON.stringify(body));
}

const kept = (keys: readonly string[], scope: string, body: string): Intake => ({
  kind: 'event',
  event: { keys, scope, body },
});

function ofEvent({ event_id: id, team_id: team, event }: z.output<typeof Envelope>, body: string): Intake {
  const { type, subtype, bot_id: bot, app_id: app, channel = '', ts, thread_ts: thread, user = '' } = event;
  const isMessage = type === 'message' || type === 'app_mention';
  const isByPerson = app === undefined && WRITTEN.has(subtype) && user !== '';
  if (bot !== undefined || (isMessage && !isByPerson)) return { kind: 'ignored' };
  const keys = [`event:${id}`, ...(isMessage && ts !== undefined ? [`message:${team}:${channel}:${ts}`] : [])];
  const place = isMessage ? `${channel}:${thread ?? ts ?? ''}` : channel === '' ? user : channel;
  return kept(keys, `${team}:${place}`, body);
}

function ofInteraction(interaction: z.output<typeof Interaction>, body: string): Intake {
  const { type, trigger_id: trigger, action_ts: at, user, team, view } = interaction;
  const name = trigger ?? at ?? `${view?.id ?? ''}:${view?.hash ?? ''}`;
  // A click waits for nobody: what it is about may be the very answer that is under way.
  const key = `${type}:${team?.id ?? ''}:${user.id}:${name}`;
  return kept([key], key, body);
}

const Placed = z.looseObject({
  team_id: Text.optional(),
  team: z.looseObject({ id: Text }).nullish(),
  channel_id: Text.optional(),
  channel: z.looseObject({ id: Text }).nullish(),
  user: z.looseObject({ id: Text, team_id: Text.nullish() }).nullish(),
  user_id: Text.optional(),
  command: Text.optional(),
  event: z
    .looseObject({
      type: Text,
      channel: Text.optional(),
      user: Text.optional(),
      ts: Text.optional(),
      thread_ts: Text.optional(),
      user_team: Text.nullish(),
      source_team: Text.nullish(),
      team: Text.nullish(),
    })
    .optional(),
});

/** Where a payload comes from and who sent it; empty where it does not say. */
export interface Place {
  readonly team: string;
  /** The person's own team: another one in a channel that is shared (Slack Connect). */
  readonly home: string;
  readonly channel: string;
  readonly user: string;
  /** The thread a message is in; null for what is no message in one. */
  readonly thread: string | null;
  /** True for what is said to the bot alone. */
  readonly isToUs: boolean;
}

export function placeIn(body: unknown): Place {
  const { team_id, team, channel_id, channel, user, user_id, command, event } = Placed.safeParse(body).data ?? {};
  return {
    team: team_id ?? team?.id ?? '',
    home: event?.user_team ?? event?.source_team ?? event?.team ?? user?.team_id ?? '',
    channel: event?.channel ?? channel_id ?? channel?.id ?? '',
    user: event?.user ?? user?.id ?? user_id ?? '',
    thread: event?.thread_ts ?? null,
    isToUs: event?.type === 'app_mention' || command !== undefined,
  };
}
