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

/** The bytes of an upload: the body itself, or the one file of a form with parts, which the SDK sends. */
export async function uploadOf(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const [, value] of form) if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  return Buffer.alloc(0);
}

/** The token of a call: of its header, or of its arguments. */
export function tokenOf(authorization: string | undefined, fields: Fields): string | undefined {
  if (authorization?.startsWith('Bearer ')) return authorization.slice('Bearer '.length);
  return typeof fields['token'] === 'string' ? fields['token'] : undefined;
}
