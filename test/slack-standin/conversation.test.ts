// A real Bolt app in the made-up workspace: mentions, commands, shortcuts, modals, App Home, cards, streams.
import { afterEach, describe, expect, it } from 'vitest';
import {
  answersIn,
  duplicates,
  links,
  liveMentions,
  plainText,
  threadTexts,
  unfurling,
} from '../../evals/slack/look.ts';
import { overHttp, overSocket, type Running } from './bolt.ts';

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe.each([
  { transport: 'HTTP', start: overHttp },
  { transport: 'Socket Mode', start: overSocket },
])('a Bolt app over $transport', ({ start }) => {
  it('is mentioned and answers in the thread', async () => {
    running = await start();
    const { slack, app } = running;
    app.event('app_mention', async ({ event, client }) => {
      await client.chat.postMessage({
        channel: event.channel,
        thread_ts: event.thread_ts ?? event.ts,
        text: 'It fails since run 1871.',
        unfurl_links: false,
        unfurl_media: false,
      });
    });

    const said = slack.people.mention(slack.places.ana, slack.places.alerts, 'why is e2e-aws red?');
    const told = await said.told;
    await slack.settled();

    expect(told.map(({ told: { payload } }) => (payload['event'] as { type: string }).type)).toEqual([
      'app_mention',
      'message',
    ]);
    expect(told.every(({ acked }) => acked)).toBe(true);
    await expect.poll(() => answersIn(slack.world, slack.places.alerts, said.ts).length).toBe(1);
    expect(threadTexts(slack.world, slack.places.alerts, said.ts)).toEqual([
      { by: 'ana', text: `<@${slack.world.bot.userId}> why is e2e-aws red?` },
      { by: 'whyred', text: 'It fails since run 1871.' },
    ]);
    expect(unfurling(slack.recorder.calls)).toEqual([]);
    expect(duplicates(slack.world)).toEqual([]);
  });

  it('acks a slash command, and answers it later', async () => {
    running = await start();
    const { slack, app } = running;
    app.command('/whyred', async ({ ack, respond, command }) => {
      await ack('Looking …');
      await respond({ text: `About ${command.text}: green.`, response_type: 'in_channel' });
    });

    const delivery = await slack.people.command(slack.places.ana, slack.places.alerts, '/whyred', 'e2e-aws');

    expect(delivery.acked).toBe(true);
    await expect.poll(() => slack.recorder.of('response_url').length).toBe(1);
    await expect.poll(() => slack.world.messages.size).toBe(2);
    const messages = Array.from(slack.world.messages.values());
    expect(messages.map(({ text, ephemeralFor }) => ({ text, ephemeralFor }))).toEqual(
      expect.arrayContaining([
        { text: 'Looking …', ephemeralFor: slack.places.ana },
        { text: 'About e2e-aws: green.', ephemeralFor: null },
      ]),
    );
  });

  it('opens a modal from a message shortcut, and takes what was filled in', async () => {
    running = await start();
    const { slack, app } = running;
    app.shortcut('why', async ({ ack, client, shortcut }) => {
      await ack();
      await client.views.open({
        trigger_id: shortcut.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'reason',
          title: { type: 'plain_text', text: 'Why not?' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [
            {
              type: 'input',
              block_id: 'why',
              label: { type: 'plain_text', text: 'What was wrong?' },
              element: { type: 'plain_text_input', action_id: 'text' },
            },
          ],
        },
      });
    });
    const got: unknown[] = [];
    app.view('reason', async ({ ack, view }) => {
      const said = view.state.values['why']?.['text']?.value;
      got.push(said);
      if (said === '') await ack({ response_action: 'errors', errors: { why: 'Say something.' } });
      else await ack();
    });

    const { ana, alerts } = slack.places;
    const { ts } = slack.people.say(ana, alerts, 'https://prow.k8s.io/view/gs/logs/e2e/1');
    await slack.people.shortcut(ana, 'why', { channel: alerts, ts });
    await expect.poll(() => slack.world.modals.length).toBe(1);
    const modal = slack.world.modals[0];
    if (!modal) throw new Error('no modal');
    await slack.people.submit(modal, { why: { text: { type: 'plain_text_input', value: '' } } });
    expect(modal).toMatchObject({ state: 'open', errors: { why: 'Say something.' } });
    await slack.people.submit(modal, { why: { text: { type: 'plain_text_input', value: 'wrong job' } } });

    expect(modal.state).toBe('closed');
    expect(got).toEqual(['', 'wrong job']);
  });

  it('publishes App Home when it is opened, and hears its buttons', async () => {
    running = await start();
    const { slack, app } = running;
    app.event('app_home_opened', async ({ event, client }) => {
      const button = {
        type: 'button',
        text: { type: 'plain_text', text: 'Mute' },
        action_id: 'mute',
        value: 'e2e',
      } as const;
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'actions', elements: [button] }] },
      });
    });
    const muted: unknown[] = [];
    app.action('mute', async ({ ack, action }) => {
      muted.push('value' in action ? action.value : null);
      await ack();
    });

    await slack.people.openHome(slack.places.ana, slack.places.anaDm);
    await expect.poll(() => slack.world.homes.size).toBe(1);
    const home = slack.world.homes.get(slack.places.ana);
    if (!home) throw new Error('no home');
    await slack.people.press(slack.places.ana, home, 'mute');

    expect(muted).toEqual(['e2e']);
  });

  it('puts a card under a link that was posted', async () => {
    running = await start();
    const { slack, app } = running;
    app.event('link_shared', async ({ event, client }) => {
      const card = { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*e2e* failed' } }] };
      await client.chat.unfurl({
        channel: event.channel,
        ts: event.message_ts,
        unfurls: Object.fromEntries(event.links.map(({ url }) => [url, card])),
      });
    });

    const link = 'https://prow.k8s.io/view/gs/logs/e2e/1?a=1&b=2';
    const { ts } = slack.people.say(slack.places.ben, slack.places.alerts, `look: ${link}`);

    const message = slack.world.messages.get(`${slack.places.alerts}:${ts}`);
    await expect.poll(() => Array.from(message?.unfurls.keys() ?? [])).toEqual([link]);
    expect(slack.recorder.of('chat.unfurl')[0]?.reply).toEqual({ ok: true });
  });

  it('streams tasks and text to the end, with feedback under them', async () => {
    running = await start();
    const { slack, app } = running;
    app.event('app_mention', async ({ event, client }) => {
      const { channel, ts: thread_ts, user: recipient_user_id } = event;
      await client.agents.sessions.setStatus({ channel_id: channel, thread_ts, status: 'processing' });
      const streamer = client.chatStream({
        channel,
        thread_ts,
        recipient_team_id: slack.world.team.id,
        ...(recipient_user_id ? { recipient_user_id } : {}),
        task_display_mode: 'plan',
      });
      const task = { type: 'task_update', id: 'grid', title: 'Fetch the grid' } as const;
      await streamer.append({
        chunks: [
          { type: 'plan_update', title: 'Reading' },
          { ...task, status: 'in_progress' },
        ],
      });
      const sources = [{ type: 'url', url: 'https://testgrid.k8s.io/e2e', text: 'e2e' }] as const;
      await streamer.append({ chunks: [{ ...task, status: 'complete', sources: [...sources] }] });
      await streamer.append({ markdown_text: 'It fails ' });
      await streamer.append({ markdown_text: 'since **run 1871**.' });
      const button = (text: string, value: string) => ({ text: { type: 'plain_text' as const, text }, value });
      const feedback = {
        type: 'feedback_buttons' as const,
        action_id: 'feedback',
        positive_button: button('Good', 'up'),
        negative_button: button('Bad', 'down'),
      };
      await streamer.stop({
        blocks: [{ type: 'context_actions', elements: [feedback] }],
        session_status: 'active',
        metadata: { event_type: 'answer', event_payload: { key: 'k1' } },
      });
    });
    const pressed: unknown[] = [];
    app.action('feedback', async ({ ack, body }) => {
      pressed.push(body.type);
      await ack();
    });

    const { ana, alerts } = slack.places;
    const { ts } = slack.people.mention(ana, alerts, 'why?');
    await expect.poll(() => slack.recorder.of('chat.stopStream').length).toBe(1);
    const answer = answersIn(slack.world, alerts, ts)[0];
    if (!answer) throw new Error('no answer');

    expect(answer.stream?.state).toBe('stopped');
    expect(answer.blocks.map(({ type }) => type)).toEqual(['plan', 'markdown', 'context_actions']);
    expect(answer.blocks[0]).toMatchObject({ title: 'Reading', tasks: [{ task_id: 'grid', status: 'complete' }] });
    expect(plainText(answer)).toContain('It fails since **run 1871**.');
    expect(links(answer)).toEqual(['https://testgrid.k8s.io/e2e']);
    expect(liveMentions(answer)).toEqual([]);
    expect(slack.world.sessions.get(`${alerts}:${ts}`)?.history).toEqual(['processing', 'active']);
    await slack.people.press(ana, { channel: alerts, ts: answer.ts }, 'feedback', { value: 'down' });
    expect(pressed).toEqual(['block_actions']);
    const read = await app.client.conversations.replies({ channel: alerts, ts, include_all_metadata: true });
    expect(read.messages?.at(-1)).toMatchObject({ metadata: { event_payload: { key: 'k1' } } });
  });

  it('is stopped by who asked', async () => {
    running = await start();
    const { slack, app } = running;
    app.event('agent_session_stopped', async ({ event, client }) => {
      const { channel } = event;
      for (const ts of event.streaming_message_ts)
        await client.chat.stopStream({ channel, ts, markdown_text: '\n\nStopped.', session_status: 'closed' });
    });
    const { ana, anaDm: channel } = slack.places;
    const { ts } = slack.people.say(ana, channel, 'why?');
    await app.client.agents.sessions.setStatus({ channel_id: channel, thread_ts: ts, status: 'processing' });
    await app.client.chat.startStream({ channel, thread_ts: ts, markdown_text: 'Reading …' });

    await slack.people.stop(ana, channel, ts);

    await expect.poll(() => answersIn(slack.world, channel, ts)[0]?.text).toBe('Reading …\n\nStopped.');
    expect(slack.world.sessions.get(`${channel}:${ts}`)?.history).toEqual(['processing', 'closed']);
  });
});
