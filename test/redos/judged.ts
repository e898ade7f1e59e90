// Expressions that were judged linear, by hash: the checker takes a second for some, so tests only look them up.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Found } from './regexes.ts';

const FILE = fileURLToPath(new URL('judged.json', import.meta.url));

export const keyOf = ({ source, flags }: Found): string =>
  createHash('sha256').update(`${flags}/${source}`).digest('base64url').slice(0, 16);

export const readJudged = (): Set<string> => new Set(JSON.parse(readFileSync(FILE, 'utf8')) as string[]);

export const writeJudged = (keys: Iterable<string>): void => {
  writeFileSync(FILE, `${JSON.stringify([...new Set(keys)].sort(), null, 2)}\n`);
};
