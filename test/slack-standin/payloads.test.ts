// What Slack refuses of messages, views, streams and sessions, through a real client.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trigger } from '../../evals/slack/events.ts';
import type { Fields } from '../../evals/slack/schema.ts';
import { asking, many, plain, section, x, type Asking } from './asking.ts';

let here: Asking;
beforeAll(async () => {
  here = await asking();
});
afterAll(() => here.slack.close());

const posted = (args: Fields): Promise<string> =>
  here.told('chat.postMessage', { channel: here.slack.places.alerts, ...args });

describe('messages', () => {
  it.each<[args: Fields, told: string]>([
    [{ text: x(40_000) }, 'ok'],
    [{ text: x(40_001) }, 'msg_too_long'],
    [{ markdown_text: x(12_000) }, 'ok'],
    [{ markdown_text: x(12_001) }, 'msg_too_long'],
    [{ markdown_text: 'x', text: 'x' }, 'markdown_text_conflict'],
    [{}, 'no_text'],
    [{ text: '', blocks: [] }, 'no_text'],
    [{ text: 'x', blocks: '{not json' }, 'invalid_blocks_format'],
    [{ text: 'x', blocks: '{}' }, 'invalid_blocks_format'],
    [
      { text: 'x', attachments: [{ blocks: [{ type: 'x' }] }] },
      'invalid_blocks [ERROR] unsupported type: x [json-pointer:/attachments/0/blocks/0/type]',
    ],
    [{ text: 'x', attachments: many(101, () => ({ text: 'x' })) }, 'too_many_attachments'],
    [{ text: 'x', metadata: { event_type: 'a', event_payload: { b: 1 } } }, 'ok'],
    [{ text: 'x', metadata: { event_type: 'a' } }, 'invalid_metadata_format'],
    [{ text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  ])('are taken or refused: %#', async (args, answer) => {
    expect(await posted(args)).toBe(answer);
  });

  it('are warned of where they are long, or would be silent to a screen reader', async () => {
    const warned = async (args: Fields): Promise<unknown> => {
      await posted(args);
      return here.slack.recorder.calls.at(-1)?.reply?.['warning'];
    };
    expect(await warned({ text: x(4_000) })).toBeUndefined();
    expect(await warned({ text: x(4_001) })).toBe('message_truncated');
    expect(await warned({ blocks: [{ type: 'divider' }] })).toBe('missing_text_in_message');
  });

  it('take less when they are updated', async () => {
    const { ts } = await here.client.chat.postMessage({ channel: here.slack.places.alerts, text: 'x' });
    const updated = (text: string): Promise<string> =>
      here.told('chat.update', { channel: here.slack.places.alerts, ts, text });
    expect(await updated(x(4_000))).toBe('ok');
    expect(await updated(x(4_001))).toBe('msg_too_long');
  });
});

describe('views', () => {
  const modal = (more: Fields): Promise<string> =>
    here.told('views.open', {
      trigger_id: trigger(here.slack.world, here.slack.places.ana),
      view: { type: 'modal', title: plain(5), blocks: [section(5)], ...more },
    });
  const asks = { type: 'input', label: plain(5), element: { type: 'plain_text_input' } };

  it.each<[more: Fields, told: string]>([
    [{}, 'ok'],
    [{ title: plain(24), blocks: many(100, () => ({ type: 'divider' })), private_metadata: x(3_000) }, 'ok'],
    [{ title: plain(25) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
    [{ blocks: many(101, () => ({ type: 'divider' })) }, 'no more than 100 items allowed [json-pointer:/view/blocks]'],
    [{ private_metadata: x(3_001) }, 'must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    [{ blocks: [asks] }, 'missing required field: submit'],
    [{ blocks: [asks], submit: plain(4) }, 'ok'],
    [{ blocks: [{ type: 'markdown', text: 'x' }] }, 'unsupported type: markdown'],
    [{ type: 'home', title: undefined }, 'must be a valid enum value: modal'],
  ])('are taken or refused: %#', async (more, answer) => {
    expect(await modal(more)).toContain(answer);
  });

  it('open once for a click, within three seconds', async () => {
    const open = (trigger_id: string): Promise<string> =>
      here.told('views.open', { trigger_id, view: { type: 'modal', title: plain(5), blocks: [section(5)] } });
    const click = trigger(here.slack.world, here.slack.places.ana);
    expect([await open(click), await open(click), await open('x')]).toEqual([
      'ok',
      'exchanged_trigger_id',
      'invalid_trigger_id',
    ]);
    const late = trigger(here.slack.world, here.slack.places.ana);
    here.slack.advance(3_500);
    expect(await open(late)).toBe('expired_trigger_id');
  });
});

describe('streams and sessions', () => {
  const to = (): Fields => ({
    channel: here.slack.places.anaDm,
    thread_ts: here.slack.people.say(here.slack.places.ana, here.slack.places.anaDm, 'x').ts,
  });
  const task = { type: 'task_update', id: 'a', title: 'A', status: 'complete' };

  it.each<[args: Fields, told: string]>([
    [{}, 'ok'],
    [{ markdown_text: x(12_000) }, 'ok'],
    [{ markdown_text: x(12_001) }, 'msg_too_long'],
    [{ chunks: [task] }, 'ok'],
    [
      { chunks: [{ ...task, status: 'done' }] },
      'invalid_chunks [ERROR] must be a valid enum value [json-pointer:/chunks/0/status]',
    ],
    [
      { chunks: [{ type: 'confetti' }] },
      'invalid_chunks [ERROR] unsupported type: confetti [json-pointer:/chunks/0/type]',
    ],
    [
      { chunks: [{ type: 'blocks', blocks: many(51, () => ({ type: 'divider' })) }] },
      'invalid_chunks [ERROR] no more than 50 items allowed [json-pointer:/chunks/0/blocks]',
    ],
    [
      { task_display_mode: 'grid' },
      'invalid_arguments [ERROR] must be a valid enum value [json-pointer:/task_display_mode]',
    ],
    [{ thread_ts: undefined }, 'invalid_arguments [ERROR] missing required field: thread_ts'],
  ])('start or are refused: %#', async (args, answer) => {
    expect(await here.told('chat.startStream', { ...to(), ...args })).toBe(answer);
  });

  it('need somebody to be for outside a direct message', async () => {
    const { ts } = here.slack.people.say(here.slack.places.ana, here.slack.places.alerts, 'x');
    const start = (args: Fields): Promise<string> =>
      here.told('chat.startStream', { channel: here.slack.places.alerts, thread_ts: ts, ...args });
    const recipient_team_id = here.slack.world.team.id;
    expect(await start({})).toBe('missing_recipient_team_id');
    expect(await start({ recipient_team_id })).toBe('missing_recipient_user_id');
    expect(await start({ recipient_team_id, recipient_user_id: here.slack.places.ana })).toBe('ok');
  });

  it('have a status of four and a title of 200 characters', async () => {
    const set = (args: Fields): Promise<string> => {
      const { channel: channel_id, thread_ts } = to();
      return here.told('agents.sessions.setStatus', { channel_id, thread_ts, ...args });
    };
    expect(await set({ status: 'processing', title: x(200) })).toBe('ok');
    expect(await set({ status: 'busy' })).toContain('must be a valid enum value');
    expect(await set({ status: 'active', title: x(201) })).toContain('must be less than 201 characters');
  });
});
