// The page in Chromium: accessible by axe in both schemes and on a phone, and it asks nobody for anything.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../../src/digest/gather.ts';
import { digestPage } from '../../../src/digest/html/page.ts';
import { memoryCache } from '../../../src/sources/cache.ts';
import { parseConfig } from '../../../src/sources/config.ts';
import { createSources } from '../../../src/sources/sources.ts';
import { chromiumPath, startChromium, type Browser } from '../../support/chromium.ts';
import { startDemo } from '../../support/demo.ts';

const path = chromiumPath();
if (path === null) console.log('skipped: the summary in Chromium (there is no chromium on this machine)');
const DAY = 24 * 3_600_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.skipIf(path === null)('the page of a summary in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whyred-page-'));
  const url = pathToFileURL(join(folder, 'summary.html')).href;
  let browser: Browser;
  beforeAll(async () => {
    const { world, server } = await startDemo();
    const clock = (): number => world.now;
    const sources = createSources({ config: parseConfig({}, server.url), cache: memoryCache(), clock });
    const window = { from: world.now - DAY, to: world.now };
    const { digest, pictures } = await gather(['sig-*', 'redhat-*'], {
      sources,
      clock,
      window,
      limit: 100,
      draw: true,
    });
    writeFileSync(join(folder, 'summary.html'), digestPage(digest, pictures));
    await sources.close();
    await server.close();
    browser = await startChromium(path ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['desktop', 1280, 'light'],
    ['desktop', 1280, 'dark'],
    ['phone', 390, 'light'],
    ['phone', 390, 'dark'],
  ] as const)('is accessible on a %s of %i pixels, %s, everything opened', async (_, width, scheme) => {
    await browser.scheme(scheme);
    await browser.open(url, { width, height: 800 });
    await browser.until(url, 'document.readyState === "complete"');
    await browser.evaluate(url, 'for (const one of document.querySelectorAll("details")) one.open = true');
    await browser.evaluate(url, axe.source);

    const found = await browser.evaluate(
      url,
      `axe.run({ runOnly: ${JSON.stringify(RULES)} }).then(({ violations, passes }) => ({
        passes: passes.length,
        violations: violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' ')),
      }))`,
    );

    expect(found).toMatchObject({ violations: [] });
    expect((found as { passes: number }).passes).toBeGreaterThan(15);
    expect(await browser.evaluate(url, 'document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('asks nobody for anything, and nothing in it complains', () => {
    expect(browser.requests.filter((asked) => asked !== url && !asked.startsWith('data:'))).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
