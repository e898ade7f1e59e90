// Reads a log file of this machine, plain or gzip, as a stream: what came before a fault or a limit counts, and is told.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** Large enough that the cost of a chunk does not count, small enough that a few of them do not either. */
const READ_BYTES = 1024 * 1024;
const UNPACKED_BYTES = 256 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b]);
/** No log is larger; a file that unpacks to more than 200 times its size, beyond the first 16 MiB, is an attack. */
const MAX_BYTES = 4 * 1024 * 1024 * 1024;
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 16 * 1024 * 1024;

/** A file that cannot be opened, in words of ours. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/**
 * Gives the decoded bytes of the file at `path` chunk by chunk. Resolves with why they are not the whole log, or null
 * when they are.
 * @throws UnreadableFile when nothing can be read at all
 */
export async function readLogFile(path: string, take: (chunk: Buffer) => void): Promise<string | null> {
  const isPacked = (await firstBytes(path)).equals(GZIP);
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  let packed = 0;
  let size = 0;
  let stream: AsyncIterable<Buffer> = file;
  if (isPacked) {
    const unpacked = createGunzip({ chunkSize: UNPACKED_BYTES });
    file.on('data', (chunk) => (packed += chunk.length));
    file.on('error', (error) => unpacked.destroy(error));
    stream = file.pipe(unpacked);
  }
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      take(chunk);
      if (size > MAX_BYTES) return `only the first ${MAX_BYTES} bytes were read`;
      if (isPacked && size > RATIO_FREE_BYTES && size > packed * MAX_RATIO)
        return `it unpacks to more than ${MAX_RATIO} times its size: only the first ${size} bytes were read`;
    }
    return null;
  } catch {
    return isPacked ? 'the gzip file is cut off or corrupt' : 'the file could not be read to its end';
  } finally {
    file.destroy();
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP.length));
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    throw new UnreadableFile(`${path} cannot be read`);
  }
}
