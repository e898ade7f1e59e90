// Plants texts into what a demo world answers: objects of its buckets, its grids, its pages. The world stays as it is.
import type { DemoWorld, WireResponse } from '../../src/sources/demo/world.ts';
import { globToRegExp } from '../../src/sources/demo/wire/glob.ts';

/** What is planted. Everything left out is served as it is. */
export interface Plant {
  /** The text of an object, given its name in the bucket. */
  readonly object?: (name: string, text: string) => string;
  /** Objects that the world does not have, by name. */
  readonly extra?: ReadonlyMap<string, string>;
  /** The text of a page or a document of TestGrid and deck. */
  readonly page?: (path: string, text: string) => string;
}

interface Item {
  name: string;
  size: string;
}

interface Listing {
  items?: Item[];
}

/**
 * The world with a plant in it; `current` is asked for each request, so that one server serves many plants. Sizes in
 * listings and byte ranges fit what is planted.
 */
export function planted(world: DemoWorld, current: () => Plant): DemoWorld {
  return {
    ...world,
    answer: (method, url, headers) => {
      const plant = current();
      const path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
      if (path[0] !== 'gcs') return page(world.answer(method, url, headers), url.pathname, plant);
      if (path[1] !== 'storage') {
        const bucket = path[1] ?? '';
        return range(object(world, method, url, bucket, path.slice(2).join('/'), plant), headers['range']);
      }
      const answered = world.answer(method, url, headers);
      return path.length > 6 ? answered : listing(world, answered, path[4] ?? '', url.searchParams, plant);
    },
  };
}

function page(answered: WireResponse, path: string, plant: Plant): WireResponse {
  if (!plant.page || answered.status !== 200) return answered;
  return { ...answered, body: Buffer.from(plant.page(path, answered.body.toString())) };
}

function object(
  world: DemoWorld,
  method: string,
  url: URL,
  bucket: string,
  name: string,
  { object: change, extra }: Plant,
): WireResponse {
  const added = extra?.get(`${bucket}/${name}`);
  if (added !== undefined) return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from(added) };
  const answered = world.answer(method, url, {});
  if (!change || answered.status !== 200) return answered;
  return { ...answered, body: Buffer.from(change(name, answered.body.toString())) };
}

/** The one range that was asked for, of a body that is whole. */
function range(answered: WireResponse, asked: string | undefined): WireResponse {
  const [, first = '', end = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '') ?? [];
  const { length } = answered.body;
  if (answered.status !== 200 || (first === '' && end === '')) return answered;
  const from = first === '' ? Math.max(0, length - Number(end)) : Number(first);
  const to = first === '' || end === '' ? length - 1 : Math.min(Number(end), length - 1);
  const headers = { ...answered.headers, 'content-range': `bytes ${from}-${to}/${length}` };
  return { status: 206, headers, body: answered.body.subarray(from, to + 1) };
}

function listing(
  world: DemoWorld,
  answered: WireResponse,
  bucket: string,
  query: URLSearchParams,
  plant: Plant,
): WireResponse {
  if (answered.status !== 200 || query.has('delimiter')) return answered;
  const listed = JSON.parse(answered.body.toString()) as Listing;
  const glob = query.get('matchGlob');
  const pattern = glob === null ? /^/ : (globToRegExp(glob) ?? /$^/);
  const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
  const items = (listed.items ?? []).map((item) => ({ ...item, size: String(sizeOf(world, bucket, item, plant)) }));
  for (const [key, text] of plant.extra ?? []) {
    const name = key.slice(bucket.length + 1);
    if (key.startsWith(prefix) && pattern.test(name)) items.push({ name, size: String(Buffer.byteLength(text)) });
  }
  items.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...answered, body: Buffer.from(JSON.stringify({ ...listed, ...(items.length > 0 ? { items } : {}) })) };
}

function sizeOf(world: DemoWorld, bucket: string, { name, size }: Item, plant: Plant): number {
  if (!plant.object) return Number(size);
  const url = new URL(`http://demo/gcs/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`);
  return object(world, 'GET', url, bucket, name, plant).body.length;
}
