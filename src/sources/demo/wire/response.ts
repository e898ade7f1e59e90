// An answer as it goes over the wire, and the forms that answers take.

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export const respond = (
  status: number,
  type: string,
  body: Buffer | string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => ({
  status,
  headers: { 'content-type': type, ...headers },
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

export const json = (value: unknown, status = 200): WireResponse =>
  respond(status, 'application/json', JSON.stringify(value));

export const html = (text: string, status = 200): WireResponse => respond(status, 'text/html; charset=utf-8', text);

export const text = (body: string, status = 200): WireResponse => respond(status, 'text/plain; charset=utf-8', body);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Text for HTML or XML; control characters that XML cannot hold become U+FFFD, as Go's encoder makes them. */
export const escapeMarkup = (value: string): string =>
  value
    .replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
