// Grids that commands read themselves: from a recorded table, and where the runs of a grid are opened.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RunPlace } from '../answer/heatmap/links.ts';
import { parseObjectPath } from '../ci/address.ts';
import { systemOfBucket, type System } from '../ci/system.ts';
import { decodeTable, NotATable } from '../grids/decode.ts';
import type { Grid } from '../grids/grid.ts';
import { parseJson } from '../sources/json.ts';
import { UsageError } from './exit.ts';

const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** The grid of a recorded table, plain or gzip. @throws UsageError for what is no readable table */
export function gridFromFile(path: string, [dashboard = '', tab = '']: readonly string[]): Grid {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES });
    const decoded = decodeTable(parseJson(bytes), { dashboard, tab });
    return tab === '' ? { ...decoded, tab: decoded.query?.split('/').at(-1) ?? basename(path) } : decoded;
  } catch (error) {
    const why = error instanceof NotATable ? error.message : 'it is not JSON, plain or gzip';
    throw new UsageError(`${path} is no /table response of TestGrid: ${why}`);
  }
}

/** Where the runs of a grid are opened: by the bucket and path it names. */
export function runPlace({ query }: Grid, systems: readonly System[]): RunPlace {
  const [bucket = '', ...path] = (query ?? '').split('/');
  const owner = systemOfBucket(systems, bucket);
  const address = owner ? parseObjectPath(owner.name, bucket, path.join('/')) : null;
  return owner && address?.kind === 'job' ? { sites: owner.sites, job: address.job } : { sites: null, job: null };
}
