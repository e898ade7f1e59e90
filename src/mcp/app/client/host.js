// The client around the page, over JSON-RPC by messages (MCP Apps, 2026-01-26). Only the window that holds the page counts.

/** @typedef {Record<string, unknown>} Params */

const PROTOCOL = '2026-01-26';
let lastId = 0;
/** @type {Map<unknown, { resolve: (result: unknown) => void, reject: (error: Error) => void }>} */
const waiting = new Map();
/** @type {Map<unknown, (params: Params) => void>} */
const listeners = new Map();
/** What the client can do and how it looks; filled by the handshake. */
export const host = {
  /** @type {Params} */
  capabilities: {},
  /** @type {Params} */
  context: {},
};

/** @param {unknown} value @returns {Params} */
export const record = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? /** @type {Params} */ (value) : {};

/** @param {object} message */
const post = (message) => window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*');

/** @param {string} method @param {Params} params */
export const notify = (method, params) => post({ method, params });

/** @param {string} method @param {Params} params @returns {Promise<unknown>} */
export const request = (method, params) =>
  new Promise((resolve, reject) => {
    lastId += 1;
    waiting.set(lastId, { resolve, reject });
    post({ id: lastId, method, params });
  });

/** @param {string} notification @param {(params: Params) => void} listener */
export const onNotification = (notification, listener) => listeners.set(notification, listener);

/** Listens, and shakes hands. @returns {Promise<void>} */
export async function connect() {
  if (window.parent === window) return;
  window.addEventListener('message', ({ source, data }) => {
    if (source === window.parent && record(data).jsonrpc === '2.0') receive(record(data));
  });
  const found = record(
    await request('ui/initialize', {
      protocolVersion: PROTOCOL,
      appInfo: { name: 'whyred', version: '1' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
    }),
  );
  host.capabilities = record(found.hostCapabilities);
  host.context = record(found.hostContext);
  notify('ui/notifications/initialized', {});
}

/** @param {Params} message */
function receive(message) {
  const { id, method, params, result, error } = message;
  if (typeof method === 'string') {
    if (id === undefined) listeners.get(method)?.(record(params));
    else if (method === 'ping' || method === 'ui/resource-teardown') post({ id, result: {} });
    else post({ id, error: { code: -32601, message: 'Method not found' } });
    return;
  }
  const asked = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) asked?.resolve(result);
  else asked?.reject(new Error('the client refused'));
}

/** Opens a page outside: by the client where it does that, by the browser where not. Nothing but https. @param {string | null} url */
export function openLink(url) {
  if (url === null || !isWeb(url)) return;
  if ('openLinks' in host.capabilities) {
    request('ui/open-link', { url }).catch(() => undefined);
    return;
  }
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.click();
}

/** @param {string} url */
export const isWeb = (url) => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && parsed.protocol === 'https:' && parsed.username === '' && parsed.password === '';
};
