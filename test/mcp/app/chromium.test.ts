// The page in Chromium, inside a stand-in client that gives it the sandbox of the specification.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gridPage } from '../../../src/mcp/app/page.ts';
import { wireError, wireResult } from '../../../src/mcp/wire.ts';
import { memoryCache } from '../../../src/sources/cache.ts';
import { parseConfig } from '../../../src/sources/config.ts';
import { createSources } from '../../../src/sources/sources.ts';
import decodeGrid from '../../../tools/decode-grid.ts';
import { startAppHost, type AppHost, type HostSetting } from '../../support/app-host.ts';
import { chromiumPath, startChromium, type Browser } from '../../support/chromium.ts';
import { startDemo, type Demo } from '../../support/demo.ts';

const path = chromiumPath();
if (path === null) console.log('skipped: the page in Chromium (there is no chromium on this machine)');

interface Told {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: unknown;
}

describe.skipIf(path === null)('the page in Chromium', () => {
  let demo: Demo;
  let host: AppHost;
  let browser: Browser;
  /** The result of the demo world's grid with as many runs as a call has, and with few. */
  let real: object;
  let few: object;

  beforeAll(async () => {
    demo = await startDemo();
    const clock = (): number => demo.world.now;
    const sources = createSources({ config: parseConfig({}, demo.server.url), cache: memoryCache(), clock });
    const context = { sources, clock, progress: (): void => undefined };
    real = wireResult(await decodeGrid.call({ job: DEMO_JOB }, context));
    few = wireResult(await decodeGrid.call({ job: DEMO_JOB, runs: 12 }, context));
    await sources.close();
    host = await startAppHost(gridPage());
    browser = await startChromium(path ?? '');
  });
  afterAll(async () => {
    await browser.close();
    await host.close();
    await demo.server.close();
  });

  const inPage = (expression: string): Promise<unknown> => browser.evaluate(host.frame, expression);
  const textOf = (selector: string): Promise<unknown> =>
    inPage(`document.querySelector(${JSON.stringify(selector)}).innerText`);
  const got = async (): Promise<Told[]> => (await browser.evaluate(host.url, 'window.got')) as Told[];
  const tell = (message: object): Promise<unknown> =>
    browser.evaluate(host.url, `window.tell(${JSON.stringify(message)})`);
  const opened = async (): Promise<unknown[]> =>
    (await got()).filter(({ method }) => method === 'ui/open-link').map(({ params }) => params?.['url']);
  const show = async (more: Partial<HostSetting>, ready = '!!document.querySelector("table")'): Promise<void> => {
    const capabilities = { openLinks: {}, serverTools: {} };
    host.set({ capabilities, context: { theme: 'light' }, input: { job: DEMO_JOB }, result: real, ...more });
    await browser.open(host.url, { width: 1000, height: 700 });
    await browser.until(host.frame, ready);
  };
  const middleOf = async (selector: string): Promise<[number, number]> =>
    (await inPage(`(() => {
      const cell = document.querySelector(${JSON.stringify(selector)});
      cell.scrollIntoView({ block: 'center', inline: 'center' });
      const { x, y, width, height } = cell.getBoundingClientRect();
      return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done([x + width / 2, y + height / 2]))));
    })()`)) as [number, number];

  it('shakes hands as the specification has it, and tells its size', async () => {
    await show({});
    await browser.until(
      host.url,
      'window.got.some(({ method, params }) => /size/.test(method) && params.height > 200)',
    );
    const [first, second] = await got();

    expect(first).toMatchObject({
      method: 'ui/initialize',
      params: { protocolVersion: '2026-01-26', appInfo: { name: 'whyred' } },
    });
    expect(second).toMatchObject({ method: 'ui/notifications/initialized' });
    await tell({ id: 'a', method: 'ping' });
    await tell({ id: 'b', method: 'ui/resource-teardown', params: {} });
    await browser.until(host.url, `window.got.filter(({ id }) => id === 'a' || id === 'b').length === 2`);
    expect((await got()).slice(-2)).toEqual(['a', 'b'].map((id) => ({ jsonrpc: '2.0', id, result: {} })));
  });

  it('shows the grid of the demo world: rows by class, runs, events, marks', async () => {
    await show({});

    expect(await textOf('h1')).toMatch(/regressed/);
    expect(await textOf('#classes')).toMatch(/regression/);
    expect(await inPage('document.querySelectorAll("tr.runs .run").length')).toBe(30);
    expect(await inPage('document.querySelector("tbody:not(.whole) th span").innerText')).toMatch(/regression \d/);
    expect(await inPage('document.querySelectorAll("tr.row td.fail").length')).toBeGreaterThan(3);
    expect(await inPage('document.querySelectorAll("td.first").length')).toBeGreaterThan(0);
    // Passing tests wait behind their chip.
    const passing = '[...document.querySelectorAll(".chip")].find((chip) => /^passing/.test(chip.innerText))';
    const rows = '[...document.querySelectorAll("tr.row")].filter((row) => row.offsetHeight > 0).length';
    const before = (await inPage(rows)) as number;
    await inPage(`${passing}.click()`);
    expect(await inPage(rows)).toBeGreaterThan(before);
    expect(await inPage(`${passing}.getAttribute("aria-pressed")`)).toBe('true');
  });

  it('says under the pointer what a cell says, and opens its run', async () => {
    await show({});
    const at = await middleOf('tbody:nth-of-type(2) td.fail');
    await browser.mouse('move', ...at);
    await browser.until(host.frame, '!document.getElementById("hint").hidden');

    expect(await textOf('#hint')).toMatch(/^failed/);
    expect(await textOf('#hint .message')).not.toBe('');
    await browser.mouse('click', ...at);
    await browser.until(host.url, 'window.got.some(({ method }) => method === "ui/open-link")');
    expect(await opened()).toEqual([expect.stringMatching(/^https:\/\/[\w.]+\/view\/gs\/.*\/\d+$/)]);
  });

  it('tells a finger first, and opens from what it told', async () => {
    await show({});
    await browser.tap(...(await middleOf('tbody:nth-of-type(2) td.fail')));
    await browser.until(host.frame, '!!document.querySelector("#hint.pinned button")');
    expect(await opened()).toEqual([]);
    const button = (await inPage(
      '(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.querySelector("#hint button").getBoundingClientRect())',
    )) as [number, number];
    await browser.tap(...button);
    await browser.until(host.url, 'window.got.some(({ method }) => method === "ui/open-link")');
    expect(await opened()).toHaveLength(1);
    await browser.tap(5, 5);
    await browser.until(host.frame, 'document.getElementById("hint").hidden');
  });

  it('is one stop for the keyboard, with arrow keys inside', async () => {
    await show({});
    const here = (): Promise<unknown> =>
      inPage('[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]');
    expect(await inPage('document.querySelectorAll("table [tabindex=\\"0\\"]").length')).toBe(1);
    await inPage('document.querySelector("table [tabindex=\\"0\\"]").focus()');
    const [row, column] = (await here()) as [number, number];
    await browser.key('ArrowRight', 39);
    await browser.key('ArrowDown', 40);
    expect(await here()).toEqual([row + 1, column + 1]);
    await browser.key('End', 35);
    expect(await here()).toEqual([row + 1, 30]);
    expect(await inPage('document.getElementById("hint").hidden')).toBe(false);
    await browser.key('Escape', 27);
    expect(await inPage('document.getElementById("hint").hidden')).toBe(true);
    await browser.key('Home', 36);
    await browser.key('Enter', 13);
    await browser.until(host.url, 'window.got.some(({ method }) => method === "ui/open-link")');
    expect(await opened()).toEqual([expect.stringMatching(/^https:\/\/testgrid\.k8s\.io\/.*include-filter-by-regex=/)]);
  });

  it('asks for more through the client, where that is allowed', async () => {
    await show({ input: { job: DEMO_JOB, runs: 12 }, result: few });
    expect(await textOf('#actions')).toMatch(/More runs/);
    await inPage('[...document.querySelectorAll(".action")].find((b) => b.innerText === "More runs").click()');
    await browser.until(host.url, 'window.got.some(({ method }) => method === "tools/call")');
    const call = (await got()).find(({ method }) => method === 'tools/call');
    expect(call?.params).toEqual({ name: 'decode_grid', arguments: { job: DEMO_JOB, runs: 24 } });

    await show({ capabilities: {}, result: few });
    expect(await inPage('document.querySelectorAll(".action").length')).toBe(0);
  });

  it('has links of the browser where the client opens none, to the two sites of the job alone', async () => {
    await show({ capabilities: {} });
    const links = (await inPage(
      '[...document.querySelectorAll("a")].map(({ href, rel, target }) => [new URL(href).origin, rel, target].join(" "))',
    )) as string[];

    expect(links.length).toBeGreaterThan(10);
    expect([...new Set(links)]).toEqual(['https://testgrid.k8s.io noopener noreferrer _blank']);
    await browser.mouse('click', ...(await middleOf('tbody:nth-of-type(2) td.fail')));
    expect(await opened()).toEqual([]);
  });

  it('follows the client in theme and colours', async () => {
    const variables = { '--color-background-primary': '#101010', '--evil': 'url(https://evil.example/)' };
    await show({ context: { theme: 'dark', styles: { variables } } });
    const ground = 'getComputedStyle(document.documentElement).backgroundColor';

    expect(await inPage(ground)).toBe('rgb(16, 16, 16)');
    expect(await inPage('getComputedStyle(document.documentElement).getPropertyValue("--evil")')).toBe('');
    await tell({ method: 'ui/notifications/host-context-changed', params: { theme: 'light', styles: {} } });
    await browser.until(host.frame, 'getComputedStyle(document.documentElement).colorScheme === "light"');
  });

  it('waits quietly, says when the call was cancelled, and shows text where there is no grid', async () => {
    await show({ result: null }, 'document.body.innerText.includes("Waiting")');
    await tell({ method: 'ui/notifications/tool-cancelled', params: { reason: 'no more' } });
    await browser.until(host.frame, 'document.body.innerText.includes("cancelled")');
    await show(
      { result: wireError({ failed: 'there is no <b>job</b>', known: [], next: [], retry: false }) },
      '!document.getElementById("plain").hidden',
    );
    expect(await textOf('#plain')).toContain('<b>job</b>');
    await show(
      { result: { content: [{ type: 'text', text: 'of an older server' }] } },
      '!document.getElementById("plain").hidden',
    );
    expect(await textOf('#plain')).toBe('of an older server');
  });

  it('listens to nobody but the client around it', async () => {
    await show({ result: null }, 'document.body.innerText.includes("Waiting")');
    await inPage(
      'new Promise((done) => { window.postMessage({ jsonrpc: "2.0", method: "ui/notifications/tool-cancelled", params: {} }, "*"); setTimeout(done, 50); })',
    );
    expect(await textOf('body')).toContain('Waiting');
  });

  it('shows hostile names as text: nothing runs, nothing is asked for, no other link opens', async () => {
    const before = { requests: browser.requests.length, asked: host.asked.length, said: browser.complaints.length };
    await show({ result: hostile() });
    await show({ result: hostile(), capabilities: {} });

    expect(await textOf('tbody:nth-of-type(1) tr.row')).toContain('<img src=x onerror=');
    expect(
      await inPage('document.querySelectorAll("img, script:not(:last-child), iframe, object, svg, b:empty").length'),
    ).toBe(0);
    expect(await inPage('typeof window.pwned')).toBe('undefined');
    expect(await inPage('[...document.querySelectorAll("a[href]")].map(({ href }) => href)')).toEqual([]);
    expect(await inPage('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    for (const selector of ['tr.row td', 'tr.row th', 'tr.runs .run', '#grid']) {
      const at = await middleOf(selector);
      await browser.mouse('click', ...at);
    }
    expect(await opened()).toEqual([]);
    const asked = browser.requests.slice(before.requests).map((url) => new URL(url));
    expect(
      asked.filter(({ protocol, pathname }) => protocol !== 'data:' && !/^\/(?:host|page)$/.test(pathname)),
    ).toEqual([]);
    expect(host.asked.slice(before.asked)).toEqual(['/host', '/page', '/host', '/page']);
    expect(browser.complaints.slice(before.said)).toEqual([]);
  });

  it('fits a phone', async () => {
    await show({});
    await browser.open(host.url, { width: 360, height: 640 });
    await browser.until(host.frame, '!!document.querySelector("table")');

    expect(await inPage('document.documentElement.scrollWidth')).toBe(360);
    expect(await inPage('document.getElementById("map").scrollLeft > 0')).toBe(true);
  });
});

const DEMO_JOB = 'ci-kubernetes-e2e-gce-network';
const EVIL = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';

/** What a server that was taken over might send: addresses that are none of the web, text of all kinds. */
function hostile(): object {
  const row = (name: string, more: object = {}): object => ({
    name,
    short: name,
    class: `flaky" onmouseover="window.pwned=1`,
    cells: 'F',
    filter: 'x',
    says: { 0: 0 },
    reasons: [EVIL],
    ...more,
  });
  const page = {
    version: 1,
    grid: EVIL,
    url: 'javascript:window.pwned=1',
    state: `failing"><img src=x onerror=window.pwned=1>`,
    headline: EVIL,
    size: EVIL,
    runUrl: 'javascript:window.pwned=1//',
    rowUrl: 'data:text/html,<script>window.pwned=1</script>',
    columns: [{ build: '1', time: 1e300, class: EVIL, reasons: [EVIL], failed: 1e9 }],
    rows: [
      row(EVIL),
      row(`a\u202egpj.exe\u0000`),
      row('x'.repeat(10_000)),
      row('y', { cells: 7, says: [null], set: 'no' }),
    ],
    messages: [EVIL],
    classes: [{ class: EVIL, count: 1 }],
    runs: 1,
    shown: 4,
    next: null,
    left: [EVIL],
  };
  return { content: [{ type: 'text', text: EVIL }], _meta: { 'whyred/page': page } };
}
