// What Slack refuses of the blocks of a message, each limit at its edge and one beyond it, through a real client.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from '../../evals/slack/schema.ts';
import { asking, many, mrkdwn, plain, section, x, type Asking } from './asking.ts';

let here: Asking;
beforeAll(async () => {
  here = await asking();
});
afterAll(() => here.slack.close());

const posted = (args: Fields): Promise<string> =>
  here.told('chat.postMessage', { channel: here.slack.places.alerts, ...args });
const button = (more: Fields = {}): Fields => ({ type: 'button', text: plain(5), ...more });
const actions = (...elements: unknown[]): Fields => ({ type: 'actions', elements });
const image = (more: Fields): Fields => ({ type: 'image', image_url: 'https://example.org/x.png', ...more });
const raw = (text: string): Fields => ({ type: 'raw_text', text });
const rows = (count: number, columns: number, text = 'x'): unknown[] =>
  many(count, () => many(columns, () => raw(text)));
const chart = (series: number, points: number): Fields => ({
  type: 'data_visualization',
  title: 'Failures',
  chart: {
    type: 'bar',
    series: many(series, () => ({ name: 'e2e', data: many(points, () => ({ label: 'Mon', value: 1 })) })),
    axis_config: { categories: ['Mon'] },
  },
});
const choice = { text: plain(3), value: 'x' };
const verdicts = {
  positive_button: { text: plain(4), value: 'up' },
  negative_button: { text: plain(4), value: 'down' },
};
const at = (pointer: string, message: string): string => `[ERROR] ${message} [json-pointer:/blocks${pointer}]`;

describe('blocks of a message', () => {
  it.each<[what: string, taken: unknown[], refused: unknown[], why: string]>([
    [
      '50 blocks',
      many(50, () => ({ type: 'divider' })),
      many(51, () => ({ type: 'divider' })),
      at('', 'no more than 50 items allowed'),
    ],
    ['a section', [section(3_000)], [section(3_001)], at('/0/text/text', 'must be less than 3001 characters')],
    ['a section that says nothing', [section(1)], [section(0)], at('/0/text/text', 'must be more than 0 characters')],
    [
      'a section without text',
      [{ type: 'section', fields: [mrkdwn(1)] }],
      [{ type: 'section' }],
      at('/0', 'must provide text or fields'),
    ],
    [
      'fields',
      [{ type: 'section', fields: many(10, () => mrkdwn(5)) }],
      [{ type: 'section', fields: many(11, () => mrkdwn(5)) }],
      at('/0/fields', 'no more than 10 items allowed'),
    ],
    [
      'a field',
      [{ type: 'section', fields: [mrkdwn(2_000)] }],
      [{ type: 'section', fields: [mrkdwn(2_001)] }],
      at('/0/fields/0/text', 'must be less than 2001 characters'),
    ],
    [
      'a header',
      [{ type: 'header', text: plain(150) }],
      [{ type: 'header', text: plain(151) }],
      at('/0/text/text', 'must be less than 151 characters'),
    ],
    [
      'a header of plain text',
      [{ type: 'header', text: plain(5) }],
      [{ type: 'header', text: mrkdwn(5) }],
      at('/0/text/type', 'must be a valid enum value'),
    ],
    [
      'a context',
      [{ type: 'context', elements: many(10, () => mrkdwn(5)) }],
      [{ type: 'context', elements: many(11, () => mrkdwn(5)) }],
      at('/0/elements', 'no more than 10 items allowed'),
    ],
    [
      'a button',
      [actions(button({ text: plain(75) }))],
      [actions(button({ text: plain(76) }))],
      at('/0/elements/0/text/text', 'must be less than 76 characters'),
    ],
    [
      'the value of a button',
      [actions(button({ value: x(2_000) }))],
      [actions(button({ value: x(2_001) }))],
      at('/0/elements/0/value', 'must be less than 2001 characters'),
    ],
    [
      'an action_id',
      [actions(button({ action_id: x(255) }))],
      [actions(button({ action_id: x(256) }))],
      at('/0/elements/0/action_id', 'must be less than 256 characters'),
    ],
    [
      'action_ids once',
      [actions(button({ action_id: 'a' }))],
      [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
      at('/0/elements', '`action_id` already exists for another element'),
    ],
    [
      'block_ids once',
      [{ type: 'divider', block_id: 'a' }],
      many(2, () => ({ type: 'divider', block_id: 'a' })),
      at('/1/block_id', '`block_id` already exists for another block'),
    ],
    [
      'actions',
      [actions(...many(25, () => button()))],
      [actions(...many(26, () => button()))],
      at('/0/elements', 'no more than 25 items allowed'),
    ],
    [
      'an image with alt_text',
      [image({ alt_text: 'a grid' })],
      [image({})],
      at('/0', 'missing required field: alt_text'),
    ],
    [
      'an image of something',
      [image({ alt_text: 'x' })],
      [{ type: 'image', alt_text: 'x' }],
      at('/0', 'must provide either image_url or slack_file'),
    ],
    [
      'a file that is there',
      [image({ alt_text: 'x' })],
      [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }],
      at('/0/slack_file', 'invalid slack file'),
    ],
    [
      'an overflow',
      [actions({ type: 'overflow', options: many(5, () => choice) })],
      [actions({ type: 'overflow', options: many(6, () => choice) })],
      at('/0/elements/0/options', 'no more than 5 items allowed'),
    ],
    [
      'a markdown block',
      [{ type: 'markdown', text: x(12_000) }],
      [{ type: 'markdown', text: x(12_001) }],
      at('/0/text', 'must be less than 12001 characters'),
    ],
    [
      'markdown blocks together',
      many(2, () => ({ type: 'markdown', text: x(6_000) })),
      many(2, () => ({ type: 'markdown', text: x(6_001) })),
      at('', 'markdown blocks must be less than 12001 characters together'),
    ],
    [
      'rows of a table',
      [{ type: 'table', rows: rows(100, 2) }],
      [{ type: 'table', rows: rows(101, 2) }],
      at('/0/rows', 'no more than 100 items allowed'),
    ],
    [
      'columns of a table',
      [{ type: 'table', rows: rows(2, 20) }],
      [{ type: 'table', rows: rows(2, 21) }],
      at('/0/rows/0', 'no more than 20 items allowed'),
    ],
    [
      'characters of a table',
      [{ type: 'table', rows: rows(100, 10, x(10)) }],
      [{ type: 'table', rows: rows(100, 10, x(11)) }],
      at('', 'tables must be less than 10001 characters together'),
    ],
    [
      'a data_table',
      [{ type: 'data_table', caption: 'Jobs', rows: rows(101, 2) }],
      [{ type: 'data_table', caption: 'Jobs', rows: rows(102, 2) }],
      at('/0/rows', 'no more than 101 items allowed'),
    ],
    [
      'a data_table with a caption',
      [{ type: 'data_table', caption: 'Jobs', rows: rows(2, 1) }],
      [{ type: 'data_table', rows: rows(2, 1) }],
      at('/0', 'missing required field: caption'),
    ],
    [
      'even rows',
      [{ type: 'data_table', caption: 'Jobs', rows: rows(2, 2) }],
      [{ type: 'data_table', caption: 'Jobs', rows: [...rows(1, 2), ...rows(1, 1)] }],
      at('/0', 'all rows must have the same number of values'),
    ],
    ['series of a chart', [chart(12, 1)], [chart(13, 1)], at('/0/chart/series', 'no more than 12 items allowed')],
    [
      'points of a chart',
      [chart(1, 20)],
      [chart(1, 21)],
      at('/0/chart/series/0/data', 'no more than 20 items allowed'),
    ],
    [
      'charts',
      [chart(1, 1), chart(1, 1)],
      many(3, () => chart(1, 1)),
      at('', 'no more than 2 data_visualization blocks allowed'),
    ],
    [
      'a card',
      [{ type: 'card', body: mrkdwn(200) }],
      [{ type: 'card', body: mrkdwn(201) }],
      at('/0/body/text', 'must be less than 201 characters'),
    ],
    [
      'an alert',
      [{ type: 'alert', text: mrkdwn(5), level: 'error' }],
      [{ type: 'alert', text: mrkdwn(5), level: 'red' }],
      at('/0/level', 'must be a valid enum value'),
    ],
    [
      'a task',
      [{ type: 'task_card', task_id: 'a', title: 'A', status: 'complete' }],
      [{ type: 'task_card', task_id: 'a', title: 'A', status: 'done' }],
      at('/0/status', 'must be a valid enum value'),
    ],
    ['a plan', [{ type: 'plan', title: 'A' }], [{ type: 'plan' }], at('/0', 'missing required field: title')],
    [
      'feedback',
      [{ type: 'context_actions', elements: [{ type: 'feedback_buttons', ...verdicts }] }],
      [{ type: 'context_actions', elements: [button()] }],
      at('/0/elements/0/type', 'unsupported type: button'),
    ],
    ['a known type', [{ type: 'divider' }], [{ type: 'sparkline' }], at('/0/type', 'unsupported type: sparkline')],
    [
      'known fields',
      [{ type: 'divider' }],
      [{ type: 'divider', colour: 'red' }],
      at('/0', 'invalid additional property: colour'),
    ],
    [
      'an address',
      [actions(button({ url: 'https://x.org' }))],
      [actions(button({ url: 'javascript:x' }))],
      at('/0/elements/0/url', 'must be a valid URL'),
    ],
  ])('hold %s', async (_what, taken, refused, why) => {
    expect(await posted({ text: 'x', blocks: taken })).toBe('ok');
    expect(await posted({ text: 'x', blocks: refused })).toContain(`invalid_blocks`);
    expect(await posted({ text: 'x', blocks: refused })).toContain(why);
  });

  it('are held to what they say together', async () => {
    expect(await posted({ text: 'x', blocks: many(4, () => section(3_000)) })).toBe('ok');
    expect(await posted({ text: 'x', blocks: many(5, () => section(2_700)) })).toBe('msg_blocks_too_long');
  });
});
