// A made-up afternoon in a channel, with everything the page can show; said through the API alone.
import { call } from '../../evals/slack/api.ts';
import { shortcutOf } from '../../evals/slack/events.ts';
import { post } from '../../evals/slack/messages.ts';
import type { Fields } from '../../evals/slack/schema.ts';
import { addChannel, addUser, directChannel, newWorld, type World } from '../../evals/slack/world.ts';

const plain = (text: string): Fields => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Fields => ({ type: 'mrkdwn', text });
const button = (text: string, action_id: string, more: Fields = {}): Fields => ({
  type: 'button',
  text: plain(text),
  action_id,
  value: action_id,
  ...more,
});
const feedback = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'feedback',
      positive_button: { text: plain('Good answer'), value: 'up' },
      negative_button: { text: plain('Bad answer'), value: 'down' },
    },
  ],
};
/** Eight by four pixels, green and red. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAH0lEQVR42mNgmBYARyc0bCAkiIEsARdFl4CL4pQAsgE3/iBP59uPsAAAAABJRU5ErkJggg==';

/** What the API must take. */
function ask(world: World, method: string, args: Fields): Fields {
  const reply = call(world, world.tokens.bot, method, args);
  if (reply['ok'] !== true) throw new Error(`${method}: ${JSON.stringify(reply)}`);
  return reply;
}

/** The world of the scene; texts may be `hostile`, which the page must show as text. */
export function scene(hostile = 'OAuth <script>alert(1)</script> "quoted" & \'single\''): World {
  let now = Date.UTC(2026, 10, 24, 14, 2);
  const world = newWorld({ clock: () => (now += 200) });
  const ana = addUser(world, { name: 'ana', realName: 'Ana Ortiz' });
  const ben = addUser(world, { name: 'ben', realName: 'Ben Okafor' });
  const alerts = addChannel(world, { name: 'ci-alerts', members: [ana, ben] });
  const dm = directChannel(world, ana);
  const link = 'https://prow.k8s.io/view/gs/logs/e2e-aws/1871';
  const asked = post(world, {
    channel: alerts,
    user: ana,
    text: `<@${world.bot.userId}> why is \`e2e-aws\` red? <${link}>`,
  });
  ask(world, 'chat.unfurl', {
    channel: alerts,
    ts: asked.ts,
    unfurls: {
      [link]: {
        color: '#c01343',
        blocks: [
          {
            type: 'section',
            text: mrkdwn('*e2e-aws #1871* failed after 41 min\nRegression since #1868 · 3 of 812 tests'),
          },
        ],
      },
    },
  });
  streamed(world, alerts, asked.ts, ana, hostile);
  ask(world, 'chat.postEphemeral', {
    channel: alerts,
    user: ana,
    thread_ts: asked.ts,
    text: 'I watch *e2e-aws* now. _Mute_ with `/whyred mute`.',
  });
  post(world, {
    channel: alerts,
    user: ben,
    threadTs: asked.ts,
    text: 'thanks &amp; noted\n&gt; red since run 1868\nlooking at <#' + alerts + '>',
  });
  shapes(world, alerts, hostile);
  const other = post(world, { channel: alerts, user: ben, text: `<@${world.bot.userId}> and e2e-gcp?` });
  const stream = { channel: alerts, thread_ts: other.ts, recipient_team_id: world.team.id, recipient_user_id: ben };
  ask(world, 'agents.sessions.setStatus', { channel_id: alerts, thread_ts: other.ts, status: 'processing' });
  ask(world, 'chat.startStream', {
    ...stream,
    chunks: [
      { type: 'task_update', id: 'grid', title: 'Fetch the grid of e2e-gcp', status: 'complete' },
      { type: 'task_update', id: 'log', title: 'Read build-log.txt of #1880', status: 'in_progress', details: '41 MB' },
    ],
  });
  direct(world, ana, dm);
  views(world, ana);
  return world;
}

function streamed(world: World, channel: string, thread_ts: string, user: string, hostile: string): void {
  const to = {
    channel,
    thread_ts,
    recipient_team_id: world.team.id,
    recipient_user_id: user,
    task_display_mode: 'plan',
  };
  const { ts } = ask(world, 'chat.startStream', {
    ...to,
    chunks: [
      { type: 'plan_update', title: 'Why e2e-aws is red' },
      {
        type: 'task_update',
        id: 'grid',
        title: 'Fetch the grid',
        status: 'complete',
        sources: [{ type: 'url', url: 'https://testgrid.k8s.io/aws#e2e-aws', text: 'TestGrid: e2e-aws' }],
      },
      { type: 'task_update', id: 'log', title: 'Read build-log.txt', status: 'complete', output: '3 failures found' },
      { type: 'task_update', id: 'pods', title: 'Look for podinfo.json', status: 'error', output: 'not there (404)' },
    ],
  });
  ask(world, 'chat.appendStream', {
    channel,
    ts,
    markdown_text: `**Regression since [#1868](https://prow.k8s.io/view/gs/logs/e2e-aws/1868)**, sure: 4 of 4 runs since then fail alike.\n\n- \`TestOAuth/login\` fails with ${hostile}\n- what changed: kubernetes/kubernetes#131072\n\n> build-log.txt:4711 — oauth: server_error\n\n\`\`\`\nI1124 13:58:01 e2e.go:210] oauth: server_error\nF1124 13:58:02 e2e.go:233] giving up after 3 tries\n\`\`\`\n`,
  });
  const upload = ask(world, 'files.getUploadURLExternal', { filename: 'grid.png', length: 88, alt_text: 'grid' });
  const file = world.uploads.get(String(upload['file_id']));
  if (file) file.bytes = Buffer.from(PNG, 'base64');
  ask(world, 'files.completeUploadExternal', { files: [{ id: upload['file_id'], title: 'Grid of e2e-aws' }] });
  ask(world, 'chat.stopStream', {
    channel,
    ts,
    blocks: [
      {
        type: 'image',
        slack_file: { id: upload['file_id'] },
        alt_text: 'Grid of e2e-aws: green until run 1868, red since',
        title: plain('Grid of e2e-aws, last 8 runs'),
      },
      {
        type: 'context',
        elements: [mrkdwn('7 of 7 claims verified'), mrkdwn(':mag: 3 sources'), plain('data of 13:58')],
      },
      {
        type: 'actions',
        elements: [
          button('More', 'more', { style: 'primary' }),
          button('Mute', 'mute'),
          button('Not this job', 'no', { style: 'danger' }),
        ],
      },
      feedback,
    ],
  });
}

/** One of each block. */
function shapes(world: World, channel: string, hostile: string): void {
  const cell = (text: string): Fields => ({ type: 'raw_text', text });
  ask(world, 'chat.postMessage', {
    channel,
    text: 'Digest',
    blocks: [
      { type: 'header', text: plain('Digest of Tuesday') },
      {
        type: 'section',
        text: mrkdwn(`Two of nine jobs are *red*. ${hostile.replaceAll('<', '&lt;')}`),
        accessory: button('Details', 'details'),
      },
      {
        type: 'section',
        fields: [mrkdwn('*e2e-aws*\nregression since #1868'), mrkdwn('*e2e-gcp*\nquota, not the code')],
      },
      { type: 'divider' },
      {
        type: 'table',
        rows: [
          [cell('job'), cell('state'), cell('since')],
          [cell('e2e-aws'), cell('red'), cell('#1868')],
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'bold ', style: { bold: true } },
              { type: 'text', text: 'code', style: { code: true } },
              { type: 'link', url: 'https://testgrid.k8s.io', text: ' a link' },
            ],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'an item' }] }],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'preformatted <b>text</b>' }] },
        ],
      },
      { type: 'alert', level: 'warning', text: mrkdwn('Data of TestGrid is *3 h* old.') },
      {
        type: 'card',
        title: mrkdwn('*e2e-aws*'),
        subtitle: mrkdwn('periodic'),
        body: mrkdwn('red for 4 runs'),
        actions: [button('Open', 'open')],
      },
      {
        type: 'data_visualization',
        title: 'Failures a day',
        chart: {
          type: 'bar',
          series: [
            {
              name: 'e2e',
              data: [
                { label: 'Mon', value: 4 },
                { label: 'Tue', value: 12 },
              ],
            },
          ],
          axis_config: { categories: ['Mon', 'Tue'] },
        },
      },
      { type: 'image', image_url: 'https://example.org/grid.png', alt_text: 'a picture of elsewhere' },
    ],
  });
}

function direct(world: World, user: string, dm: string): void {
  const { ts } = post(world, { channel: dm, user, text: 'compare 1867 and 1868' });
  ask(world, 'chat.postMessage', {
    channel: dm,
    thread_ts: ts,
    markdown_text:
      '## What changed\n\n| | #1867 | #1868 |\n|---|---|---|\n| result | passed | **failed** |\n| duration | 38 min | 41 min |\n\n1. one image\n2. *three* flags\n',
  });
  ask(world, 'assistant.threads.setSuggestedPrompts', {
    channel_id: dm,
    title: 'Ask me',
    prompts: [
      { title: 'What is red today?', message: 'what is red?' },
      { title: 'Is this test flaky?', message: 'flaky?' },
    ],
  });
}

function views(world: World, user: string): void {
  ask(world, 'views.publish', {
    user_id: user,
    view: {
      type: 'home',
      blocks: [
        { type: 'header', text: plain('Watched jobs') },
        {
          type: 'section',
          text: mrkdwn(':red_circle: *e2e-aws* — red since #1868'),
          accessory: button('Mute', 'mute'),
        },
        { type: 'section', text: mrkdwn(':large_green_circle: *e2e-gcp* — green'), accessory: button('Mute', 'mute') },
        { type: 'context', elements: [mrkdwn('Healthy: 12 answers today, p95 9 s')] },
      ],
    },
  });
  const { payload } = shortcutOf(world, user, 'why');
  ask(world, 'views.open', {
    trigger_id: payload['trigger_id'],
    view: {
      type: 'modal',
      title: plain('What was wrong?'),
      submit: plain('Send'),
      blocks: [
        {
          type: 'input',
          block_id: 'what',
          label: plain('What is the right answer?'),
          hint: plain('A sentence is enough.'),
          element: { type: 'plain_text_input', action_id: 'text', multiline: true },
        },
        {
          type: 'input',
          optional: true,
          label: plain('Kind'),
          element: {
            type: 'static_select',
            action_id: 'kind',
            placeholder: plain('Choose'),
            options: [{ text: plain('Flake'), value: 'flake' }],
          },
        },
      ],
    },
  });
  const view = world.modals[0];
  if (view) view.errors = { what: 'Say something.' };
}
