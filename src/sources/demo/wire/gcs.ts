// Google Cloud Storage: listings and metadata by its JSON API, objects by either of its two forms.
import { hash } from '../random.ts';
import { globToRegExp } from './glob.ts';
import { json, respond, type WireResponse } from './response.ts';
import type { Bucket, StoredObject } from './store.ts';

const PAGE = 1000;

type Headers = Readonly<Record<string, string | undefined>>;
type Buckets = (name: string) => Bucket | undefined;

/** @param path the segments below `/gcs`, decoded */
export function gcs(buckets: Buckets, path: readonly string[], query: URLSearchParams, headers: Headers): WireResponse {
  if (path[0] !== 'storage') return media(buckets, path[0] ?? '', path.slice(1).join('/'), headers);
  const [, version, b, bucketName = '', o] = path;
  const name = path.slice(5).join('/');
  if (version !== 'v1' || b !== 'b' || o !== 'o') return apiError(404, 'Not Found');
  const bucket = buckets(bucketName);
  if (!bucket) return apiError(404, 'The specified bucket does not exist.');
  if (name === '') return list(bucket, bucketName, query);
  const object = bucket.get(name);
  if (!object) return apiError(404, `No such object: ${bucketName}/${name}`);
  if (query.get('alt') === 'media') return content(bucketName, object, headers);
  return json(resource(bucketName, object));
}

const REASONS: Readonly<Record<number, string>> = { 400: 'invalid', 404: 'notFound' };

const apiError = (code: number, message: string): WireResponse =>
  json({ error: { code, message, errors: [{ message, domain: 'global', reason: REASONS[code] ?? '' }] } }, code);

const xmlError = (status: number, code: string, message: string): WireResponse =>
  respond(
    status,
    'application/xml; charset=UTF-8',
    `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );

/** Microseconds, as GCS numbers the versions of an object. */
const generationOf = (bucket: string, { name, updated }: StoredObject): string =>
  String(updated * 1000 + (hash(bucket, name) % 1000));

const etagOf = (bucket: string, object: StoredObject): string =>
  Buffer.from(`${hash(bucket, object.name)}/${object.updated}`).toString('base64');

function resource(bucket: string, object: StoredObject): object {
  const generation = generationOf(bucket, object);
  const time = new Date(object.updated).toISOString();
  return {
    kind: 'storage#object',
    id: `${bucket}/${object.name}/${generation}`,
    name: object.name,
    bucket,
    generation,
    metageneration: '1',
    contentType: object.contentType,
    storageClass: 'STANDARD',
    size: String(object.read().length),
    etag: etagOf(bucket, object),
    timeCreated: time,
    updated: time,
  };
}

function list(bucket: Bucket, bucketName: string, query: URLSearchParams): WireResponse {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const asked = Number(query.get('maxResults') ?? PAGE);
  const token = query.get('pageToken');
  const glob = query.get('matchGlob');
  const pattern = glob === null ? /^/ : globToRegExp(glob);
  if (!Number.isInteger(asked) || asked < 1 || !pattern) return apiError(400, 'Invalid argument.');
  const max = Math.min(asked, PAGE);
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString();
  const from = query.get('startOffset') ?? '';
  const prefixes: string[] = [];
  const items: StoredObject[] = [];
  let last = '';
  let more = false;
  for (let i = firstAtLeast(bucket.names, prefix); i < bucket.names.length; i += 1) {
    const name = bucket.names[i] ?? '';
    if (!name.startsWith(prefix)) break;
    const cut = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    const key = cut < 0 ? name : name.slice(0, cut + delimiter.length);
    if (name < from || (after !== '' && key <= after) || key === last || !pattern.test(name)) continue;
    if (prefixes.length + items.length === max) {
      more = true;
      break;
    }
    last = key;
    const object = bucket.get(name);
    if (cut >= 0) prefixes.push(key);
    else if (object) items.push(object);
  }
  return json({
    kind: 'storage#objects',
    ...(more ? { nextPageToken: Buffer.from(last).toString('base64url') } : {}),
    ...(prefixes.length > 0 ? { prefixes } : {}),
    ...(items.length > 0 ? { items: items.map((object) => resource(bucketName, object)) } : {}),
  });
}

/** Index of the first name that is not before `least`. */
function firstAtLeast(names: readonly string[], least: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function media(buckets: Buckets, bucketName: string, name: string, headers: Headers): WireResponse {
  const bucket = buckets(bucketName);
  if (!bucket) return xmlError(404, 'NoSuchBucket', 'The specified bucket does not exist.');
  const object = bucket.get(name);
  return object
    ? content(bucketName, object, headers)
    : xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
}

/** The object's bytes, or those of the one range that was asked for. */
function content(bucket: string, object: StoredObject, headers: Headers): WireResponse {
  const body = object.read();
  const common = {
    'x-goog-generation': generationOf(bucket, object),
    'x-goog-stored-content-length': String(body.length),
    etag: `"${etagOf(bucket, object)}"`,
    'accept-ranges': 'bytes',
    'last-modified': new Date(object.updated).toUTCString(),
  };
  const [, first = '', end = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers['range'] ?? '') ?? [];
  if (first === '' && end === '') return respond(200, object.contentType, body, common);
  const from = first === '' ? Math.max(0, body.length - Number(end)) : Number(first);
  const to = first === '' || end === '' ? body.length - 1 : Math.min(Number(end), body.length - 1);
  if (from >= body.length || from > to)
    return respond(416, object.contentType, '', { ...common, 'content-range': `bytes */${body.length}` });
  return respond(206, object.contentType, body.subarray(from, to + 1), {
    ...common,
    'content-range': `bytes ${from}-${to}/${body.length}`,
  });
}
