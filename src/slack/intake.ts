// What an incoming payload of Slack is, before anything is done for it: its names, its thread, and whether it concerns us.
import { z } from 'zod';
import type { NewEvent } from '../store/port.ts';

const Text = z.string().max(200);

const Event = z.looseObject({
  type: Text,
  subtype: Text.optional(),
  user: Text.optional(),
  bot_id: Text.optional(),
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
  const { type, subtype, bot_id: bot, channel = '', ts, thread_ts: thread, user = '' } = event;
  const isMessage = type === 'message' || type === 'app_mention';
  if (bot !== undefined || (isMessage && (!WRITTEN.has(subtype) || user === ''))) return { kind: 'ignored' };
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
  event: z.looseObject({ channel: Text.optional() }).optional(),
});

/** The team and the channel that a payload comes from; empty where it has none. */
export function placeIn(body: unknown): { readonly team: string; readonly channel: string } {
  const {
    team_id: team,
    team: inTeam,
    channel_id: channel,
    channel: inChannel,
    event,
  } = Placed.safeParse(body).data ?? {};
  return { team: team ?? inTeam?.id ?? '', channel: event?.channel ?? channel ?? inChannel?.id ?? '' };
}
