// Who may do what: tokens, scopes, channels, messages of others; and reading, files and answers as the API gives them.
import { App, type webApi } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../evals/slack/api.ts';
import { eventsOf, responseUrl } from '../../evals/slack/events.ts';
import type { Fields } from '../../evals/slack/schema.ts';
import { Slack } from '../../evals/slack/stand-in.ts';
import { addChannel } from '../../evals/slack/world.ts';
import { asking, type Asking } from './asking.ts';
import { quiet } from './bolt.ts';

let here: Asking;
beforeAll(async () => {
  here = await asking();
});
afterAll(() => here.slack.close());

describe('tokens and scopes', () => {
  const asked = (slack: Slack, token: string | undefined, method: string): unknown =>
    call(slack.world, token, method, {})['error'];

  it('are looked at before anything else', () => {
    const { slack } = here;
    const { bot, app } = slack.world.tokens;
    expect(asked(slack, undefined, 'auth.test')).toBe('not_authed');
    expect(asked(slack, 'xoxb-other', 'auth.test')).toBe('invalid_auth');
    expect(asked(slack, app, 'chat.postMessage')).toBe('not_allowed_token_type');
    expect(asked(slack, bot, 'apps.connections.open')).toBe('not_allowed_token_type');
    expect(asked(slack, bot, 'chat.explode')).toBe('unknown_method');
    expect(asked(slack, bot, 'constructor')).toBe('unknown_method');
    expect(call(slack.world, app, 'apps.connections.open', {}, 10)).toEqual({
      ok: false,
      error: 'too_many_websockets',
    });
    slack.world.revoked = true;
    expect(asked(slack, bot, 'auth.test')).toBe('token_revoked');
    slack.world.revoked = false;
  });

  it('hold an app to the scopes of its manifest', async () => {
    const slack = await Slack.start({ scopes: ['chat:write'] });
    const app = new App({
      token: slack.world.tokens.bot,
      signingSecret: 'x',
      logger: quiet,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    const posted = await app.client.chat.postMessage({ channel: slack.places.alerts, text: 'x' });
    expect(posted.response_metadata?.scopes).toEqual(['chat:write']);
    await expect(app.client.users.info({ user: slack.places.ana })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
    await slack.close();
  });
});

describe('channels and messages', () => {
  it('are written to by members alone', async () => {
    const { slack, told } = here;
    const { random, anaDm, ana } = slack.places;
    const secret = addChannel(slack.world, { name: 'secret', kind: 'private', bot: false });
    const old = addChannel(slack.world, { name: 'old' });
    const archived = slack.world.channels.get(old);
    if (archived) archived.archived = true;
    const posted = (channel: string): Promise<string> => told('chat.postMessage', { channel, text: 'x' });

    expect(await posted('C404')).toBe('channel_not_found');
    expect(await posted(secret)).toBe('channel_not_found');
    expect(await posted(random)).toBe('not_in_channel');
    expect(await posted(old)).toBe('is_archived');
    expect(await posted(ana)).toBe('ok');
    expect(Array.from(slack.world.messages.values()).at(-1)?.channel).toBe(anaDm);
    expect(await told('conversations.join', { channel: secret })).toBe('channel_not_found');
    expect(await told('conversations.history', { channel: random })).toBe('not_in_channel');
    expect(await told('conversations.join', { channel: random })).toBe('ok');
    expect(await posted('#random')).toBe('ok');
    expect(await told('chat.postMessage', { text: 'x' })).toBe(
      'invalid_arguments [ERROR] missing required field: channel',
    );
  });

  it('are changed by who said them, and answered at their root', async () => {
    const { slack, client, told } = here;
    const { ana, ben, alerts: channel } = slack.places;
    const { ts } = slack.people.say(ben, channel, 'x');
    const own = await client.chat.postMessage({ channel, thread_ts: ts, text: 'y' });
    expect(await told('chat.update', { channel, ts, text: 'z' })).toBe('cant_update_message');
    expect(await told('chat.delete', { channel, ts })).toBe('cant_delete_message');
    expect(await told('chat.update', { channel, ts: '1.000001', text: 'z' })).toBe('message_not_found');
    expect(await told('chat.postMessage', { channel, thread_ts: own.ts, text: 'z' })).toBe('cannot_reply_to_message');
    expect(await told('chat.postEphemeral', { channel, user: 'U404', text: 'z' })).toBe('user_not_in_channel');
    expect(await told('chat.postEphemeral', { channel, user: ana, text: 'z' })).toBe('ok');
    expect(await told('reactions.add', { channel, timestamp: ts, name: 'eyes' })).toBe('ok');
    expect(await told('reactions.add', { channel, timestamp: ts, name: 'eyes' })).toBe('already_reacted');
    const thread = await client.conversations.replies({ channel, ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['x', 'y']);
    expect(await client.chat.getPermalink({ channel, message_ts: own.ts ?? '' })).toMatchObject({
      permalink: expect.stringMatching(/^https:\/\/kube-ci\.slack\.com\/archives\/C\d+\/p\d+\?thread_ts=/) as string,
    });
    expect(await told('chat.delete', { channel, ts: own.ts })).toBe('ok');
  });

  it('have timestamps that only grow, and histories in pages, newest first', async () => {
    const { slack, client } = here;
    const channel = addChannel(slack.world, { name: 'pages' });
    const said = Array.from({ length: 25 }, (_, index) => slack.people.say(slack.places.ana, channel, `${index}`).ts);
    expect(said).toEqual(Array.from(new Set(said)).sort());
    const texts: unknown[] = [];
    for await (const page of client.paginate('conversations.history', { channel, limit: 10 }))
      texts.push(...((page as webApi.ConversationsHistoryResponse).messages ?? []).map(({ text }) => text));
    expect(texts).toEqual(Array.from({ length: 25 }, (_, index) => `${24 - index}`));
    const between = await client.conversations.history({ channel, oldest: said[2] ?? '', latest: said[5] ?? '' });
    expect(between.messages?.map(({ text }) => text)).toEqual(['4', '3']);
  });

  it('tell of themselves as Slack does: mentions twice, edits with what was before, links of the app alone', () => {
    const { world, people, places } = here.slack;
    const heard: Fields[] = [];
    const before = world.onMessage;
    world.onMessage = (change) => heard.push(...eventsOf(world, change));
    const { ts } = people.mention(places.ana, places.alerts, 'https://prow.k8s.io/x https://evil.example/y');
    people.edit(places.alerts, ts, 'never mind');
    people.unsay(places.alerts, ts);
    people.say(places.ana, places.alerts, 'beep', { botId: 'B9', subtype: 'bot_message' });
    people.mention(places.ana, places.anaDm, 'hi');
    world.onMessage = before;
    expect(
      heard.map(({ type, subtype, channel_type, bot_id }) => [type, subtype ?? channel_type, bot_id].filter(Boolean)),
    ).toEqual([
      ['app_mention'],
      ['message', 'channel'],
      ['link_shared'],
      ['message', 'message_changed'],
      ['message', 'message_deleted'],
      ['message', 'bot_message', 'B9'],
      ['message', 'im'],
    ]);
    expect(heard[2]).toMatchObject({ links: [{ domain: 'prow.k8s.io', url: 'https://prow.k8s.io/x' }] });
    expect(heard[1]).toMatchObject({ text: expect.stringContaining('<https://prow.k8s.io/x>') as string });
  });

  it('get cards for their own links, of hosts that are the app’s', async () => {
    const { slack, told } = here;
    const { alerts: channel, ana } = slack.places;
    const { ts } = slack.people.say(ana, channel, 'https://prow.k8s.io/x');
    const unfurl = (url: string, more: Fields = {}): Promise<string> =>
      told('chat.unfurl', { channel, ts, unfurls: { [url]: { text: 'x' } }, ...more });
    expect(await unfurl('https://evil.example/x')).toBe('cannot_unfurl_url');
    expect(await unfurl('https://prow.k8s.io/other')).toBe('cannot_unfurl_url');
    expect(await unfurl('https://prow.k8s.io/x', { ts: '1.000001' })).toBe('cannot_find_message');
    expect(await unfurl('https://prow.k8s.io/x')).toBe('ok');
  });
});

describe('files and answers', () => {
  it('are uploaded by the SDK and shown in blocks', async () => {
    const { slack, client, told } = here;
    const { alerts: channel, ana } = slack.places;
    const { ts } = slack.people.say(ana, channel, 'grid?');
    const file = Buffer.from('made-up picture\r\n\r\n--with what looks like a boundary');
    const uploaded = await client.filesUploadV2({
      file,
      filename: 'grid.png',
      alt_text: 'a grid',
      channel_id: channel,
      thread_ts: ts,
    });
    const id = uploaded.files[0]?.files?.[0]?.id ?? '';
    expect(slack.world.uploads.get(id)).toMatchObject({ bytes: file, alt: 'a grid', completed: true });
    expect((await client.conversations.replies({ channel, ts })).messages?.at(-1)?.['files']).toMatchObject([{ id }]);
    const shown = { type: 'image', slack_file: { id }, alt_text: 'a grid' };
    expect(await told('chat.postMessage', { channel, text: 'x', blocks: [shown] })).toBe('ok');
    expect(Buffer.from(await (await fetch(`${slack.world.origin}/files/${id}`)).arrayBuffer())).toEqual(file);
    expect(await told('files.completeUploadExternal', { files: [{ id: 'F404' }] })).toBe('file_not_found');
  });

  it('go to a response_url five times within half an hour, in place of the message or beside it', async () => {
    const { slack } = here;
    const { alerts: channel, ana } = slack.places;
    const { ts } = await here.client.chat.postMessage({ channel, text: 'clicked on' });
    const url = responseUrl(slack.world, ana, channel, ts ?? '');
    const send = async (body: Fields): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return [response.status, ((await response.json()) as Fields)['error']];
    };
    expect(await send({ text: 'instead', replace_original: true })).toEqual([200, undefined]);
    expect(slack.world.messages.get(`${channel}:${ts ?? ''}`)?.text).toBe('instead');
    expect(await send({ blocks: [{ type: 'x' }] })).toEqual([404, 'invalid_blocks']);
    expect(await send({ delete_original: true })).toEqual([200, undefined]);
    expect(slack.world.messages.has(`${channel}:${ts ?? ''}`)).toBe(false);
    await send({ text: 'four' });
    await send({ text: 'five' });
    expect(await send({ text: 'six' })).toEqual([404, 'used_url']);
  });

  it('are read from JSON bodies too', async () => {
    const { slack } = here;
    const api = async (body: string): Promise<unknown> => {
      const headers = {
        authorization: `Bearer ${slack.world.tokens.bot}`,
        'content-type': 'application/json; charset=utf-8',
      };
      const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
      return ((await response.json()) as Fields)['error'];
    };
    expect(await api(JSON.stringify({ channel: slack.places.alerts, text: 'x', unfurl_links: false }))).toBeUndefined();
    expect(Array.from(slack.world.messages.values()).at(-1)?.unfurlLinks).toBe(false);
    expect(await api('{')).toBe('invalid_json');
  });
});
