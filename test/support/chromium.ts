// Chromium for tests, over its protocol through a pipe: what is installed, or none. No network but this machine.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const PLACES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Chromium is; null where there is none. */
export const chromiumPath = (): string | null =>
  (process.env['PATH'] ?? '')
    .split(':')
    .flatMap((folder) => PLACES.map((name) => join(folder, name)))
    .find((path) => existsSync(path)) ?? null;

type Fields = Record<string, unknown>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
}

/** A browser with one page. */
export interface Browser {
  open(url: string, viewport: Viewport): Promise<void>;
  /** The value of an expression in the frame whose address begins so; awaited. */
  evaluate(frame: string, expression: string): Promise<unknown>;
  /** Waits until an expression is true there. */
  until(frame: string, expression: string): Promise<void>;
  mouse(type: 'move' | 'click', x: number, y: number): Promise<void>;
  tap(x: number, y: number): Promise<void>;
  key(key: string, code?: number): Promise<void>;
  /** What the reader prefers, from the next look on. */
  scheme(scheme: 'light' | 'dark'): Promise<void>;
  screenshot(): Promise<Buffer>;
  /** Addresses that any frame asked for, and what stood on the console or was thrown. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--hide-scrollbars=false',
  '--force-color-profile=srgb',
  // One process for all frames: their worlds are then told to one session.
  '--disable-features=IsolateSandboxedIframes,Translate',
  '--disable-site-isolation-trials',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--remote-debugging-pipe',
];

const PATIENCE = 10_000;

export async function startChromium(path: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'whyred-chromium-'));
  const child = spawn(path, [...ARGUMENTS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , , into, from] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (result: Fields) => void; reject: (error: Error) => void }>();
  const worlds = new Map<number, { readonly frame: string }>();
  const frames = new Map<string, string>();
  const requests: string[] = [];
  const complaints: string[] = [];
  let last = 0;
  let session: string | undefined;

  const send = (method: string, params: Fields = {}): Promise<Fields> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      into.write(`${JSON.stringify({ id: last, method, params, ...(session ? { sessionId: session } : {}) })}\0`);
    });
  const receive = ({ id, method, params = {}, result, error }: Message): void => {
    if (id !== undefined) {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(error.message));
      else asked?.resolve(result ?? {});
      return;
    }
    switch (method) {
      case 'Runtime.executionContextCreated': {
        const { id: world, auxData } = params['context'] as {
          id: number;
          auxData: { frameId: string; isDefault: boolean };
        };
        if (auxData.isDefault) worlds.set(world, { frame: auxData.frameId });
        break;
      }
      case 'Runtime.executionContextDestroyed':
        worlds.delete(params['executionContextId'] as number);
        break;
      case 'Runtime.executionContextsCleared':
        worlds.clear();
        break;
      case 'Page.frameNavigated': {
        const { id: frame, url } = params['frame'] as { id: string; url: string };
        frames.set(frame, url);
        break;
      }
      case 'Network.requestWillBeSent':
        requests.push((params['request'] as { url: string }).url);
        break;
      case 'Runtime.exceptionThrown':
      case 'Runtime.consoleAPICalled':
      case 'Log.entryAdded':
        complaints.push(JSON.stringify(params));
        break;
    }
  };
  let buffered = '';
  from.setEncoding('utf8');
  from.on('data', (chunk: string) => {
    const parts = (buffered + chunk).split('\0');
    buffered = parts.pop() ?? '';
    for (const part of parts) receive(JSON.parse(part) as Message);
  });

  const { targetInfos } = (await send('Target.getTargets')) as { targetInfos: { targetId: string; type: string }[] };
  const target = targetInfos.find(({ type }) => type === 'page')?.targetId ?? '';
  session = (await send('Target.attachToTarget', { targetId: target, flatten: true }))['sessionId'] as string;
  for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await send(`${domain}.enable`);

  const evaluate = async (frame: string, expression: string): Promise<unknown> => {
    const [world] = Array.from(worlds).findLast(([, { frame: of }]) => frames.get(of)?.startsWith(frame)) ?? [];
    if (world === undefined) throw new Error(`no frame ${frame}`);
    const { result, exceptionDetails } = (await send('Runtime.evaluate', {
      expression,
      contextId: world,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value?: unknown }; exceptionDetails?: { exception?: { description?: string } } };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'thrown');
    return result.value;
  };
  return {
    requests,
    complaints,
    evaluate,
    open: async (url, { width, height, scale = 1 }) => {
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
      await send('Page.navigate', { url });
    },
    until: async (frame, expression) => {
      const end = Date.now() + PATIENCE;
      while (Date.now() < end) {
        if ((await evaluate(frame, expression).catch(() => false)) === true) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`never true: ${expression}`);
    },
    mouse: async (type, x, y) => {
      await send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
      if (type === 'move') return;
      const button = { x, y, button: 'left', clickCount: 1 };
      await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
      await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
    },
    tap: async (x, y) => {
      await send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
      await send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    },
    key: async (key, code = 0) => {
      const event = { key, code: key, windowsVirtualKeyCode: code };
      await send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    scheme: async (value) => {
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    },
    screenshot: async () => Buffer.from((await send('Page.captureScreenshot'))['data'] as string, 'base64'),
    close: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      session = undefined;
      await Promise.race([send('Browser.close').catch(() => undefined), gone]);
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
