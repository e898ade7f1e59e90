import { describe, expect, it } from 'vitest';
import { readIntake } from '../../src/slack/intake.ts';

const message = (more: object = {}, id = 'Ev1'): object => ({
  type: 'event_callback',
  event_id: id,
  team_id: 'T1',
  event: { type: 'message', channel: 'C1', ts: '1.5', user: 'U1', text: 'why?', ...more },
});

const eventOf = (body: object): { keys: readonly string[]; scope: string } => {
  const intake = readIntake(body);
  if (intake.kind !== 'event') throw new Error(`it is ${intake.kind}`);
  return intake.event;
};

describe('what comes from Slack', () => {
  it('is one thing when a mention comes as two events', () => {
    const [mention, plain] = [eventOf(message({ type: 'app_mention' }, 'Ev1')), eventOf(message({}, 'Ev2'))];

    expect(mention.keys.filter((key) => plain.keys.includes(key))).toEqual(['message:T1:C1:1.5']);
  });

  it('is worked off by thread', () => {
    expect(eventOf(message()).scope).toBe('T1:C1:1.5');
    expect(eventOf(message({ ts: '9.9', thread_ts: '1.5' })).scope).toBe('T1:C1:1.5');
  });

  it.each([
    ['ours or another bot’s', { bot_id: 'B1' }],
    ['a bot’s of the old kind', { subtype: 'bot_message' }],
    ['an edit', { subtype: 'message_changed' }],
    ['a deletion', { subtype: 'message_deleted' }],
    ['a join', { subtype: 'channel_join' }],
    ['nobody’s', { user: undefined }],
  ])('is ignored when it is %s', (_, more) => {
    expect(readIntake(message(more))).toEqual({ kind: 'ignored' });
  });

  it('may be a command, a click, a shortcut or a form', () => {
    const command = { command: '/whyred', trigger_id: 't1', team_id: 'T1', channel_id: 'C1', user_id: 'U1', text: 'x' };
    const click = {
      type: 'block_actions',
      trigger_id: 't2',
      user: { id: 'U1' },
      team: { id: 'T1' },
      channel: { id: 'C1' },
    };
    const form = { type: 'view_submission', user: { id: 'U1' }, team: { id: 'T1' }, view: { id: 'V1', hash: 'h' } };

    expect(eventOf(command).keys).toEqual(['command:t1']);
    expect(eventOf(click).keys).toEqual(['block_actions:T1:U1:t2']);
    expect(eventOf(form).keys).toEqual(['view_submission:T1:U1:V1:h']);
  });

  it.each([null, 'x', 7, [], {}, { type: 'event_callback' }, { type: 'url_verification', challenge: 'x' }])(
    'may be nothing that is known: %j',
    (body) => {
      expect(readIntake(body)).toEqual({ kind: 'unknown' });
    },
  );
});
