// Reads a response body with its limits: decoded bytes counted, gzip by createGunzip, a cut body told from a whole one.
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';

const GUNZIP_CHUNK = 256 * 1024;
/** A body that unpacks to more than this many times its size, beyond the first 16 MiB, is an attack. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 16 * 1024 * 1024;

export interface Body {
  readonly bytes: Buffer;
  /** Why the bytes are only the beginning of the body; null when it is whole. */
  readonly cut: 'too large' | 'cut off' | null;
}

export class BadEncoding extends Error {}

/**
 * Reads `stream` to its end or to `maxBytes` decoded bytes. What came before a limit or a fault is kept and marked.
 * @param encoding the Content-Encoding header; only `gzip` and none are accepted.
 * @throws BadEncoding for any other encoding, and whatever the stream throws when nothing at all was read.
 */
export async function readBody(stream: Readable, encoding: string | undefined, maxBytes: number): Promise<Body> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name !== 'gzip' && name !== 'identity' && name !== '') {
    stream.on('error', () => undefined).destroy();
    throw new BadEncoding(name);
  }
  let wire = 0;
  if (name === 'gzip') stream.on('data', (chunk: Buffer) => (wire += chunk.length));
  const decoded = name === 'gzip' ? gunzip(stream) : stream;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of decoded as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      const isBomb = name === 'gzip' && size > RATIO_FREE_BYTES && size > wire * MAX_RATIO;
      if (size > maxBytes || isBomb) {
        stream.destroy();
        return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), cut: 'too large' };
      }
    }
  } catch (error) {
    if (size === 0 && wire === 0) throw error;
    return { bytes: Buffer.concat(chunks), cut: 'cut off' };
  }
  return { bytes: Buffer.concat(chunks), cut: null };
}

function gunzip(stream: Readable): Readable {
  const unpacked = createGunzip({ chunkSize: GUNZIP_CHUNK });
  stream.on('error', (error) => unpacked.destroy(error));
  return stream.pipe(unpacked);
}
