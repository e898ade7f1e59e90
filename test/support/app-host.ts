// A stand-in for a client that shows MCP Apps: the page in a sandbox behind the specification's policy.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a host applies to a page that asks for no domains (SEP-1865). */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'";

export interface HostSetting {
  readonly capabilities: object;
  readonly context: object;
  /** Arguments of the call. */
  readonly input: object;
  /** Null to send no result: the page waits. */
  readonly result: object | null;
}

export interface AppHost {
  readonly url: string;
  /** Begins the address of the page. */
  readonly frame: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  /** What the next opening shows. */
  set(setting: HostSetting): void;
  close(): Promise<void>;
}

/** Serves `page` inside a host. What the page sends is in the host's `window.got`; `window.tell` sends to it. */
export async function startAppHost(page: string): Promise<AppHost> {
  const asked: string[] = [];
  let setting: HostSetting = { capabilities: {}, context: {}, input: {}, result: null };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/host') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(hostDocument(setting));
    } else if (request.url === '/page') {
      response.setHeader('content-security-policy', POLICY);
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/host`,
    frame: `${origin}/page`,
    asked,
    set: (next) => {
      setting = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const hostDocument = (setting: HostSetting): string => `<!doctype html>
<link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh; display: block }</style>
<script>
const setting = ${JSON.stringify(setting).replaceAll('<', '\\u003c')};
window.got = [];
const frame = () => document.querySelector('iframe').contentWindow;
window.tell = (message) => frame().postMessage({ jsonrpc: '2.0', ...message }, '*');
window.result = (result) => tell({ method: 'ui/notifications/tool-result', params: result });
addEventListener('message', ({ source, data }) => {
  if (source !== frame()) return;
  got.push(data);
  if (data.method === 'ui/initialize')
    tell({ id: data.id, result: {
      protocolVersion: '2026-01-26', hostInfo: { name: 'stand-in', version: '1' },
      hostCapabilities: setting.capabilities, hostContext: setting.context,
    } });
  else if (data.method === 'ui/notifications/initialized') {
    tell({ method: 'ui/notifications/tool-input', params: { arguments: setting.input } });
    if (setting.result) result(setting.result);
  } else if (data.method === 'ui/open-link') tell({ id: data.id, result: {} });
  else if (data.method === 'tools/call') tell({ id: data.id, result: setting.result });
});
</script>
<iframe sandbox="allow-scripts" src="/page"></iframe>`;
