// GCS listings and reads: paging, delimiters, globs, ranges, versions.
import { describe, expect, it } from 'vitest';
import { globToRegExp } from '../../../src/sources/demo/wire/glob.ts';
import { get, jsonOf, list, runsOf, scenario, textOf } from './support.ts';

const { bucket, path } = scenario('openshift-regression');
const folder = `${path}/${runsOf(scenario('openshift-regression'))[0]?.ID ?? ''}/`;

describe('a GCS listing', () => {
  it('gives every object of a run with its real size', () => {
    const items = list(bucket, { prefix: folder }).items ?? [];
    expect(items.length).toBeGreaterThan(20);
    for (const item of items) {
      const object = get(`/gcs/${bucket}/${item.name}`);
      expect(String(object.body.length), item.name).toBe(item.size);
      expect(object.headers['x-goog-generation']).toBe(item.generation);
      expect(object.headers['content-type']).toBe(item.contentType);
    }
    expect(items.map(({ name }) => name)).toEqual(items.map(({ name }) => name).toSorted());
  });

  it('comes page by page without loss or repetition', () => {
    const whole = list(bucket, { prefix: folder }).items?.map(({ name }) => name);
    const paged: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = list(bucket, { prefix: folder, maxResults: '4', ...(pageToken === undefined ? {} : { pageToken }) });
      expect(page.items?.length).toBeLessThanOrEqual(4);
      paged.push(...(page.items ?? []).map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(paged).toEqual(whole);
  });

  it('folds what is behind a delimiter, page by page too', () => {
    const runs = runsOf(scenario('openshift-regression')).map(({ ID }) => `${path}/${ID}/`);
    const first = list(bucket, { prefix: `${path}/`, delimiter: '/', maxResults: '7' });
    expect(first.prefixes).toHaveLength(7);
    const rest = list(bucket, { prefix: `${path}/`, delimiter: '/', pageToken: first.nextPageToken ?? '' });
    expect([...(first.prefixes ?? []), ...(rest.prefixes ?? [])]).toEqual(runs.toSorted());
    expect(rest.items?.map(({ name }) => name)).toEqual([`${path}/latest-build.txt`]);
  });

  it('keeps to a glob', () => {
    const matchGlob = `${folder}{*.json,artifacts/**junit*.xml,artifacts/*/*/finished.json}`;
    const names = list(bucket, { prefix: folder, matchGlob }).items?.map(({ name }) => name.slice(folder.length));
    expect(names).toContain('started.json');
    expect(names).toContain('artifacts/junit_operator.xml');
    expect(names?.some((name) => /junit_e2e__\d{8}-\d{6}\.xml$/.test(name))).toBe(true);
    expect(names?.filter((name) => name.endsWith('/finished.json'))).toHaveLength(10);
    expect(names).not.toContain('build-log.txt');
    expect(names).not.toContain('artifacts/metadata.json');
  });

  it('refuses a glob or a page size that is none', () => {
    expect(get(`/gcs/storage/v1/b/${bucket}/o?matchGlob=%7Ba`).status).toBe(400);
    expect(get(`/gcs/storage/v1/b/${bucket}/o?maxResults=0`).status).toBe(400);
  });
});

describe('a glob', () => {
  it.each([
    ['a/*.json', 'a/b.json', true],
    ['a/*.json', 'a/b/c.json', false],
    ['a/**.json', 'a/b/c.json', true],
    ['a/?.txt', 'a/b.txt', true],
    ['a/?.txt', 'a//.txt', false],
    ['{a,b/*}/c', 'b/x/c', true],
    ['{a,b/*}/c', 'c/c', false],
    ['a.b', 'axb', false],
  ])('%s on %s is %s', (glob, name, matches) => {
    expect(globToRegExp(glob)?.test(name)).toBe(matches);
  });
});

describe('a GCS object', () => {
  const url = `/gcs/${bucket}/${folder}build-log.txt`;
  const whole = get(url);

  it('is given in ranges', () => {
    const { length } = whole.body;
    const middle = get(url, { range: 'bytes=100-199' });
    expect(middle.status).toBe(206);
    expect(middle.headers['content-range']).toBe(`bytes 100-199/${length}`);
    expect(middle.body.equals(whole.body.subarray(100, 200))).toBe(true);
    const tail = get(url, { range: 'bytes=-500' });
    expect(tail.headers['content-range']).toBe(`bytes ${length - 500}-${length - 1}/${length}`);
    expect(get(url, { range: `bytes=${length - 5}-${length + 50}` }).body).toHaveLength(5);
    const beyond = get(url, { range: `bytes=${length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers['content-range']).toBe(`bytes */${length}`);
  });

  it('is the same by the JSON API, where its name may be one encoded segment', () => {
    const name = encodeURIComponent(`${folder}build-log.txt`);
    expect(get(`/gcs/storage/v1/b/${bucket}/o/${name}?alt=media`).body.equals(whole.body)).toBe(true);
    expect(jsonOf(`/gcs/storage/v1/b/${bucket}/o/${name}`)).toMatchObject({
      name: `${folder}build-log.txt`,
      bucket,
      size: String(whole.body.length),
      generation: whole.headers['x-goog-generation'],
    });
  });

  it('tells the newest build of a job', () => {
    expect(textOf(`/gcs/${bucket}/${path}/latest-build.txt`)).toBe(folder.split('/').at(-2));
  });
});
