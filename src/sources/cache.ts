// A content-addressed cache on disk: bodies by their hash, and for each URL an entry that names its body.
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../ci/evidence.ts';

const MAX_ENTRIES = 50_000;

const EntrySchema = z.object({
  url: z.string(),
  body: z.string().regex(/^[0-9a-f]{64}$/),
  /** When the service last confirmed the body, ms since the epoch. */
  confirmedAt: z.number(),
  /** True when it belongs to a finished run and can never change. */
  forGood: z.boolean(),
  etag: z.string().optional(),
  generation: z.string().optional(),
});
export type CacheEntry = z.infer<typeof EntrySchema>;

export interface Cached {
  readonly entry: CacheEntry;
  readonly bytes: Buffer;
}

/** Keeps bodies that passed their schema. Failing to read or write it never fails an answer. */
export interface Cache {
  read(url: string): Promise<Cached | null>;
  write(entry: Omit<CacheEntry, 'body'>, bytes: Buffer): Promise<void>;
}

/** Remembers for the life of the process only, so that one answer asks for nothing twice. */
export function memoryCache(maxBytes = 256 * 1024 * 1024): Cache {
  const known = new Map<string, Cached>();
  let size = 0;
  return {
    read: (url) => Promise.resolve(known.get(url) ?? null),
    write: (entry, bytes) => {
      size += bytes.length - (known.get(entry.url)?.bytes.length ?? 0);
      known.set(entry.url, { entry: { ...entry, body: sha256(bytes) }, bytes });
      for (const [url, oldest] of known) {
        if (size <= maxBytes) break;
        known.delete(url);
        size -= oldest.bytes.length;
      }
      return Promise.resolve();
    },
  };
}

/**
 * The cache in folder `dir`, holding at most about `maxBytes` of bodies: beyond that the least recently read go.
 * Safe for several processes: every file is written beside its place and renamed into it, a body is checked against
 * its name when read, and what another process removed is simply missing.
 */
export function diskCache(dir: string, maxBytes: number): Cache {
  const bodies = join(dir, 'bodies');
  const entries = join(dir, 'entries');
  const bodyFile = (hash: string): string => join(bodies, hash.slice(0, 2), hash);
  const entryFile = (url: string): string => {
    const key = sha256(url);
    return join(entries, key.slice(0, 2), `${key}.json`);
  };
  let written = Number.POSITIVE_INFINITY; // unknown until the first sweep has measured the folder

  async function sweep(): Promise<void> {
    const files = await filesBelow(bodies);
    let total = files.reduce((sum, file) => sum + file.size, 0);
    files.sort((a, b) => a.usedAt - b.usedAt);
    for (const file of files) {
      if (total <= maxBytes * 0.9) break;
      await rm(file.path, { force: true });
      total -= file.size;
    }
    // Entries are small, but those whose bodies are gone long since only gather.
    const old = (await filesBelow(entries)).sort((a, b) => a.usedAt - b.usedAt);
    for (const file of old.slice(0, Math.max(0, old.length - MAX_ENTRIES))) await rm(file.path, { force: true });
    written = total;
  }

  let sweeping: Promise<void> | null = null;

  return {
    async read(url) {
      try {
        const entry = EntrySchema.parse(JSON.parse(await readFile(entryFile(url), 'utf8')));
        const path = bodyFile(entry.body);
        const bytes = await readFile(path);
        if (entry.url !== url) return null;
        if (sha256(bytes) !== entry.body) {
          await rm(path, { force: true });
          return null;
        }
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return { entry, bytes };
      } catch {
        return null;
      }
    },

    async write(entry, bytes) {
      const body = sha256(bytes);
      if (bytes.length > maxBytes / 4) return;
      try {
        if ((await sizeOf(bodyFile(body))) !== bytes.length) {
          await writeWhole(bodyFile(body), bytes);
          written += bytes.length;
        }
        await writeWhole(entryFile(entry.url), JSON.stringify({ ...entry, body }));
        if (written > maxBytes) await (sweeping ??= sweep().finally(() => (sweeping = null)));
      } catch {
        // A full or read-only disk costs speed, not answers.
      }
    },
  };
}

async function writeWhole(path: string, data: string | Buffer): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => -1,
  );

async function filesBelow(dir: string): Promise<{ path: string; size: number; usedAt: number }[]> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
  const found = await Promise.all(
    files.map(async (path) => {
      const facts = await stat(path).catch(() => null);
      return facts && { path, size: facts.size, usedAt: facts.mtimeMs };
    }),
  );
  return found.filter((file) => file !== null);
}
