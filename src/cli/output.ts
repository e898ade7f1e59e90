// Where a command writes what may be large: standard output, or a file that is there only once it is whole.
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

export interface Output {
  readonly write: (chunk: string | Uint8Array) => void;
  /** Puts the file in its place. */
  readonly keep: () => void;
  /** Takes away what was not kept. */
  readonly close: () => void;
}

/** @param path of the file; undefined for standard output, which takes text alone. @throws UsageError */
export function openOutput(path: string | undefined, { stdout }: Io): Output {
  if (path === undefined) {
    const write = (chunk: string | Uint8Array): void => {
      if (typeof chunk !== 'string') throw new UsageError('this format is no text: say where to with --out');
      stdout.write(chunk);
    };
    return { write, keep: () => undefined, close: () => undefined };
  }
  const partial = `${path}.partial`;
  const file = orUsageError(path, () => openSync(partial, 'w'));
  let isKept = false;
  return {
    write: (chunk) => orUsageError(path, () => writeAll(file, typeof chunk === 'string' ? Buffer.from(chunk) : chunk)),
    keep: () => {
      orUsageError(path, () => renameSync(partial, path));
      isKept = true;
    },
    close: () => {
      closeSync(file);
      if (!isKept) rmSync(partial, { force: true });
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function orUsageError<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch {
    throw new UsageError(`${path} cannot be written`);
  }
}
