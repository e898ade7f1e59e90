// What clients put on the wire, read: forms as @slack/web-api sends them, JSON as others do, bytes of uploads.
import { isFields, type Fields } from './schema.ts';

/** The fields of a body; null where it is neither a form nor a JSON object. */
export function fieldsOf(contentType: string, body: Buffer): Fields | null {
  const text = body.toString();
  if (contentType.startsWith('application/json')) {
    try {
      const value: unknown = JSON.parse(text);
      return isFields(value) ? value : null;
    } catch {
      return null;
    }
  }
  if (text === '' || contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  return null;
}

/** The bytes of an upload: the body itself, or the one part of a form with parts, which the SDK sends. */
export function uploadOf(contentType: string, body: Buffer): Buffer {
  const boundary = contentType.startsWith('multipart/form-data') ? contentType.split('boundary=')[1] : undefined;
  if (boundary === undefined) return body;
  const start = body.indexOf('\r\n\r\n') + 4;
  return body.subarray(start, body.indexOf(`\r\n--${boundary}`, start));
}

/** The token of a call: of its header, or of its arguments. */
export function tokenOf(authorization: string | undefined, fields: Fields): string | undefined {
  if (authorization?.startsWith('Bearer ')) return authorization.slice('Bearer '.length);
  return typeof fields['token'] === 'string' ? fields['token'] : undefined;
}
