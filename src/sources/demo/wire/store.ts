// The buckets: every object of every run, indexed by name; bytes are made when they are read.
import type { DemoJob } from '../model.ts';
import { objectsOf } from './objects.ts';

export interface StoredObject {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly updated: number;
  readonly contentType: string;
  read(): Buffer;
}

export interface Bucket {
  /** In the order in which GCS lists them. */
  readonly names: readonly string[];
  get(name: string): StoredObject | undefined;
}

/** Bytes of objects kept made, so that a listing's sizes and the reads after it do not make a log twice. */
const KEPT_BYTES = 64 * 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = { json: 'application/json', xml: 'application/xml' };

export const contentTypeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain; charset=utf-8';

/** The bucket of a name, or undefined when there is none. Its index is built when it is first asked for. */
export function createStore(jobs: readonly DemoJob[]): (bucket: string) => Bucket | undefined {
  const kept = new Kept();
  const buckets = new Map<string, Bucket>();
  return (name) => {
    const known = buckets.get(name);
    if (known) return known;
    const own = jobs.filter((job) => job.bucket === name);
    if (own.length === 0) return undefined;
    const bucket = indexOf(own, kept);
    buckets.set(name, bucket);
    return bucket;
  };
}

function indexOf(jobs: readonly DemoJob[], kept: Kept): Bucket {
  const objects = new Map<string, StoredObject>();
  const add = (name: string, updated: number, text: () => string): void => {
    const key = `${jobs[0]?.bucket ?? ''}/${name}`;
    objects.set(name, { name, updated, contentType: contentTypeOf(name), read: () => kept.read(key, text) });
  };
  for (const job of jobs) {
    for (const run of job.runs) {
      for (const [path, text] of objectsOf(job, run)) add(`${run.folder}/${path}`, run.ended, text);
      // Presubmits are kept by pull request; this is how Prow finds them by job.
      if (run.pull) add(`${job.history}/${run.build}.txt`, run.ended, () => `gs://${job.bucket}/${run.folder}`);
    }
    const newest = job.runs.find((run) => run.state !== 'pending');
    if (newest) add(`${job.history}/latest-build.txt`, newest.ended, () => newest.build);
  }
  return { names: [...objects.keys()].sort(), get: (name) => objects.get(name) };
}

/** The objects read last, up to a number of bytes. */
class Kept {
  readonly #bodies = new Map<string, Buffer>();
  #bytes = 0;

  read(key: string, text: () => string): Buffer {
    const known = this.#bodies.get(key);
    if (known) {
      this.#bodies.delete(key);
      this.#bodies.set(key, known);
      return known;
    }
    const body = Buffer.from(text());
    this.#bodies.set(key, body);
    this.#bytes += body.length;
    for (const [oldest, { length }] of this.#bodies) {
      if (this.#bytes <= KEPT_BYTES || oldest === key) break;
      this.#bodies.delete(oldest);
      this.#bytes -= length;
    }
    return body;
  }
}
