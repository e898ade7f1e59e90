import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskCache } from '../../src/sources/cache.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'whyred-cache-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const entry = (url: string): { url: string; confirmedAt: number; forGood: boolean } => ({
  url,
  confirmedAt: 1,
  forGood: true,
});
const files = async (folder: string): Promise<string[]> =>
  (await readdir(join(dir, folder), { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));

describe('the disk cache', () => {
  it('gives another process what one wrote', async () => {
    await diskCache(dir, 1e9).write(entry('https://a/1'), Buffer.from('body'));

    const cached = await diskCache(dir, 1e9).read('https://a/1');

    expect(cached?.bytes.toString()).toBe('body');
    expect(cached?.entry).toMatchObject({ url: 'https://a/1', forGood: true });
    expect(await diskCache(dir, 1e9).read('https://a/2')).toBeNull();
  });

  it('holds equal bodies once', async () => {
    const cache = diskCache(dir, 1e9);

    await Promise.all(
      ['https://a/1', 'https://a/2', 'https://a/3'].map((url) => cache.write(entry(url), Buffer.from('same'))),
    );

    expect(await files('bodies')).toHaveLength(1);
    expect(await files('entries')).toHaveLength(3);
  });

  it('does not trust a body that was changed on disk', async () => {
    const cache = diskCache(dir, 1e9);
    await cache.write(entry('https://a/1'), Buffer.from('body'));

    const [file] = await files('bodies');
    await writeFile(file ?? '', 'BODY');

    expect(await cache.read('https://a/1')).toBeNull();
  });

  it('stays within its size: what was read longest ago goes', async () => {
    const cache = diskCache(dir, 100_000);

    for (let i = 0; i < 40; i += 1) await cache.write(entry(`https://a/${i}`), Buffer.alloc(10_000, i));

    expect((await files('bodies')).length).toBeLessThanOrEqual(10);
    expect(await cache.read('https://a/39')).not.toBeNull();
  });

  it('is whole under two writers at once', async () => {
    const [one, two] = [diskCache(dir, 1e9), diskCache(dir, 1e9)];

    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        (i % 2 ? one : two).write(entry('https://a/1'), Buffer.from(`body ${i % 5}`)),
      ),
    );

    expect((await one.read('https://a/1'))?.bytes.toString()).toMatch(/^body \d$/);
    expect((await files('bodies')).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it('that cannot be written costs nothing but speed', async () => {
    const cache = diskCache(join(dir, 'a file'), 1e9);
    await writeFile(join(dir, 'a file'), '');

    await cache.write(entry('https://a/1'), Buffer.from('body'));

    expect(await cache.read('https://a/1')).toBeNull();
  });
});
