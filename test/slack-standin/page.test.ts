// The page of the conversation: everything on it, nothing from elsewhere, and every text as text.
import fc from 'fast-check';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { mrkdwn } from '../../evals/slack/render/inline.ts';
import { markdown } from '../../evals/slack/render/markdown.ts';
import { renderConversation } from '../../evals/slack/render/page.ts';
import { expireStreams } from '../../evals/slack/streams.ts';
import { chromiumPath, startChromium } from '../support/chromium.ts';
import { scene } from './scene.ts';

/** What is left of a page when its tags are taken out and it has no other. */
const TAG =
  /<\/?(?:a|article|aside|b|blockquote|body|br|button|caption|code|div|em|figcaption|figure|footer|h2|head|hr|html|i|img|label|li|main|meta|ol|p|path|pre|s|section|small|span|style|svg|table|td|th|title|tr|ul)(?:\s+(?:[a-zA-Z-]+)(?:="[^"<>]*")?)*\s*\/?>/g;
const untagged = (page: string): string =>
  page
    .replace('<!doctype html>', '')
    .replace(/<style>[^<]*<\/style>/, '')
    .replaceAll(TAG, '');
const handlers = (page: string): string[] => page.match(/<[^<>]*\s(?:on\w+|srcdoc|formaction)\s*=/gi) ?? [];

const WORDS = [
  '<script>',
  '</pre>',
  '"><img src=x onerror=1>',
  "'",
  '&lt;',
  '&amp;lt;',
  '```',
  '`',
  '*',
  '_',
  '~',
  '<',
  '>',
  '|',
];
const LINKS = [
  '<javascript:alert(1)|x>',
  '[a](javascript:1)',
  '<https://x.org"onclick=1|y>',
  'https://x.org/"><b',
  '<@U1>',
  '<!here>',
];
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS, ...LINKS, '\n', '> ', '- ', '# ', '| a | b |', ' ', 'word'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

describe('the page', () => {
  it('shows everything that was said and is open', () => {
    const page = renderConversation(scene());
    for (const text of [
      '# ci-alerts',
      '@whyred',
      'Only visible to Ana Ortiz',
      'Why e2e-aws is red',
      'Grid of e2e-aws: green until run 1868, red since',
      'Good answer',
      'Digest of Tuesday',
      'not there (404)',
      '● writing …',
      'is working …',
      'App Home of Ana Ortiz',
      'What was wrong?',
      'Say something.',
      'What is red today?',
      '3 replies',
    ])
      expect(page, text).toContain(text);
    expect(page).toContain('<td>failed</td>'.replace('failed', '<b>failed</b>'));
  });

  it('tells of a stream that Slack ended', () => {
    const world = scene();
    expireStreams(world);
    expect(renderConversation(world)).toContain('stream ended by Slack after five minutes');
  });

  it('shows what one user sees, and the channels that are asked for', () => {
    const world = scene();
    const [, , ben] = Array.from(world.users.keys());
    const alerts = Array.from(world.channels.values()).find(({ name }) => name === 'ci-alerts');
    const page = renderConversation(world, { viewer: ben ?? '', channels: [alerts?.id ?? ''], title: 'A <title>' });
    expect(page).not.toContain('Only visible to');
    expect(page).not.toContain('compare 1867');
    expect(page).toContain('<title>A &lt;title&gt;</title>');
  });

  it('needs nothing from elsewhere', () => {
    const page = renderConversation(scene());
    expect(Array.from(page.matchAll(/\ssrc="([^"]{0,22})/g), ([, src]) => src)).toEqual(['data:image/png;base64,']);
    expect(page).not.toMatch(/url\(|@import|<link|<script/);
  });

  it('shows hostile text as text, wherever it stands', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const world = scene(text.slice(0, 300));
        const page = renderConversation(world);
        expect(untagged(page)).not.toMatch(/[<>]/);
        expect(handlers(page)).toEqual([]);
        expect(page).not.toMatch(/href="(?!https?:|mailto:)/);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps markup and markdown apart from HTML', () => {
    const world = scene();
    fc.assert(
      fc.property(hostile, (text) => {
        for (const { source } of [mrkdwn(world, text), markdown(world, text)]) {
          expect(untagged(source)).not.toMatch(/[<>]/);
          expect(handlers(source)).toEqual([]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['*bold* _it_ ~no~ `code`', '<b>bold</b> <i>it</i> <s>no</s> <code>code</code>'],
    ['snake_case_name and a*b*c', 'snake_case_name and a*b*c'],
    [
      '<https://x.org/?a=1&amp;b=2|here>',
      '<a href="https://x.org/?a=1&amp;b=2" rel="noreferrer noopener" target="_blank">here</a>',
    ],
    ['&lt;@U1&gt; 5 &gt; 3 &amp;amp;', '&lt;@U1&gt; 5 &gt; 3 &amp;amp;'],
    ['> one\n> two\nthree', '<blockquote>one<br />two</blockquote>three'],
    ['```\na *b*\n```', '<pre>a *b*\n</pre>'],
    ['<!date^1^{date}|today>', '<span title="!date^1^{date}">today</span>'],
    ['10:30:45 :x:', '10:30:45 <span style="color:#c01343" title=":x:">✘</span>'],
  ])('shows markup as Slack does: %s', (text, shown) => {
    expect(mrkdwn(scene(), text).source).toBe(shown);
  });
});

const chromium = chromiumPath();
if (chromium === null) console.log('no Chromium: the page is not looked at');
describe.skipIf(chromium === null)('the page in Chromium', () => {
  it('is drawn without asking for anything and without a complaint, at two widths', { timeout: 30_000 }, async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/' ? 200 : 204, { 'content-type': 'text/html; charset=utf-8' });
      response.end(request.url === '/' ? renderConversation(scene()) : '');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const browser = await startChromium(chromium ?? '');
    for (const width of [1_280, 420]) {
      await browser.open(url, { width, height: 900 });
      await browser.until(url, 'document.readyState === "complete"');
      const sizes = `({ across: document.documentElement.scrollWidth, picture: document.querySelector('img').naturalWidth })`;
      expect(await browser.evaluate(url, sizes)).toEqual({ across: width, picture: 8 });
    }
    await browser.close();
    server.closeAllConnections();
    server.close();
    expect(
      browser.requests.filter(
        (asked) => !asked.startsWith('data:') && asked !== url && !asked.endsWith('/favicon.ico'),
      ),
    ).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
