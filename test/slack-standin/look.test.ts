// What tests look for in messages: mentions that ring, links that can be clicked, the same thing said twice.
import { describe, expect, it } from 'vitest';
import { Faults } from '../../evals/slack/faults.ts';
import { duplicates, links, liveMentions, plainText, threadTexts } from '../../evals/slack/look.ts';
import { post } from '../../evals/slack/messages.ts';
import type { Fields } from '../../evals/slack/schema.ts';
import { addChannel, newWorld, type Message, type World } from '../../evals/slack/world.ts';

function say(world: World, text: string, blocks: readonly Fields[] = [], more: Fields = {}): Message {
  const channel = Array.from(world.channels.keys())[0] ?? addChannel(world, { name: 'alerts' });
  return post(world, { channel, user: world.bot.userId, botId: world.bot.botId, text, blocks, ...more });
}
const world = (): World => newWorld({ clock: () => 1_000 });
const section = (text: string, type = 'mrkdwn'): Fields => ({ type: 'section', text: { type, text } });
const rich = (element: Fields): Fields => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [element] }],
});

describe('live mentions', () => {
  it.each<[what: string, text: string, blocks: Fields[], found: string[]]>([
    ['in the text', 'hi <@U1|ana> <!here> <!subteam^S1|@team>', [], ['<@U1|ana>', '<!here>', '<!subteam^S1|@team>']],
    ['not when escaped', 'hi &lt;@U1&gt; @here', [], []],
    ['in markup', '', [section('<!channel>')], ['<!channel>']],
    ['in markdown', '', [{ type: 'markdown', text: 'so <@U1>' }], ['<@U1>']],
    ['not in plain text', '', [section('<@U1>', 'plain_text')], []],
    ['as an element', '', [rich({ type: 'user', user_id: 'U1' })], ['U1']],
    ['as a broadcast', '', [rich({ type: 'broadcast', range: 'here' })], ['here']],
    ['not as a date', '<!date^1^{date}|x>', [], []],
  ])('are found %s', (_what, text, blocks, found) => {
    expect(liveMentions(say(world(), text, blocks))).toEqual(found);
  });
});

describe('links', () => {
  it('are found in texts, elements, buttons, images and cards', () => {
    const here = world();
    const message = say(here, '<https://a.org/?x=1&amp;y=2|a>', [
      { type: 'markdown', text: '[b](https://b.org/1) https://c.org.' },
      rich({ type: 'link', url: 'https://d.org' }),
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'https://no.org' }, url: 'https://e.org' }],
      },
      { type: 'image', image_url: 'https://f.org/x.png', alt_text: 'x' },
    ]);
    message.unfurls.set('https://a.org', { blocks: [section('https://g.org')] });
    expect(links(message).map((link) => new URL(link).hostname.slice(0, 1))).toEqual([
      'a',
      'b',
      'c',
      'g',
      'd',
      'e',
      'f',
    ]);
    expect(plainText(message).split('\n')).toContain('https://no.org');
  });
});

describe('duplicates', () => {
  it('are told by metadata, or else by what is said', () => {
    const here = world();
    const metadata = (key: string): Fields => ({ metadata: { event_type: 'answer', event_payload: { key } } });
    say(here, 'a');
    const twice = say(here, 'a');
    say(here, 'b', [], metadata('1'));
    say(here, 'b', [], metadata('2'));
    const again = say(here, 'c', [], metadata('2'));
    say(here, 'a', [], { ephemeralFor: 'U1' });
    expect(duplicates(here)).toEqual([twice, again]);
    expect(threadTexts(here, twice.channel, twice.ts)).toEqual([{ by: 'whyred', text: 'a' }]);
  });
});

describe('faults', () => {
  it('wait for what they are for, let some pass, and are used up', () => {
    const faults = new Faults<string, string>();
    faults.add('first', { only: (thing) => thing === 'a', after: 1 });
    faults.add('twice', { times: 2 });
    expect(['a', 'b', 'a', 'b'].map((thing) => faults.next(thing))).toEqual(['twice', 'twice', 'first', null]);
    faults.add('always', { times: Infinity });
    expect([faults.next('x'), faults.next('x')]).toEqual(['always', 'always']);
    faults.clear();
    expect(faults.next('x')).toBeNull();
  });
});
